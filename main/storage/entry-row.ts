/** How an entry stands in the table of entries: a row with an act is an act, any other was said. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { LanyardError } from '../errors.ts';
import { ACT_NAMES } from '../protocol/act-names.ts';
import type { ActEntry, ActName, Entry, SaidEntry } from '../protocol/messages.ts';

type Row = Record<string, SQLOutputValue>;

/** The columns `valuesOf` gives and `entryOf` reads. */
export const ENTRY_COLUMNS =
  'seq, at, id, author, name, text, written, signature, struck, act, act_on, on_name';

const ACTS: ReadonlySet<string> = new Set(ACT_NAMES);

/** An entry in the order of ENTRY_COLUMNS. */
export function valuesOf(entry: Entry): SQLInputValue[] {
  const { seq, at, id, from, name, written, signature } = entry;
  const head = [seq, at, id, from, name];
  if (entry.kind === 'said') {
    const struck = entry.struck ? 1 : 0;
    return [...head, entry.text, written, signature, struck, null, null, null];
  }
  return [...head, '', written, signature, 0, entry.act, entry.on, entry.onName];
}

/**
 * A row as `valuesOf` made it: its types are the schema's, which is STRICT. Throws
 * database-damaged for an act there is not.
 */
export function entryOf(row: Row): Entry {
  return row['act'] === null ? saidOf(row) : actOf(row);
}

/** A row of what was said. Object.assign, because copying makes a page half as slow again. */
export function saidOf(row: Row): SaidEntry {
  const said = Object.assign(headOf(row), { kind: 'said', text: String(row['text']) } as const);
  return row['struck'] === 1 ? { ...said, struck: true } : said;
}

function actOf(row: Row): ActEntry {
  const act = String(row['act']);
  if (!isAct(act)) {
    throw new LanyardError(
      'database-damaged',
      'Some of what was kept of this room could not be read. Forget the room, then join it again.',
    );
  }
  const on = { act, on: String(row['act_on']), onName: String(row['on_name']) };
  return Object.assign(headOf(row), { kind: 'act', ...on } as const);
}

function isAct(name: string): name is ActName {
  return ACTS.has(name);
}

function headOf(row: Row) {
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    id: String(row['id']),
    from: String(row['author']),
    name: String(row['name']),
    written: Number(row['written']),
    signature: String(row['signature']),
  };
}
