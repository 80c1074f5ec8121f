import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FoundRoom } from '../../main/discovery/discovery.ts';
import type { LanHost } from '../support/network-namespaces.ts';
import type { PeerCommand, PeerReport } from './peer.ts';

const SCRIPT = fileURLToPath(new URL('peer.ts', import.meta.url));

/** A process on a host of the LAN that announces and looks for rooms. */
export interface Peer {
  tell(command: PeerCommand): void;
  /** Resolves to its list of rooms once that is as wished; rejects after `limit` ms. */
  rooms(
    wish: (rooms: readonly FoundRoom[]) => boolean,
    limit: number,
  ): Promise<readonly FoundRoom[]>;
  /** Resolves once it has told a debug line that contains this; rejects after `limit` ms. */
  debug(part: string, limit: number): Promise<void>;
  /** Lets it stop properly; resolves to its exit code. */
  end(): Promise<unknown>;
  /** Ends it with no chance to say goodbye. */
  crash(): void;
}

export function startPeer(host: LanHost): Peer {
  const child = host.spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the peer has no pipes');
  const exited = once(child, 'exit');
  const news = new EventEmitter();
  const debugLines: string[] = [];
  let rooms: readonly FoundRoom[] = [];

  createInterface({ input: stdout }).on('line', (line) => {
    const report: PeerReport = JSON.parse(line);
    if (report.tells === 'rooms') rooms = report.rooms;
    else debugLines.push(report.line);
    news.emit('news');
  });

  async function until(isSo: () => boolean, limit: number): Promise<void> {
    const signal = AbortSignal.timeout(limit);
    while (!isSo()) {
      await once(news, 'news', { signal }).catch((error: unknown) => {
        const known = JSON.stringify({ rooms, debugLines });
        throw new Error(`not as wished within ${limit} ms; the peer told ${known}`, {
          cause: error,
        });
      });
    }
  }

  return {
    tell(command) {
      stdin.write(`${JSON.stringify(command)}\n`);
    },
    async rooms(wish, limit) {
      await until(() => wish(rooms), limit);
      return rooms;
    },
    debug: (part, limit) => until(() => debugLines.some((line) => line.includes(part)), limit),
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
