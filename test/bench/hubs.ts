/** The hubs that are measured: ours, and those beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Tools } from './build.ts';
import { end, firstLine, start } from './processes.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const program = (name: string) => [process.execPath, path(name)];

export const HUB_NAMES = [
  'lanyard',
  'lanyard, no disk',
  'lanyard, TLS',
  'gorilla',
  'floor',
  'socket.io',
  'naive ws',
] as const;
export type HubName = (typeof HUB_NAMES)[number];

/** Ours must not fail; what fails of others is merely told. */
export function isOurs(hub: HubName): boolean {
  return HUBS[hub].protocol === 'lanyard';
}

interface HubKind {
  /** What the load generator calls its protocol. */
  readonly protocol: 'lanyard' | 'lines' | 'raw' | 'socket.io' | 'json';
  readonly tls: boolean;
  /** `notices` asks a peer to tell who comes; ours always does. */
  readonly command: (tools: Tools, dataDir: string, notices: boolean) => readonly string[];
  /** Why it cannot be measured here, or null. */
  readonly missing: (tools: Tools) => string | null;
}

const here = () => null;
const told = (notices: boolean) => (notices ? ['--notices'] : []);
const ours = program('hub-program.ts');

const HUBS: Readonly<Record<HubName, HubKind>> = {
  lanyard: {
    protocol: 'lanyard',
    tls: false,
    command: (_, dataDir) => [...ours, '--data-dir', dataDir],
    missing: here,
  },
  'lanyard, no disk': { protocol: 'lanyard', tls: false, command: () => ours, missing: here },
  'lanyard, TLS': {
    protocol: 'lanyard',
    tls: true,
    command: (_, dataDir) => [...ours, '--tls', '--data-dir', dataDir],
    missing: here,
  },
  gorilla: {
    protocol: 'lines',
    tls: false,
    command: ({ gorilla }, _, notices) => [gorilla ?? '', ...told(notices)],
    missing: ({ gorilla }) =>
      gorilla === null
        ? 'needs Go: apt install golang-go golang-github-gorilla-websocket-dev'
        : null,
  },
  floor: { protocol: 'raw', tls: false, command: ({ floor }) => [floor], missing: here },
  'socket.io': {
    protocol: 'socket.io',
    tls: false,
    command: (_, __, notices) => [...program('peers/socket-io.ts'), ...told(notices)],
    missing: () => (isInstalled('socket.io') ? null : 'needs the package socket.io: npm ci'),
  },
  'naive ws': {
    protocol: 'json',
    tls: false,
    command: (_, __, notices) => [...program('peers/naive-ws.ts'), ...told(notices)],
    missing: here,
  },
};

export function whyMissing(name: HubName, tools: Tools): string | null {
  return HUBS[name].missing(tools);
}

export interface RunningHub {
  readonly pid: number;
  /** What the load generator is to be told of it. */
  readonly options: Readonly<Record<string, string | number>>;
  stop(): Promise<void>;
}

export interface HubOptions {
  readonly notices?: boolean;
  /** How many entries its log begins with; ours alone. */
  readonly entries?: number;
}

const readySchema = v.object({ ready: v.literal(true), port: v.number() });

/** Starts it with nothing on its disk; rejects when it does not come up. */
export async function startHub(
  name: HubName,
  tools: Tools,
  { notices = false, entries = 0 }: HubOptions,
): Promise<RunningHub> {
  const { protocol, tls, command } = HUBS[name];
  const dataDir = mkdtempSync(join(tools.folder, 'data-'));
  const filled = entries > 0 ? ['--entries', String(entries)] : [];
  const child = start('server', [...command(tools, dataDir, notices), ...filled]);
  const stop = async () => {
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const { port } = v.parse(readySchema, JSON.parse(await firstLine(child)));
    const pid = child.pid ?? 0;
    return { pid, options: { protocol, tls: tls ? 1 : 0, port, pid }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
