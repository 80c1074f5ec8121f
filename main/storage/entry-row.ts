/** How an entry stands in the table of entries: a row with an act is an act, any other was said. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { LanyardError } from '../errors.ts';
import { ACT_NAMES } from '../model/act-names.ts';
import type { ActName, Entry } from '../protocol/messages.ts';

/** The columns in the order of `valuesOf` and `entryOf`. */
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

/** Prepares a query for the entries `where` says. Running it throws database-damaged. */
export function selectEntries(
  sqlite: DatabaseSync,
  where: string,
): (...values: SQLInputValue[]) => Entry[] {
  const statement = sqlite.prepare(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE ${where}`);
  // Arrays are made in half the time that objects are.
  statement.setReturnArrays(true);
  return (...values) => statement.all(...values).map(entryOf);
}

/** A row as `valuesOf` made it: its types are the schema's, which is STRICT. */
function entryOf(row: Record<number, SQLOutputValue>): Entry {
  const head = {
    seq: Number(row[0]),
    at: Number(row[1]),
    id: String(row[2]),
    from: String(row[3]),
    name: String(row[4]),
    written: Number(row[6]),
    signature: String(row[7]),
  };
  // Object.assign, because copying makes a page half as slow again.
  if (row[9] !== null) {
    const act = actNamed(String(row[9]));
    const on = { act, on: String(row[10]), onName: String(row[11]) };
    return Object.assign(head, { kind: 'act', ...on } as const);
  }
  const said = Object.assign(head, { kind: 'said', text: String(row[5]) } as const);
  return row[8] === 1 ? { ...said, struck: true } : said;
}

/** Throws copy-damaged for an act there is not. */
function actNamed(name: string): ActName {
  if (isAct(name)) return name;
  throw new LanyardError({ code: 'copy-damaged' });
}

function isAct(name: string): name is ActName {
  return ACTS.has(name);
}
