import * as fc from 'fast-check';
import table from 'unhomoglyph/data.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { NAME_MAX } from '../../main/protocol/limits.ts';
import { foldedKey, freeName, nameKeys, normalizeName } from '../../main/protocol/names.ts';
import { lookTheSame } from '../support/look-the-same.ts';

test.for([
  ['Anna', 'Аnnа', 'Cyrillic a'],
  ['Anna', 'Αnnα', 'Greek alpha'],
  ['Anna', 'ᎪnnᎪ', 'Cherokee'],
  ['Anna', 'ꓮꓠꓠꓮ', 'Lisu'],
  ['Anna', '𝐀𝓷𝕟𝖆', 'mathematical letters'],
  ['Anna', 'ᴀɴɴᴀ', 'small capitals'],
  ['Anna', '🅐🅝🅝🅐', 'black discs'],
  ['Emil', '🅴🅼🅸🅻', 'black squares'],
  ['Anna', '🇦\u200c🇳\u200c🇳\u200c🇦', 'halves of flags'],
  ['Paul', 'PauI', 'a capital I'],
  ['paul', 'PauI', 'a capital I behind small letters, in another case'],
  ['PAUL', 'PauI', 'the same beside capitals'],
  ['bill', 'BiII', 'two of them'],
  ['Paul', 'pauІ', 'a Cyrillic one, in another case'],
  ['PAUL', 'pauӏ', 'a palochka'],
  ['Paul', 'Pau1', 'a one'],
  ['Paul', 'Pau|', 'a bar'],
  ['Ian', 'lan', 'a small l'],
  ['KIM', 'KlM', 'a small l among capitals'],
  ['Otto', '0tto', 'a zero'],
  ['Martin', 'rnartin', 'r and n'],
  ['Martin', 'Маrtіn', 'Cyrillic em and i'],
  ['William', 'VViIliarn', 'everything at once'],
  ['scope', 'ѕсоре', 'Cyrillic alone'],
  ['BEPA', 'ВЕРА', 'Cyrillic capitals alone'],
  ['NINA', 'ΝΙΝΑ', 'Greek capitals alone'],
  ['Ivan', 'Iνan', 'Greek nu'],
  ['YURI', 'ΥURI', 'Greek capital upsilon'],
  ['Sofia', 'Տօfia', 'Armenian'],
  ['Oscar', 'Ⲟscar', 'Coptic'],
  ['Irma', 'ırma', 'an i without its dot'],
  ['İbrahim', 'Ibrahim', 'a capital I with a dot'],
  ['Ibrahim', 'i\u0307brahim', 'a second dot'],
  ['Zoë', 'Zoё', 'Cyrillic yo'],
  ['Weiß', 'Weiβ', 'Greek beta for sharp s'],
  ['Éva', 'E\u0301\u0301va', 'an accent twice'],
  ['Nguyệt', 'Nguye\u0302\u034f\u0323t', 'accents in another order'],
  ['Øyvind', 'O\u0338yvind', 'a stroke of its own'],
  ['Đức', 'Ðức', 'Icelandic eth'],
  ['Мария', 'Mapия', 'Latin letters in a Cyrillic name'],
  ['Мария', 'МАРИЯ', 'capitals'],
  ['Зоя', '3оя', 'a three'],
  ['Крыса', 'Крьlса', 'a soft sign and an l'],
  ['Φωτεινή', 'Фωτεινή', 'Cyrillic ef'],
  ['علی', 'علي', 'Arabic yeh'],
  ['エリ', '工り', 'an ideograph and Hiragana'],
  ['二郎', 'ニ郎', 'Katakana'],
  ["O'Brien", 'O’Brien', 'a curved apostrophe'],
  ["O'Brien", 'O´Brien', 'an acute accent'],
  ['Jean-Luc', 'Jean–Luc', 'a dash'],
  ['Ștefan', 'Ştefan', 'a cedilla for a comma'],
  ['Ann', 'A\u2800nn', 'a blank'],
  ['Ann 10', 'Ann lO', 'letters for a number'],
  ['Ann 10', 'Ann IO', 'other letters for a number'],
  ['PAUL', 'pаul', 'small, with a Cyrillic a'],
  ['Emil', 'ЕмiI', 'Cyrillic and a capital I'],
  ['MILLER', 'МІLLЕR', 'Cyrillic capitals'],
  ['WILL', 'ꓪІꓡꓡ', 'Lisu and a Cyrillic I'],
  ['Wíllow', 'VVíIIow', 'two letters for one, capital Is'],
  ['Neil', 'Nel\u0307l', 'an l with a dot'],
  ['Mahir', 'MahI\u0307r', 'a capital I with a dot inside'],
  ['Магӏа', 'Магlа', 'an l for a palochka'],
  ['Ira', 'Ɩra', 'a Latin iota'],
  ['КРЫСА', 'КРЬІСА', 'a soft sign and an I'],
  ['Ł. Paul', 'L\u0338. PauІ', 'a stroke and a Cyrillic I'],
  ['bob', 'Ьob', 'a soft sign'],
  ['Bob', 'ЬoЬ', 'two of them, beside a capital'],
  ['b', 'Ь', 'a soft sign alone'],
  ['Bob', 'ᑲob', 'Canadian syllabics'],
  ['fred', 'ſred', 'a long s'],
  ['Claus', 'Ϲlaus', 'a lunate sigma'],
  ['Paul', 'Pauו', 'Hebrew vav'],
  ['Paul', 'Pauן', 'Hebrew final nun'],
  ['Leo', 'Leσ', 'Greek sigma'],
  ['Νίκος', 'νίκος', 'small letters in Greek'],
  ['Nina', 'ΝINA', 'one Greek capital, and ours'],
  ['Γιώργος', 'Γιώργoς', 'an o of ours in a Greek name'],
  ['Σίγμα', 'Σίγμa', 'an a of ours in a Greek name'],
  ['Զօրա', 'Զoրա', 'an o of ours in an Armenian name'],
  ['גרסן', 'גרoן', 'an o of ours in a Hebrew name'],
  ['각 1', '각 l', 'an l for a one beside Hangul'],
  ['각᭒', '각ᬍ', 'a Balinese letter for a digit beside Hangul'],
  ['May', 'Maγ', 'a Greek gamma in a name of ours'],
])('N4: %s as %s (%s) is the same name to a reader', ([one, other]) => {
  expect(lookTheSame(one, other)).toBe(true);
});

test.for([
  ['王', '玉'],
  ['未来', '末来'],
  ['Jürgen', 'Jurgen'],
  ['José', 'Jose'],
  ['Łukasz', 'Lukasz'],
  ['Søren', 'Soren'],
  ['Đức', 'Dức'],
  ['Vinh', 'Vĩnh'],
  ['Любов', 'Любовь'],
  ['Андрей', 'Андреи'],
  ['Ђорђе', 'Ћорћe'],
  ['Σοφία', 'Οοφία'],
  ['Γοργώ', 'Υοργώ'],
  ['רון', 'רוו'],
  ['Claus', 'Dаus'],
  ['ثریا', 'پریا'],
  ['خاں', 'خای'],
  ['ดาว', 'ตาว'],
  ['ชาย', 'ซาย'],
  ['เทพ', 'เฑพ'],
  ['மன', 'மை'],
  ['രവി', 'റവി'],
  ['രവി', 'രവീ'],
  ['각가', '가까'],
  ['李鹃', '李鹂'],
  ['国士', '国土'],
  ['Զաւեն', 'Գաւեն'],
  ['ᏒᎵ', 'ᎡᎵ'],
  ['Γιώτα', 'Υιώτα'],
  ['Ann 1', 'Ann 7'],
  ['Neil', 'Nell'],
  ['Lisa', 'Ilsa'],
  ['Ian', 'Lan'],
  ['Ali', 'All'],
  ['ALI', 'ALL'],
  ['ali', 'all'],
  ['Lia', 'Ila'],
  ['Mia', 'MLA'],
  ['Ilja', 'Lija'],
  ['Ина', 'Lна'],
  ['👩', '👨'],
])('N4: %s and %s are two names', ([one, other]) => {
  expect(lookTheSame(one, other)).toBe(false);
});

/** What people are called, a line a language or two, chosen to be near each other. */
const HONEST = `
  Anna Anne Ann Hanna Hannah Ana Jan Jana Dan Dana Ben Bea Mia Maja Lea Leo Lena Lina Elena Tim Tom Kim Kai
  Jürgen Jurgen Jörg Jorg Björn Bjorn Søren Øyvind Åsa Asa Zoë Zoe René Rene François Francois Renée
  Neil Nell Noel Lisa Ilsa Ian Lan Ali All Lia Ila Lily Illy Mila Milla Emil Emilia Amelie Ilja Lilja Ida Lida Iris Liris Kia Kla
  Łukasz Lukas Lucas Żaneta Žaneta Paweł Pavel Jiří Jiri Čeněk Ştefan Gülşen İpek Ağnes Agnes Đức Duc Dũng Dung Dúng
  Nguyễn Nguyên Ngưyên Ángel Angel Peña Pena João Joao Þór Guðrún Gudrun Əli Aysel Ñandú
  Анна Инна Нина Яна Жанна Алла Элла Анна-Мария Мария Марья Дарья Иван Ивана Андрей Сергей Саша Маша Даша Паша Глеб
  Олег Ольга Вера Лера Юра Юля Ася Люба Любовь Вадим Шура Щукин Сюзанна Їжак Ігор Єва Ева Ёлка Елка Ђорђе Ћира
  Γιώργος Νίκος Ελένη Μαρία Άννα Σοφία Φωτεινή Θέμης Կարեն Արամ Անի Գոռ Տիգրան Սոնա გიორგი ნინო ანა
  יוסי דוד דנה רון רות رון محمد أحمد حامد فاطمة سارة علی رضا مریم नेहा रवि राज आशा প্রিয়া সুমন கவிதா குமார் สมชาย สมหญิง
  王伟 玉伟 王芳 李雷 李蕾 韩梅梅 張三 张三 李四 田中 由中 さくら サクラ はな ハナ 花子 太郎 大郎 二郎 一郎 김민준 김민지 이서연 박지훈
  ꮳꮃꭹ ᐱᑕ ᐊᓇ ⵎⴰⵙ አበበ မြမြ 🦊 🐺
`
  .trim()
  .split(/\s+/);

test('N4: whatever Unicode’s table takes for something else is taken for it in a name', () => {
  const apart: string[] = [];
  let pairs = 0;
  for (const [character, look] of Object.entries(table)) {
    // A skeleton is of decomposed text, in which these are not.
    if (character.normalize('NFD') !== character) continue;
    for (const within of [(it: string) => `Q${it}z`, (it: string) => `${it}nn`]) {
      const names = [character, look].map((it) => normalizeName(within(it)));
      const [one, other] = names.flatMap((it) => (it.ok ? it.name : []));
      if (one === undefined || other === undefined) continue;
      pairs += 1;
      if (!lookTheSame(one, other)) apart.push(`${one} ${other}`);
    }
  }
  expect(apart).toEqual([]);
  expect(pairs).toBeGreaterThan(10_000);
});

test('N4: honest names in many languages stay apart', () => {
  const owned = HONEST.flatMap((name) => nameKeys(name).map((key) => ({ key, name })));
  const sharing = [...Map.groupBy(owned, ({ key }) => key).values()].filter(
    (names) => names.length > 1,
  );
  expect(sharing).toEqual([]);
  expect(HONEST.length).toBeGreaterThan(150);
  for (const name of HONEST) expect(normalizeName(name)).toEqual({ ok: true, name });
});

/** The letters of an alphabet with the same key, together. */
function merged(alphabet: string, keyOf = foldedKey): string[] {
  return [...Map.groupBy(alphabet, keyOf).values()]
    .map((letters) => letters.join(''))
    .filter((letters) => letters.length > 1);
}

test('N4: of one alphabet’s letters only those that look the same are one', () => {
  expect(merged('abcdefghijklmnopqrstuvwxyzäöüßåæøðþñçéèęąłšžđ')).toEqual([]);
  expect(merged('абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя')).toEqual([]);
  expect(merged('абвгдђежзијклљмнњопрстћуфхцчџш')).toEqual([]);
  expect(merged('аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшыіэюя')).toEqual(['нһ', 'уү']);
  expect(merged('αβγδεζηθικλμνξοπρστυφχψω')).toEqual([]);
  expect(merged('ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ')).toEqual([]);
  expect(merged('աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ')).toEqual(['ոռ']);
  expect(merged('אבגדהוזחטיכךלמםנןסעפףצץקרשת')).toEqual([]);
  expect(merged('ابتثجحخدذرزسشصضطظعغفقكلمنهوي')).toEqual([]);
});

const seen = (name: string) => nameKeys(name)[1];

test('N4: what minds case merges I, l and 1, and O and 0, and no other letters', () => {
  const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  expect(merged(`${capitals}${capitals.toLowerCase()}0123456789|`, seen)).toEqual(['Il1|', 'O0']);
  expect(merged('АБВГҐДЕЁЄЖЗИІЇЙКЛМНОПРСТУЎФХЦЧШЩЪЫЬЭЮЯ', seen)).toEqual([]);
  expect(merged('ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ', seen)).toEqual([]);
  expect(['A', 'АΑꓮᎪ🅐𝐀Ａ'].map((same) => new Set([...same].map(seen)).size)).toEqual([1, 1]);
});

test('N4: small letters and capitals have one key in alphabets whose cases look alike', () => {
  for (const name of HONEST) {
    if (/[\p{Script=Greek}ßð]/u.test(name)) continue;
    expect(foldedKey(name.toUpperCase())).toBe(foldedKey(name));
  }
});

const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('iIlİıjмmΝνґы´\u0307\u0323\u0301\u0328\u0338 Ａー🅜가')),
    maxLength: 12,
  }),
  // Letters that are told apart in their own script, beside others.
  fc.string({ unit: fc.constantFrom(...Array.from('γσςΣνoO01l각᭒ᬍזןוดต士土ப')), maxLength: 6 }),
);

test('N4: a key is its own key, whatever the name', () => {
  fc.assert(
    fc.property(strange, (text) => {
      const [folded, cased] = nameKeys(text);
      expect(nameKeys(folded.replace(/^folded:/, ''))).toContain(folded);
      expect(nameKeys(cased.replace(/^seen:/, ''))).toContain(cased);
    }),
    { numRuns: 1500 },
  );
});

test('N3: marks piled on a letter are refused, the marks of real scripts are not', () => {
  const refused = { ok: false, problem: 'name-not-allowed' };
  for (const mark of ['\u0301', '\u0336', '\u0e47', '\u20dd', '\u0301\u0316']) {
    expect(normalizeName(`q${mark.repeat(5)}`)).toEqual(refused);
  }
  expect(normalizeName(`q${'\u0301\u200d'.repeat(5)}`)).toEqual(refused);
  for (const name of ['Nguyễn', 'שָּׁלוֹם', 'ကျွန်ုပ်', 'မျှော်', 'བསྒྲུབས', 'น้ำ', 'ক্ষ্মী', '❤️‍🔥', '1️⃣']) {
    expect(normalizeName(name).ok).toBe(true);
  }
});

test('N4: one who poses as somebody gets a suffix, in a name that still fits', () => {
  const taken = new Set(['Anna', 'Paul', 'm'.repeat(NAME_MAX)].flatMap(nameKeys));
  const isTaken = (key: string) => taken.has(key);
  expect(freeName('Аnnа', isTaken)).toBe('Аnnа 2');
  expect(freeName('PauI', isTaken)).toBe('PauI 2');
  expect(freeName('Paui', isTaken)).toBe('Paui');
  expect(freeName('м'.repeat(NAME_MAX), isTaken)).toBe(`${'м'.repeat(NAME_MAX - 2)} 2`);
});
