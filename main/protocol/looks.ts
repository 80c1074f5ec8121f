/** What a name looks like, as a string to compare (N4): skeletons by UTS #39, with case and without. */
import { lookOf, readingsOf } from './confusables.ts';
import type { LettersToldApart } from './confusables.ts';
import { withoutGaps } from './visible.ts';

/** What a character is replaced by. */
type Look = (character: string) => string;

/** How a name looks to different readers. */
export interface Looks {
  /** To who sees capitals as capitals, where I is l. */
  readonly written: string;
  /** To who does not mind case, where I is i and no l. */
  readonly small: string;
  /** The same, with capitals taken for ours first: Greek Ν is N, but its small ν is v. */
  readonly tall: string;
  /** The same as `small`, where a capital I behind a small letter is read as the l it looks like. */
  readonly mixed: string;
}

/** What a name looks like: once, or where its letters may be read as several scripts, once for each. */
export function looksOf(name: string): readonly [Looks, ...Looks[]] {
  const [first, ...others] = readingsOf(name);
  return [looksRead(name, first), ...others.map((apart) => looksRead(name, apart))];
}

function looksRead(name: string, apart: LettersToldApart): Looks {
  const by = (look: Look): Look =>
    apart ? (character) => (apart.test(character) ? character : look(character)) : look;
  const visible = withoutGaps(name);
  const written = replaced(visible.normalize('NFD'), by(writtenLook));
  const text = replaced(visible, standingForm).normalize('NFD');
  const tall = replaced(text, by(capitalLook));
  const smallOf = (each: string) => settled(replaced(each.toLowerCase(), by(smallLook)));
  const small = smallOf(text);
  const mixed = readAmongSmall(text);
  return {
    written: settled(written).replaceAll('I', 'l'),
    small,
    tall: tall === text ? small : smallOf(tall),
    mixed: mixed === text ? small : smallOf(mixed),
  };
}

/** PauI is read as Paul, and BiII as Bill; Ian and AI stay. */
function readAmongSmall(text: string): string {
  let all = '';
  let isAfterSmall = false;
  for (const character of text) {
    const read = isAfterSmall && looksLikeCapitalI(character) ? 'l' : character;
    all += read;
    if (!MARK.test(read)) isAfterSmall = SMALL.test(read);
  }
  return all;
}

/** The palochka looks like one in its small form too. */
function looksLikeCapitalI(character: string): boolean {
  return character === 'ӏ' || capitalLook(character) === 'I';
}

function replaced(text: string, by: Look): string {
  let all = '';
  for (const character of text) all += by(character);
  return all;
}

/** The same, asked for once: who comes in has the letters of those who came. */
function remembered(look: Look): Look {
  const known = new Map<string, string>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const now = look(character);
    // Of characters of two units there are too many to remember all that may be sent.
    if (character.length === 1) known.set(character, now);
    return now;
  };
}

/** Where A to Z begin once more: white on black discs, on black squares, as halves of flags. */
const BOXED_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

/** What a character is a form of, decomposed (NFKD); to Unicode, letters in boxes are no forms of letters. */
function formOf(character: string): string {
  if (character < '\x80') return character;
  const point = character.codePointAt(0) ?? 0;
  const start = BOXED_ALPHABETS.find((first) => point >= first && point < first + 26);
  return start === undefined
    ? character.normalize('NFKD')
    : String.fromCodePoint(0x41 + point - start);
}

/**
 * The same, but where it looks otherwise: an accent that stands alone would land on the letter before
 * it, and a long s looks like an f.
 */
const standingForm = remembered((character) => {
  const form = formOf(character);
  const look = lookOf(character);
  const looksOtherwise = form.startsWith(' ') || (form !== character && /^[a-km-z]$/i.test(look));
  return looksOtherwise ? look : form;
});

const writtenLook = remembered((character) =>
  // Of these the table has what they look like in capitals or in small; here it is the other.
  throughForms(character, (each) => (each === 'ы' ? 'ƅl' : each === 'ӏ' ? 'l' : lookOf(each))),
);

/** The capital of ours that a capital looks like: what looks like an l and has a small letter is an I. */
function capitalLook(character: string): string {
  const look = lookOf(character);
  if (look === 'l' && character.toLowerCase() !== character) return 'I';
  return LETTERS.test(look) ? look : character;
}

/** Where the table knows no letter of ours for a small one, it looks like its capital, only smaller. */
const smallLook = remembered((character) =>
  throughForms(character, (each) => {
    const look = lookOf(each);
    const ofCapital = OURS.test(look) ? '' : capitalLook(each.toUpperCase());
    // 0 looks like O, and O like o.
    return replaced((CAPITALS.test(ofCapital) ? ofCapital : look).toLowerCase(), lookOf);
  }),
);

/** What a character looks like may be a form of another. */
function throughForms(character: string, look: Look): string {
  return replaced(replaced(look(character), formOf), look);
}

const OURS = /[!-~]/;
const LETTERS = /^[A-Za-z\d]+$/;
const CAPITALS = /^[A-Z\d]+$/;
const MARK = /\p{M}/u;
const SMALL = /\p{Ll}/u;

/** A dot makes an i of I and l, i and j have theirs already, and the same accent twice covers itself. */
function settled(looks: string): string {
  const decomposed = withoutGaps(looks).normalize('NFD');
  if (!MARK.test(decomposed)) return decomposed;
  return decomposed
    .replace(/[Il](?=\p{M}*\u0307)/gu, 'i')
    .replace(/(?<=[ij]\p{M}*)\u0307/gu, '')
    .replace(/(\p{M})\1+/gu, '$1');
}
