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

/**
 * Letters that the table merges with others of their script, and that its readers tell apart. They do so
 * in a name in which this script is alone; between others they are what the table says.
 */
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

/** Which letters of a name stay what they are, as its readers tell them apart. */
export function lettersToldApart(name: string): RegExp | undefined {
  if (ASCII_ALONE.test(name)) return undefined;
  const text = name.normalize('NFKD');
  return TOLD_APART.find(({ letters, within }) => letters.test(text) && within.test(text))?.letters;
}

const ASCII_ALONE = /^[ -~]*$/;
