/** What was typed behind `lanyard`, read and checked. */
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { defaultDataDir } from '../../storage/data-dir.ts';
import { parseAddress } from '../../transport/address.ts';
import type { Command, HostCommand } from './commands.ts';

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: string };

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
    access: { type: 'string' },
    'passphrase-file': { type: 'string' },
    invite: { type: 'boolean', default: false },
    transport: { type: 'string', default: 'tls' },
    listen: { type: 'string' },
    'trust-proxy': { type: 'string', multiple: true },
  },
  chat: {
    ...COMMON,
    name: { type: 'string' },
    'passphrase-file': { type: 'string' },
  },
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
  const { transport, invite } = values;
  if (transport !== 'tls' && transport !== 'plain') {
    throw new UsageError(`--transport is tls or plain, not '${transport}'.`);
  }
  if (invite && transport === 'plain') {
    throw new UsageError(
      'An invitation leads to a room with TLS: leave --invite or --transport out.',
    );
  }
  return {
    command: 'host',
    room: values.room,
    port: portOf(values.port),
    name: values.name ?? null,
    dataDir: dataDirOf(values['data-dir']),
    json: values.json ?? false,
    ...guardOf(values.access, values['passphrase-file']),
    invite,
    transport,
    listenAt: ownAddressOf(values.listen),
    trustedProxies: (values['trust-proxy'] ?? []).map(proxyOf),
  };
}

/** Who gets in; a passphrase where it is one, and nowhere else. */
function guardOf(
  access: string | undefined,
  file: string | undefined,
): Pick<HostCommand, 'access' | 'passphraseFile'> {
  const passphraseFile = notEmpty('--passphrase-file', file);
  switch (access) {
    case 'passphrase':
      if (passphraseFile !== null) return { access, passphraseFile };
      throw new UsageError('Say where the passphrase is: --passphrase-file FILE, or - to type it.');
    case undefined:
    case 'open':
    case 'invite':
      if (passphraseFile === null) return { access: access ?? null, passphraseFile };
      throw new UsageError('--passphrase-file goes with --access=passphrase.');
    default:
      throw new UsageError(`--access is open, passphrase or invite, not '${access}'.`);
  }
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
    passphraseFile: notEmpty('--passphrase-file', values['passphrase-file']),
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

/** As people type addresses, so that `10.0.0.010` is not quietly another one (D5). */
function ownAddressOf(text: string | undefined): string | null {
  if (text === undefined || parseAddress(text)?.host === text) return text ?? null;
  throw new UsageError(`--listen is an address of this device, like 192.168.1.20, not '${text}'.`);
}

function proxyOf(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new UsageError(`--trust-proxy is an IP address, like 192.168.1.20, not '${text}'.`);
}

function dataDirOf(text: string | undefined): string {
  return notEmpty('--data-dir', text) ?? defaultDataDir();
}

function notEmpty(option: string, text: string | undefined): string | null {
  if (text === '') throw new UsageError(`${option} needs something behind it.`);
  return text ?? null;
}

function isParseArgsError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}
