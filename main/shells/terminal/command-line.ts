/** What was typed behind `lanyard`, read and checked. */
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import type { ExportFormat } from '../../../preload/contract.ts';
import { defaultDataDir } from '../../storage/data-dir.ts';

export interface OpenCommand {
  readonly command: 'open';
  /** Null: the desktop window where there can be one, otherwise the browser. */
  readonly shell: 'electron' | 'browser' | null;
  readonly dataDir: string;
  readonly port: number | null;
  readonly open: boolean;
}

export interface HostCommand {
  readonly command: 'host';
  readonly room: string;
  readonly port: number | null;
  readonly name: string | null;
  readonly dataDir: string;
  readonly json: boolean;
  readonly trustedProxies: readonly string[];
}

export interface ChatCommand {
  readonly command: 'chat';
  readonly address: string | null;
  readonly name: string | null;
  readonly dataDir: string;
}

export interface ExportCommand {
  readonly command: 'export';
  /** Null when only one room is kept. */
  readonly room: string | null;
  readonly format: ExportFormat;
  /** Null for the standard output. */
  readonly output: string | null;
  readonly dataDir: string;
}

export interface SearchCommand {
  readonly command: 'search';
  readonly query: string;
  /** Null for every room. */
  readonly room: string | null;
  readonly dataDir: string;
}

export type Command =
  | OpenCommand
  | HostCommand
  | ChatCommand
  | ExportCommand
  | SearchCommand
  | { readonly command: 'help' }
  | { readonly command: 'version' };

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: string };

export const USAGE = `Lanyard: chat with the people on your network.

Usage:
  lanyard [open] [--shell=electron|browser] [--port N] [--no-open]
      Opens the window: on the desktop, or as a page in your browser.
        --shell      which of the two; by default the desktop where it is possible
        --port N     the page's port on this device (browser; default: any free one)
        --no-open    print the page's address instead of opening it (browser)

  lanyard host --room NAME [--port N] [--name NICK] [--json] [--trust-proxy ADDRESS]
      Hosts a room without a window until Ctrl+C.
        --room NAME  what the room is called
        --port N     where it listens (default: 47100, or the next free one)
        --name NICK  what you are called (default: your account's name)
        --json       one line of JSON when the room is open, nothing else
        --trust-proxy ADDRESS
                     a reverse proxy whose X-Forwarded-For is believed; may be repeated

  lanyard chat [ADDRESS] [--name NICK]
      Chats in the terminal. ADDRESS is host, host:port, ws(s)://… or lanyard://…;
      without one you choose among the rooms nearby. Piped lines are sent one by one.
        /rename NAME   /who   /quit

  lanyard search WORDS [--room NAME]
      Finds what was said, in one room or in all, newest first.

  lanyard export [--room NAME] [--format text|jsonl|html] [--output FILE]
      Writes a room's log, to the standard output or to a file.

  All of them: --data-dir DIR (where settings are kept), --help, --version
`;

const COMMON = {
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const OPTIONS = {
  open: {
    ...COMMON,
    shell: { type: 'string' },
    port: { type: 'string' },
    open: { type: 'boolean', default: true },
  },
  host: {
    ...COMMON,
    room: { type: 'string' },
    port: { type: 'string' },
    name: { type: 'string' },
    json: { type: 'boolean' },
    'trust-proxy': { type: 'string', multiple: true },
  },
  chat: { ...COMMON, name: { type: 'string' } },
  search: { ...COMMON, room: { type: 'string' } },
  export: {
    ...COMMON,
    room: { type: 'string' },
    format: { type: 'string', default: 'text' },
    output: { type: 'string' },
  },
} as const satisfies Record<string, ParseArgsConfig['options']>;

/** What went wrong, for the person who typed it. */
class UsageError extends Error {}

/** Reads the arguments after the program's name. Never throws. */
export function parseCommand(args: readonly string[]): ParsedCommand {
  const [first, ...rest] = args;
  try {
    if (first === 'host') return { ok: true, command: parseHost(rest) };
    if (first === 'chat') return { ok: true, command: parseChat(rest) };
    if (first === 'search') return { ok: true, command: parseSearch(rest) };
    if (first === 'export') return { ok: true, command: parseExport(rest) };
    return { ok: true, command: parseOpen(first === 'open' ? rest : args) };
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      return { ok: false, problem: error.message };
    }
    throw error;
  }
}

function parseOpen(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: OPTIONS.open, allowNegative: true });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const { shell } = values;
  if (shell !== undefined && shell !== 'electron' && shell !== 'browser') {
    throw new UsageError(`--shell is electron or browser, not '${shell}'.`);
  }
  return {
    command: 'open',
    shell: shell ?? null,
    dataDir: dataDirOf(values['data-dir']),
    port: portOf(values.port),
    open: values.open,
  };
}

function parseHost(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: OPTIONS.host });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  if (values.room === undefined) throw new UsageError('Say what the room is called: --room NAME.');
  return {
    command: 'host',
    room: values.room,
    port: portOf(values.port),
    name: values.name ?? null,
    dataDir: dataDirOf(values['data-dir']),
    json: values.json ?? false,
    trustedProxies: values['trust-proxy'] ?? [],
  };
}

function parseChat(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS.chat,
    allowPositionals: true,
  });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  if (positionals.length > 1) throw new UsageError('Give one address, not several.');
  return {
    command: 'chat',
    address: positionals[0] ?? null,
    name: values.name ?? null,
    dataDir: dataDirOf(values['data-dir']),
  };
}

function parseSearch(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS.search,
    allowPositionals: true,
  });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const query = positionals.join(' ');
  if (query.trim() === '') throw new UsageError('Say what to look for.');
  const { room = null } = values;
  return { command: 'search', query, room, dataDir: dataDirOf(values['data-dir']) };
}

function parseExport(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: OPTIONS.export });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const { format, room = null, output = null } = values;
  if (format !== 'text' && format !== 'jsonl' && format !== 'html') {
    throw new UsageError(`--format is text, jsonl or html, not '${format}'.`);
  }
  return { command: 'export', room, format, output, dataDir: dataDirOf(values['data-dir']) };
}

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port is a number from 1 to 65535, not '${text}'.`);
}

function dataDirOf(text: string | undefined): string {
  if (text === '') throw new UsageError('--data-dir needs a folder.');
  return text ?? defaultDataDir();
}

function isParseArgsError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}
