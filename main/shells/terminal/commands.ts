/** What `lanyard` can be told to do. */
import type { Access } from '../../model/accesses.ts';
import type { ExportFormat } from '../../model/exported-log.ts';

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
  /** Null for the access the room had before; a new room is open. */
  readonly access: Access | null;
  /** Set exactly with the access `passphrase`; `-` is the standard input. */
  readonly passphraseFile: string | null;
  /** Whether to make an invitation and print it. */
  readonly invite: boolean;
  readonly transport: 'tls' | 'plain';
  /** Null for all addresses, or with `plain` for the loopback alone. */
  readonly listenAt: string | null;
  readonly trustedProxies: readonly string[];
}

export interface ChatCommand {
  readonly command: 'chat';
  /** Null to choose among the rooms nearby. */
  readonly address: string | null;
  readonly name: string | null;
  /** `-` is the first line typed. */
  readonly passphraseFile: string | null;
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
