/** What a person or a room may be called (N1-N6). */
import { NAME_MAX, ROOM_NAME_MAX } from './limits.ts';
import { looksOf } from './looks.ts';
import type { Looks } from './looks.ts';
import { canBeSeen } from './visible.ts';

/** Why a name cannot be used. */
export type NameProblem = 'name-empty' | 'name-too-long' | 'name-not-allowed';

/** A usable name, or what is wrong with it. */
export type NameResult =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: NameProblem };

/**
 * Controls, line separators, lone surrogates and invisible formatting, which includes every bidi
 * override and isolate (N3). The two joiners stay: emoji families and Persian words need them. So does
 * what parts a vowel from its word in Mongolian.
 */
const FORBIDDEN =
  /(?![\u200c\u200d])(?!(?<=[\u1820-\u18aa])\u180e[\u1820-\u18aa])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The flags of England and the like: a black flag, tags that say where it is from, and their end (UTS #51, ED-14a). */
const FLAGS_OF_TAGS = /\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}/gu;

/**
 * More marks on one letter than scripts pile up: they would grow over the lines above and below (N3).
 * A joiner between them does not start anew.
 */
const PILED_MARKS = /(?:[\u200c\u200d]*[\p{Mn}\p{Me}]){5}/u;

/** A person's name in its normal form: NFC, trimmed, inner white space folded (N1-N3). */
export function normalizeName(raw: string): NameResult {
  return normalize(raw, NAME_MAX);
}

/** A room's name in its normal form; the same rules with a longer bound (N6). */
export function normalizeRoomName(raw: string): NameResult {
  return normalize(raw, ROOM_NAME_MAX);
}

function normalize(raw: string, max: number): NameResult {
  const name = raw.normalize('NFC').trim().replace(/ +/g, ' ');
  if (name === '') return { ok: false, problem: 'name-empty' };
  if ([...name].length > max) return { ok: false, problem: 'name-too-long' };
  if (isForbidden(name) || PILED_MARKS.test(name)) {
    return { ok: false, problem: 'name-not-allowed' };
  }
  if (!canBeSeen(name)) return { ok: false, problem: 'name-empty' };
  return { ok: true, name };
}

function isForbidden(name: string): boolean {
  return FORBIDDEN.test(name.replace(FLAGS_OF_TAGS, '🏴'));
}

/**
 * Two names with a key in common look the same to a reader: width, spacing, invisible characters and
 * letters that look alike do not tell people apart (N4). The first key, and the third where there is one,
 * ignore case, and in them i is no l; the second does not, and in it I is l: so PAUL and PauI are Paul,
 * but Neil is not Nell. Keys are for comparing, never shown.
 */
export function nameKeys(name: string): NameKeys {
  if (last.name !== name) last = { name, keys: keysOf(name) };
  return last.keys;
}

type NameKeys = readonly [folded: string, seen: string, ...others: string[]];

/** A newcomer's keys are asked for several times in a row. */
let last: { readonly name: string; readonly keys: NameKeys } = { name: '', keys: ['', ''] };

function keysOf(name: string): NameKeys {
  const [first, ...others] = looksOf(name);
  return [...keysOfLooks(first), ...others.flatMap(keysOfLooks)];
}

function keysOfLooks({ written, small, tall, mixed }: Looks): NameKeys {
  const others = [tall, mixed].filter((look) => look !== small);
  return [`folded:${small}`, `seen:${written}`, ...others.map((look) => `folded:${look}`)];
}

/** The first of a name's keys: of the people in a room, no two have the same. For who is called by name. */
export function foldedKey(name: string): string {
  return nameKeys(name)[0];
}

/** The first of `name`, `name 2`, `name 3`… with no key that is taken; cut to NAME_MAX (N4). */
export function freeName(name: string, isTaken: (key: string) => boolean): string {
  let candidate = name;
  for (let n = 2; nameKeys(candidate).some(isTaken); n += 1) {
    const suffix = ` ${n}`;
    candidate = beginning(name, NAME_MAX - suffix.length) + suffix;
  }
  return candidate;
}

/** At most so many code points of a name, fewer where a cut would leave half a flag. */
function beginning(name: string, length: number): string {
  const kept = [...name].slice(0, length);
  while (isForbidden(kept.join(''))) kept.pop();
  return kept.join('').trimEnd();
}
