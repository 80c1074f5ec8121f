import * as v from 'valibot';
import { ACCESSES } from '../model/accesses.ts';
import { ID_MAX } from '../protocol/limits.ts';
import type { Access } from '../model/accesses.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import { NAME_KEYS } from './advert-records.ts';

/** The strings of one record that are looked at. */
const STRINGS_MAX = 64;

/** What a TXT record tells about its room. */
export interface TxtRoom {
  readonly id: string;
  readonly name: string;
  /** Null when it does not tell. */
  readonly members: number | null;
  readonly access: Access;
  readonly locked: boolean;
  /** The major protocol version the room speaks. */
  readonly version: number;
}

const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max));

const FACTS = v.object({
  txtvers: v.literal('1'),
  id: v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(ID_MAX)),
  proto: wholeNumber(1, 65_535),
  n: v.exactOptional(wholeNumber(0, 1_000_000)),
  access: v.exactOptional(v.picklist(ACCESSES), 'open'),
  lock: v.picklist(['0', '1']),
});

/** The room that the strings of a TXT record describe (D2), or in words why they describe none. */
export function parseTxt(strings: readonly (string | Uint8Array)[]): TxtRoom | string {
  const values = valuesOf(strings.slice(0, STRINGS_MAX));
  const facts = v.safeParse(
    FACTS,
    Object.fromEntries([...values].map(([key, value]) => [key, value.toString('latin1')])),
  );
  if (!facts.success) return `TXT ${v.getDotPath(facts.issues[0]) ?? 'record'} is missing or wrong`;
  const pieces = NAME_KEYS.map((key) => values.get(key) ?? Buffer.alloc(0));
  const name = normalizeRoomName(Buffer.concat(pieces).toString());
  if (!name.ok) return `room ${name.problem}`;
  const { id, proto, n = null, access, lock } = facts.output;
  return { id, name: name.name, members: n, access, locked: lock === '1', version: proto };
}

/** The `key=value` strings by lower-case key; of equal keys the first counts (RFC 6763, 6.4). */
function valuesOf(strings: readonly (string | Uint8Array)[]): Map<string, Buffer> {
  const values = new Map<string, Buffer>();
  for (const string of strings) {
    const bytes = Buffer.from(string);
    const equals = bytes.indexOf('=');
    const key = bytes.toString('latin1', 0, Math.max(equals, 0)).toLowerCase();
    if (key !== '' && !values.has(key)) values.set(key, bytes.subarray(equals + 1));
  }
  return values;
}
