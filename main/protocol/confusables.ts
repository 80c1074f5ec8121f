/** What single characters look like (N4): Unicode's own table, and what a room adds to it. */
import table from 'unhomoglyph/data.json' with { type: 'json' };

/** confusables.txt of UTS #39, Unicode 13.0: each character, and what it is taken for. */
const TABLE: Readonly<Record<string, string>> = table;

/** What the table leaves apart, in its own terms. */
const ADDED: ReadonlyMap<string, string> = new Map([
  ['w', 'vv'],
  ['W', 'VV'],
  ['ー', '-'],
  ['リ', 'り'],
  ['チ', '千'],
  // A small letter that differs by where in a word it stands.
  ['ς', 'σ'],
  // Small capitals are as high as small letters, and in the middle of a word taken for them.
  ...Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋĸʟɴᴏᴘꞯʀꜱᴛᴜᴠʏᴢ', (capital, nth): [string, string] => [
    capital,
    'abcdefghijkklnopqrstuvyz'.charAt(nth),
  ]),
  ['ᴍ', 'rn'],
  ['ʍ', 'rn'],
  ['ᴡ', 'vv'],
]);

/** Letters that the table merges with others of their script, and that its readers tell apart. */
const TOLD_APART = [
  { letters: /[γσ]/iu, within: /^(?:\p{Script=Greek}|\P{L})*$/u },
  { letters: /զ/iu, within: /^(?:\p{Script=Armenian}|\P{L})*$/u },
  { letters: /\u05df/, within: /^(?:\p{Script=Hebrew}|\P{L})*$/u },
  { letters: /[\u067e\u06ba\u06d2]/, within: /^(?:\p{Script=Arabic}|\P{L})*$/u },
  { letters: /[ரஜை]/, within: /^(?:\p{Script=Tamil}|\P{L})*$/u },
  { letters: /[ഠങറീൂൃൈ]/, within: /^(?:\p{Script=Malayalam}|\P{L})*$/u },
  { letters: /[ดตมซฏท]/, within: /^(?:\p{Script=Thai}|\P{L})*$/u },
  { letters: /[ᏒᎰᎽᏔᏫᏳᏚ]/iu, within: /^(?:\p{Script=Cherokee}|\P{L})*$/u },
  { letters: /[\u1100-\u11ff]/, within: /^(?:\p{Script=Hangul}|\P{L})*$/u },
  { letters: /[士鹃]/, within: /^(?:\p{Script=Han}|\P{L})*$/u },
];

/** What a character looks like by the table and what is added to it; may be several characters. */
export function lookOf(character: string): string {
  let look = '';
  for (const each of TABLE[character] ?? character) look += ADDED.get(each) ?? each;
  return look;
}

/** Letters that stay what they are; `undefined` where all are what the table says. */
export type LettersToldApart = RegExp | undefined;

/**
 * The ways to read a name. In a name in which a script is alone its letters are told apart. Between letters
 * of others they may be read either way: a Greek name with one Latin o in it looks Greek all the same.
 */
export function readingsOf(name: string): readonly [LettersToldApart, ...LettersToldApart[]] {
  if (ASCII_ALONE.test(name)) return [undefined];
  const text = name.normalize('NFKD');
  const present = TOLD_APART.filter(({ letters }) => letters.test(text));
  const alone = present.find(({ within }) => within.test(text));
  if (alone !== undefined) return [alone.letters];
  const [first, ...others] = present.map(({ letters }) => letters);
  return first === undefined ? [undefined] : [first, ...others, undefined];
}

const ASCII_ALONE = /^[ -~]*$/;
