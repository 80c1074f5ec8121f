/** What every store of a room's log does, whatever it keeps the entries in. */
import { describe, expect, test } from 'vitest';
import type { SaidEntry } from '../../main/protocol/messages.ts';
import type { EntryStore } from '../../main/storage/entry-store.ts';
import { actOf, entriesOf, entryOf, seqsOf } from './entries.ts';

/** `open` gives a store whose log begins after `last`. */
export function entryStoreContract(open: (epoch: string, last: number) => EntryStore): void {
  const filled = (count: number) => {
    const store = open('epoch-1', 0);
    store.append(entriesOf(1, count));
    return store;
  };

  describe('L1: a numbered log', () => {
    test('begins empty, where it is told to', () => {
      for (const last of [0, 41]) {
        const store = open('epoch-1', last);
        expect([store.epoch, store.first, store.last]).toEqual(['epoch-1', last + 1, last]);
        expect(store.after(0, 10)).toEqual([]);
        expect(store.before(100, 10)).toEqual([]);
        expect(store.find('id-1')).toBeNull();
      }
    });

    test('gives back what was appended, as it was', () => {
      const store = open('epoch-1', 0);
      const odd = {
        ...entryOf(2, ' \'"\\\u0000\n<b>&amp;</b> 😀 \u202e \ud83d\ude00 ' + 'x'.repeat(4_000)),
        at: 1_700_000_000_000.5,
        name: "Bo'b; DROP TABLE entries",
      };
      store.append([entryOf(1), odd]);
      expect(store.after(0, 10)).toEqual([entryOf(1), odd]);
      expect(store.find('id-2')).toEqual(odd);
    });

    test('gives back acts as they were, among what was said', () => {
      const store = open('epoch-1', 1);
      const acts = [actOf(2, 'ban', 'member-2', 'Bo'), actOf(3, 'slow', '30'), actOf(5, 'lock')];
      store.append([...acts.slice(0, 2), entryOf(4), ...acts.slice(2)]);
      store.prepend([actOf(1, 'access', 'invite')]);
      expect(store.after(1, 10)).toEqual([acts[0], acts[1], entryOf(4), acts[2]]);
      expect(store.before(2, 10)).toEqual([actOf(1, 'access', 'invite')]);
      expect(store.find('id-2')).toEqual(acts[0]);
    });

    test('finds the first of several with one id', () => {
      const store = open('epoch-1', 1);
      store.append([same(2, 'second'), same(3, 'third')]);
      expect(store.find('same')).toEqual(same(2, 'second'));
      store.prepend([same(1, 'first')]);
      expect(store.find('same')).toEqual(same(1, 'first'));
      store.forgetBefore(3);
      expect(store.find('same')).toEqual(same(3, 'third'));
    });

    test('appends only what follows, without a gap', () => {
      const store = filled(3);
      store.append([entryOf(3, 'again'), entryOf(5), entryOf(4), entryOf(6)]);
      expect(seqsOf(store.after(0, 10))).toEqual([1, 2, 3, 4]);
      expect(store.find('id-3')).toEqual(entryOf(3));
      expect(store.last).toBe(4);
    });

    test('prepends only what joins up, without a gap', () => {
      const store = open('epoch-1', 10);
      store.append(entriesOf(11, 12));
      store.prepend(entriesOf(5, 8));
      expect(store.first).toBe(11);
      store.prepend([entryOf(12, 'a hub may send anything'), ...entriesOf(7, 8), entryOf(10)]);
      expect(seqsOf(store.after(0, 10))).toEqual([10, 11, 12]);
      store.prepend(entriesOf(8, 9));
      expect([store.first, store.last]).toEqual([8, 12]);
      expect(store.find('id-8')).toEqual(entryOf(8));
      store.prepend([]);
      expect(seqsOf(store.before(Infinity, 10))).toEqual([8, 9, 10, 11, 12]);
    });
  });

  describe('L3: pages', () => {
    test('forwards: at most so many, oldest first', () => {
      const store = filled(10);
      expect(seqsOf(store.after(0, 3))).toEqual([1, 2, 3]);
      expect(seqsOf(store.after(8, 3))).toEqual([9, 10]);
      expect(seqsOf(store.after(10, 3))).toEqual([]);
      expect(seqsOf(store.after(99, 3))).toEqual([]);
      expect(seqsOf(store.after(0, Number.MAX_SAFE_INTEGER))).toHaveLength(10);
    });

    test('backwards: the nearest ones, oldest first', () => {
      const store = filled(10);
      expect(seqsOf(store.before(11, 3))).toEqual([8, 9, 10]);
      expect(seqsOf(store.before(3, 5))).toEqual([1, 2]);
      expect(seqsOf(store.before(1, 5))).toEqual([]);
      expect(seqsOf(store.before(0, 5))).toEqual([]);
      expect(seqsOf(store.before(1_000, 2))).toEqual([9, 10]);
    });
  });

  describe('L5: forgetting', () => {
    test('leaves the rest as it was', () => {
      const store = filled(10);
      store.forgetBefore(4);
      expect([store.first, store.last]).toEqual([4, 10]);
      expect(store.find('id-3')).toBeNull();
      expect(seqsOf(store.before(6, 10))).toEqual([4, 5]);
      store.forgetBefore(2);
      expect(store.first).toBe(4);
      expect(seqsOf(store.search('entry', Infinity, 20))).toEqual([10, 9, 8, 7, 6, 5, 4]);
    });

    test('of everything goes on with the next number', () => {
      const store = filled(3);
      store.forgetBefore(1_000);
      expect([store.first, store.last]).toEqual([4, 3]);
      expect(store.search('entry', Infinity, 20)).toEqual([]);
      store.append([entryOf(4)]);
      expect(seqsOf(store.after(0, 10))).toEqual([4]);
    });

    test('finds the first entry that is not too old', () => {
      const store = filled(5);
      expect(store.firstSince(0)).toBe(1);
      expect(store.firstSince(3_000)).toBe(3);
      expect(store.firstSince(3_001)).toBe(4);
      expect(store.firstSince(Infinity)).toBe(6);
      store.forgetBefore(3);
      expect(store.firstSince(0)).toBe(3);
      expect(open('epoch-1', 7).firstSince(Infinity)).toBe(8);
    });
  });

  describe('M4: striking', () => {
    const STRUCK = { text: '', signature: '', struck: true } as const;

    test('takes what it said from one entry, and leaves the others', () => {
      const store = filled(3);
      store.strike('id-2');
      const struck = { ...entryOf(2), ...STRUCK };
      expect(store.after(0, 10)).toEqual([entryOf(1), struck, entryOf(3)]);
      expect(store.find('id-2')).toEqual(struck);
      expect(seqsOf(store.search('entry', Infinity, 10))).toEqual([3, 1]);
      store.strike('id-2');
      expect(store.find('id-2')).toEqual(struck);
    });

    test('of what is not there, or said nothing, changes nothing', () => {
      const store = filled(2);
      store.append([actOf(3, 'ban', 'member-2', 'Bo')]);
      for (const id of ['id-3', 'id-4', '']) store.strike(id);
      expect(store.after(0, 10)).toEqual([...entriesOf(1, 2), actOf(3, 'ban', 'member-2', 'Bo')]);
    });

    test('takes it from all with that id', () => {
      const store = filled(1);
      store.append([2, 3].map((seq) => ({ ...entryOf(seq), id: 'id-1' })));
      store.strike('id-1');
      expect(store.after(0, 10)).toEqual(
        [1, 2, 3].map((seq) => ({ ...entryOf(seq), id: 'id-1', ...STRUCK })),
      );
      expect(store.search('entry', Infinity, 10)).toEqual([]);
    });

    test('what came struck stays so, and is forgotten like the rest', () => {
      const store = filled(1);
      store.append([{ ...entryOf(2), ...STRUCK }]);
      store.strike('id-1');
      expect(store.after(0, 10)).toEqual(entriesOf(1, 2).map((it) => ({ ...it, ...STRUCK })));
      store.forgetBefore(3);
      store.append([entryOf(3)]);
      expect(store.after(0, 10)).toEqual([entryOf(3)]);
    });
  });

  describe('doubts', () => {
    test('are kept of entries that are there', () => {
      const store = filled(5);
      store.doubt(2, 'signature');
      store.doubt(3, 'replayed');
      store.doubt(4, 'signature');
      store.doubt(4, 'replayed');
      store.doubt(6, 'signature');
      expect(store.doubts(1, 3)).toEqual(
        new Map([
          [2, 'signature'],
          [3, 'replayed'],
        ]),
      );
      expect(store.doubts(4, Infinity)).toEqual(new Map([[4, 'replayed']]));
      expect(store.doubts(5, 1)).toEqual(new Map());
      expect(store.after(0, 10)).toEqual(entriesOf(1, 5));
    });

    test('go with their entry', () => {
      const store = filled(5);
      for (const seq of [2, 4]) store.doubt(seq, 'signature');
      store.forgetBefore(3);
      expect([...store.doubts(0, 10).keys()]).toEqual([4]);
      store.reset('epoch-2', 0);
      store.append(entriesOf(1, 5));
      expect(store.doubts(0, 10)).toEqual(new Map());
    });
  });

  test('L6: another log begins with nothing in it', () => {
    const store = filled(3);
    store.reset('epoch-2', 20);
    expect([store.epoch, store.first, store.last]).toEqual(['epoch-2', 21, 20]);
    expect(store.find('id-1')).toBeNull();
    expect(store.search('entry', Infinity, 20)).toEqual([]);
    store.append([entryOf(21)]);
    expect(seqsOf(store.search('entry', Infinity, 20))).toEqual([21]);
  });

  describe('search', () => {
    const SAID = [
      'Good morning, everybody',
      '今天天气不错',
      '我们明天去北京大学吧',
      'Café au lait, s’il vous plaît',
      'RÉSUMÉ.pdf is in the folder report-2026',
      'Straße und Ｆｕｌｌｗｉｄｔｈ',
      'こんにちは世界',
      'สวัสดีครับ',
      '用TypeScript写的app好',
      'Привет, мир',
      'foo AND bar NEAR baz',
      '안녕하세요 여러분',
      'οδοσήμανση',
      'จบแล้ว๛',
      'GROẞE STRASSE, kleine Straße',
      'Łódź, Đức, Søren, Ærø, Œuvre, Þór',
      'Işık İpek, ışık ipek',
      'ﬁne ŉ oﬃce',
    ];
    const asked = (query: string): string[] => {
      const store = open('epoch-1', 0);
      store.append(SAID.map((text, index) => entryOf(index + 1, text)));
      return store.search(query, Infinity, 50).map(({ text }) => text);
    };

    test.each([
      ['a word', 'morning', [0]],
      ['the beginning of a word', 'morn', [0]],
      ['not the middle of one', 'orning', []],
      ['whatever the case', 'MORNING', [0]],
      ['whatever the accents', 'cafe plait', [3]],
      ['accents where there are none', 'mörning', [0]],
      ['whatever the width', 'fullwidth', [5]],
      ['words in any order', 'everybody good', [0]],
      ['every word, not some', 'good evening', []],
      ['two Chinese characters', '天气', [1]],
      ['one Chinese character', '天', [2, 1]],
      ['Chinese in its order', '气天', []],
      ['a longer Chinese word', '北京大学', [2]],
      ['not what only looks near', '北大', []],
      ['Chinese words that stand apart', '北京 明天', [2]],
      ['one kana', 'に', [6]],
      ['kanji after kana', '世界', [6]],
      ['Thai', 'สวัสดี', [7]],
      ['Latin inside Chinese', 'typescript', [8]],
      ['the beginning of Latin inside Chinese', 'type', [8]],
      ['mixed scripts in one word', '写的app好', [8]],
      ['mixed scripts, one after the other', '用type', [8]],
      ['Cyrillic', 'прив', [9]],
      ['Korean', '여러', [11]],
      ['Greek, whichever sigma', 'ΟΔΟΣ', [12]],
      ['signs that count as letters', '๛', [13]],
      ['two letters for one', 'strasse', [14, 5]],
      ['one letter for two', 'straße', [14, 5]],
      ['a capital one', 'STRAẞE', [14, 5]],
      ['the beginning of what is one letter', 'stras', [14, 5]],
      ['no more than there is', 'grosser', []],
      ['letters with strokes, and joined ones', 'lodz duc soren aero oeuvre thor', [15]],
      ['the same as they are', 'Łódź đức SØREN ærø œuvre þór', [15]],
      ['Turkish i with and without its dot', 'isik IPEK', [16]],
      ['the same as they are in Turkish', 'IŞIK İPEK', [16]],
      ['ligatures', 'fine office', [17]],
      ['numbers', '2026', [4]],
      ['a word with a hyphen', 'report-2026', [4]],
      ['a file', 'resume.pdf', [4]],
      ['operators as words', 'AND', [10]],
      ['operators in a sentence', 'foo AND bar', [10]],
      ['a quoted phrase', '"bar NEAR"', [10]],
      ['nothing to look for', '  ', []],
      ['signs alone', '!?*"(', []],
    ] as const)('finds %s: %s', (_what, query, expected) => {
      expect(asked(query)).toEqual(expected.map((index) => SAID[index]));
    });

    test.each([
      '"',
      '""',
      '*',
      'foo*',
      '*foo',
      'foo"bar',
      '(foo',
      'foo)',
      '(foo OR',
      'OR',
      'NOT',
      'NOT foo',
      'foo NOT',
      'NEAR(foo bar, 5)',
      'foo NEAR/2 bar',
      'words:foo',
      'words : ^foo',
      '^foo',
      '-foo',
      '{a b}: foo',
      "foo'; DROP TABLE entries; --",
      '\u0000',
      'foo\u0000bar',
      '\ud83d',
      '😀',
      '%_?',
      '\u0301',
      'a '.repeat(3_000),
      '天'.repeat(4_000),
    ])('takes any query: %j', (query) => {
      expect(() => asked(query)).not.toThrow();
    });

    test('gives the newest first, and goes on below', () => {
      const store = filled(30);
      expect(seqsOf(store.search('entry', Infinity, 3))).toEqual([30, 29, 28]);
      expect(seqsOf(store.search('entry', 28, 3))).toEqual([27, 26, 25]);
      expect(seqsOf(store.search('entry', 2, 3))).toEqual([1]);
      expect(seqsOf(store.search('entry', 1, 3))).toEqual([]);
    });

    test('finds nothing in acts', () => {
      const store = open('epoch-1', 0);
      store.append([actOf(1, 'ban', 'member-2', 'Bo'), entryOf(2, 'Ann may ban Bo')]);
      expect(seqsOf(store.search('ban', Infinity, 10))).toEqual([2]);
      expect(seqsOf(store.search('Bo', Infinity, 10))).toEqual([2]);
    });

    test('finds what was prepended too', () => {
      const store = open('epoch-1', 2);
      store.append([entryOf(3, 'new apples')]);
      store.prepend([entryOf(1, 'old apples'), entryOf(2, 'pears')]);
      expect(seqsOf(store.search('apples', Infinity, 10))).toEqual([3, 1]);
    });
  });
}

function same(seq: number, text: string): SaidEntry {
  return { ...entryOf(seq, text), id: 'same' };
}
