import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FoundRoom } from '../../main/discovery/discovery.ts';
import type { LanHost } from '../support/network-namespaces.ts';
import type { PeerCommand, PeerReport } from './peer.ts';

const SCRIPT = fileURLToPath(new URL('peer.ts', import.meta.url));

/** The time that what is not promised sooner has to happen, a process to start for one, in ms. */
const LIMIT = 60_000;

/** A process on a host of the LAN that announces and looks for rooms. */
export interface Peer {
  tell(command: PeerCommand): void;
  /** Resolves to its list of rooms once that is as wished; rejects after `limit` ms. */
  rooms(
    wish: (rooms: readonly FoundRoom[]) => boolean,
    limit?: number,
  ): Promise<readonly FoundRoom[]>;
  /** Resolves to the first debug line told that contains this. */
  debug(part: string): Promise<string>;
  /** Lets it stop properly; resolves to its exit code. */
  end(): Promise<unknown>;
  /** Ends it with no chance to say goodbye. */
  crash(): void;
}

/** Resolves when the process is ready to be told. */
export async function startPeer(host: LanHost): Promise<Peer> {
  const child = host.spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the peer has no pipes');
  const exited = once(child, 'exit');
  const news = new EventEmitter();
  const debugLines: string[] = [];
  let rooms: readonly FoundRoom[] | null = null;
  let isReady = false;

  createInterface({ input: stdout }).on('line', (line) => {
    const report: PeerReport = JSON.parse(line);
    if (report.tells === 'ready') isReady = true;
    else if (report.tells === 'rooms') rooms = report.rooms;
    else debugLines.push(report.line);
    news.emit('news');
  });

  /** Resolves to the first thing got that is not null; rejects after `limit` ms. */
  async function until<Thing>(get: () => Thing | null, limit = LIMIT): Promise<Thing> {
    const signal = AbortSignal.timeout(limit);
    for (;;) {
      const thing = get();
      if (thing !== null) return thing;
      await once(news, 'news', { signal }).catch((cause: unknown) => {
        const known = JSON.stringify({ rooms, debugLines });
        throw new Error(`not as wished in ${limit} ms; the peer told ${known}`, { cause });
      });
    }
  }

  await until(() => isReady || null);
  return {
    tell(command) {
      stdin.write(`${JSON.stringify(command)}\n`);
    },
    rooms: (wish, limit) => until(() => (rooms !== null && wish(rooms) ? rooms : null), limit),
    debug: (part) => until(() => debugLines.find((it) => it.includes(part)) ?? null),
    async end() {
      stdin.end();
      const [code] = await exited;
      return code;
    },
    crash() {
      child.kill('SIGKILL');
    },
  };
}
