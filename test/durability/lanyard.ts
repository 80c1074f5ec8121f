/** Lanyard as processes: a room without a window, people in terminals, and what they leave on disk. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import { firstConversationOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { ActName } from '../../main/model/act-names.ts';
import type { CopyStore } from '../../main/replica/copy-store.ts';
import { keptRows } from '../../main/rooms/kept-rows.ts';
import { readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { Program } from '../e2e/program.ts';
import type { Computer } from './network.ts';

export const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

export interface Host {
  readonly program: Program;
  readonly id: string;
  readonly port: number;
  /** `host:port` for the other computers. */
  readonly address: string;
}

export interface HostOptions {
  readonly dataDir: string;
  readonly room?: string;
  readonly options?: readonly string[];
  /** Runs before it in a mount namespace of its own, as a shell command. */
  readonly mount?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/** Starts `lanyard host`; rejects when it ends before it is ready. */
export async function startHost(on: Computer, options: HostOptions): Promise<Host> {
  const program = spawnHost(on, options);
  const line = (await program.line(/^\{"ready":true.*\}$/)).input;
  const { id, port }: { id: string; port: number } = JSON.parse(line);
  return { program, id, port, address: `${on.address}:${port}` };
}

/** Starts `lanyard host`, whatever becomes of it. */
export function spawnHost(on: Computer, host: HostOptions): Program {
  const { dataDir, room = 'Lab 3', options = [], mount, node = [] } = host;
  const command = [
    process.execPath,
    ...node,
    CLI,
    'host',
    '--json',
    `--room=${room}`,
    '--name=Host',
    `--data-dir=${dataDir}`,
    ...(on.port === null ? [] : [`--port=${on.port}`]),
    ...options,
  ];
  const [file = '', ...args] =
    mount === undefined
      ? command
      : ['unshare', '-m', 'sh', '-c', `${mount} && exec "$@"`, 'sh', ...command];
  return new Program(on.spawn(file, args));
}

/** Starts `lanyard chat`; what is written to the program is typed. */
export function startChat(on: Computer, address: string, name: string, dataDir: string): Program {
  const options = ['--name', name, '--data-dir', dataDir];
  return new Program(on.spawn(process.execPath, [CLI, 'chat', address, ...options]));
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, with this as its input. */
export async function lanyard(
  on: Pick<Computer, 'spawn'>,
  args: readonly string[],
  input = '',
): Promise<Ended> {
  const child = on.spawn(process.execPath, [CLI, ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program may end before it has read everything.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout, stderr };
}

/** What `look` makes of the one room kept in a folder, which a Lanyard may be using. */
export function inFolder<Seen>(dataDir: string, look: (room: RoomStorage) => Seen): Seen {
  const storage = readSqliteStorage(dataDir);
  try {
    const [room, ...others] = storage.rooms();
    if (!room || others.length > 0) throw new Error(`not one room in ${dataDir}`);
    return look(room);
  } finally {
    storage.close();
  }
}

/** What is kept of what was said in a room. */
export function talkOf(room: RoomStorage): CopyStore {
  return room.copy(firstConversationOf(room.record.id, sha256));
}

/** Every entry kept of what was said in the one room in a folder. */
export function keptEntries(dataDir: string): readonly Entry[] {
  return inFolder(dataDir, (room) => talkOf(room).after(0, Number.MAX_SAFE_INTEGER));
}

/** What was done in the one room in a folder, in its order. */
export function keptActs(dataDir: string): readonly ActName[] {
  return inFolder(dataDir, (room) => {
    const { rows } = keptRows(room).before(Infinity, Number.MAX_SAFE_INTEGER);
    return rows.flatMap((row) => (row.kind === 'act' ? row.act : []));
  });
}

/** What was said in entries, in their order. */
export function textsOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => bodyOf(message, entry)?.text ?? []);
}

/** Resolves once `look` is true; for what shows only on the disk. */
export async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 20));
}
