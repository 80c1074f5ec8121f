/** How an entry stands in the table of entries. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { LanyardError } from '../errors.ts';
import { edit } from '../events/edit.ts';
import { referred } from '../events/event.ts';
import type { Body } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import type { CheckedEntry, Entry, Position } from '../timeline/entry.ts';
import { parseReferences } from './kept-json.ts';

/** In the order of `valuesOf`. */
export const ENTRY_COLUMNS =
  'seq, epoch, id, at, origin_epoch, origin_seq, policy, kind, person, device, name, written, ' +
  'refs, target, state, salt, text, digest, signature, link, doubt';

/** In the order of `entryOf`. */
const SELECTED = `seq, ${stringIn('epoch')}, id, at, ${stringIn('origin_epoch')}, origin_seq,
  ${stringIn('policy')}, kind, ${stringIn('person')}, ${stringIn('device')}, name, written, refs,
  state, salt, text, digest, signature, link, doubt`;

/** The kinds of what changes the text of what it belongs to. */
export const REWORDING = `('${edit.name}', '${redaction.name}')`;

/** The string a column holds the number of. */
export function stringIn(column: string): string {
  return `(SELECT strings.text FROM strings WHERE string = entries.${column})`;
}

/** Most entries refer to nothing. */
const NO_REFERENCES = '[]';

/** An entry in the order of ENTRY_COLUMNS; `numberOf` gives the number of a string. */
export function valuesOf(entry: CheckedEntry, numberOf: (text: string) => number): SQLInputValue[] {
  const { origin, references } = entry;
  return [
    entry.seq,
    numberOf(entry.epoch),
    entry.id,
    entry.at,
    origin && numberOf(origin.epoch),
    origin && origin.seq,
    numberOf(entry.policy),
    entry.kind,
    numberOf(entry.person),
    numberOf(entry.device),
    entry.name,
    entry.written,
    references.length === 0 ? NO_REFERENCES : JSON.stringify(references),
    referred(entry, 'to') ?? null,
    ...bodyValues(entry.body),
    entry.signature,
    entry.link,
    entry.doubt ?? null,
  ];
}

/** A body as state, salt, text and digest. */
export function bodyValues(body: Body): SQLInputValue[] {
  return body.state === 'whole'
    ? [body.state, body.salt, body.text, null]
    : [body.state, null, null, body.digest];
}

/** A query for entries of a conversation, with its values. Running it throws copy-damaged. */
export interface SelectEntries {
  all(conversation: string, ...values: SQLInputValue[]): CheckedEntry[];
  iterate(conversation: string, ...values: SQLInputValue[]): Iterable<CheckedEntry>;
}

/** Prepares a query for the entries `where` says; `conversation` is the one they are of. */
export function selectEntries(sqlite: DatabaseSync, where: string): SelectEntries {
  const statement = sqlite.prepare(`SELECT ${SELECTED} FROM entries WHERE ${where}`);
  // Arrays are made in half the time that objects are.
  statement.setReturnArrays(true);
  return {
    all: (conversation, ...values) =>
      statement.all(...values).map((row) => entryOf(row, conversation)),
    *iterate(conversation, ...values) {
      for (const row of statement.iterate(...values)) yield entryOf(row, conversation);
    },
  };
}

/** A row as `valuesOf` made it: its types are the schema's, which is STRICT. */
function entryOf(row: Record<number, SQLOutputValue>, conversation: string): CheckedEntry {
  const doubt = row[19];
  return {
    conversation,
    seq: Number(row[0]),
    epoch: String(row[1]),
    id: String(row[2]),
    at: Number(row[3]),
    origin: originOf(row[4], row[5]),
    policy: String(row[6]),
    kind: String(row[7]),
    person: String(row[8]),
    device: String(row[9]),
    name: String(row[10]),
    written: Number(row[11]),
    references: referencesIn(String(row[12])),
    body: bodyOf(String(row[13]), row[14], row[15], row[16]),
    signature: String(row[17]),
    link: String(row[18]),
    ...(typeof doubt === 'string' && { doubt: doubt === 'replayed' ? 'replayed' : 'signature' }),
  };
}

function originOf(epoch: SQLOutputValue | undefined, seq: SQLOutputValue | undefined) {
  return typeof epoch === 'string' ? ({ epoch, seq: Number(seq) } satisfies Position) : null;
}

function referencesIn(text: string): Entry['references'] {
  if (text === NO_REFERENCES) return [];
  try {
    return parseReferences(text);
  } catch {
    throw new LanyardError({ code: 'copy-damaged' });
  }
}

function bodyOf(state: string, ...[salt, text, digest]: (SQLOutputValue | undefined)[]): Body {
  switch (state) {
    case 'whole':
      return { state, salt: String(salt), text: String(text) };
    case 'redacted':
    case 'withheld':
      return { state, digest: String(digest) };
    default:
      throw new LanyardError({ code: 'copy-damaged' });
  }
}
