/** What is left of rooms of protocol 1, until it is signed over (E8). */
import * as v from 'valibot';
import { ACCESSES } from '../model/accesses.ts';
import { parseKept } from './kept-json.ts';

const record = v.object({
  name: v.string(),
  hosted: v.boolean(),
  active: v.boolean(),
  port: v.fallback(v.nullable(v.number()), null),
  /** Minutes of silence after which people were removed. */
  idleMinutes: v.optional(v.nullable(v.number()), null),
  /** Days after which entries were forgotten. */
  remembersDays: v.optional(v.nullable(v.number()), null),
  addresses: v.array(v.string()),
  you: v.nullable(v.string()),
  /** Undefined before devices had keys. */
  hostKey: v.optional(v.nullable(v.string())),
  ownName: v.string(),
  /** The seq of the newest entry that was seen. */
  read: v.number(),
});

export type OldRecord = Readonly<v.InferOutput<typeof record>>;

const rules = v.object({
  access: v.picklist(ACCESSES),
  locked: v.boolean(),
  slowSeconds: v.number(),
  invites: v.array(
    v.object({
      id: v.string(),
      /** Of its token. */
      hash: v.string(),
      createdAt: v.number(),
      expiresAt: v.nullable(v.number()),
      uses: v.number(),
      maxUses: v.nullable(v.number()),
      revoked: v.boolean(),
    }),
  ),
});

export type OldRules = Readonly<v.InferOutput<typeof rules>>;

const passphrase = v.object({ setup: v.string(), record: v.string() });

export type OldPassphrase = Readonly<v.InferOutput<typeof passphrase>>;

export interface OldMember {
  readonly id: string;
  readonly name: string;
  readonly admitted: boolean;
  readonly moderator: boolean;
  readonly muted: boolean;
  /** By whom, by name, and when, ms since 1970. */
  readonly ban: { readonly by: string; readonly at: number } | null;
}

/** Something that was typed and never came into the log; it has no signature. */
export interface OldText {
  readonly id: string;
  readonly text: string;
  /** ms since 1970. */
  readonly at: number;
}

/** A line of a log of protocol 1. */
export interface OldEntry {
  readonly seq: number;
  /** ms since 1970 on the host's clock. */
  readonly at: number;
  readonly id: string;
  readonly from: string;
  readonly name: string;
  /** Empty for an act, and for what was struck. */
  readonly text: string;
  /** ms since 1970 on the author's clock. */
  readonly written: number;
  /** Empty where nobody signed. */
  readonly signature: string;
  readonly struck: boolean;
  readonly act: { readonly name: string; readonly on: string; readonly onName: string } | null;
}

export interface OldRoom {
  /** Its id in protocol 1: the nonce of what it becomes. */
  readonly id: string;
  readonly record: OldRecord;
  /** Null where a hosted room's were never changed, and for others' rooms. */
  readonly rules: OldRules | null;
  readonly passphrase: OldPassphrase | null;
  readonly known: readonly OldMember[];
  /** What waits to be signed and said, the oldest first. */
  readonly texts: readonly OldText[];
}

export interface OldRooms {
  /** In the order in which they came to this device. Throws Damaged when one cannot be read. */
  rooms(): readonly OldRoom[];
  /** At most `limit` entries of a room with this old id after `seq`, oldest first. */
  entries(id: string, seq: number, limit: number): readonly OldEntry[];
  /** Leaves nothing of a room with this old id. Throws storage-*. */
  drop(id: string): void;
}

export const NO_OLD_ROOMS: OldRooms = {
  rooms: () => [],
  entries: () => [],
  drop: () => undefined,
};

/** Reads the record of an old room. Throws Damaged when it is none. */
export function parseOldRecord(text: string): OldRecord {
  return parseKept(record, text);
}

/** Reads rules back. Throws Damaged when they are none: a room is never opened wider than it was. */
export function parseOldRules(text: string): OldRules {
  return parseKept(rules, text);
}

/** Reads the record of a passphrase back. Throws Damaged when it is none. */
export function parseOldPassphrase(text: string): OldPassphrase {
  return parseKept(passphrase, text);
}
