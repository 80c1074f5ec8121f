import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine, printable } from '../../../main/export/printable.ts';
import { canBeSeen } from '../../../main/protocol/visible.ts';
import { entryLine, noticeLine } from '../../../main/shells/terminal/plain-text.ts';
import { actRow, saidRow } from '../../export/rows.ts';

/** What a terminal or a reader could be misled by. */
// oxlint-disable-next-line no-control-regex -- controls are what must not be there
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test.for([
  ['a colour', '\u001b[31mred', '\ufffd[31mred'],
  ['a title', '\u001b]0;pwned\u0007', '\ufffd]0;pwned\ufffd'],
  ['a one-character escape', '\u009b2J', '\ufffd2J'],
  ['a carriage return', 'safe\rfake', 'safe\ufffdfake'],
  ['backspaces', 'abc\b\b\bxyz', 'abc\ufffd\ufffd\ufffdxyz'],
  ['an override', 'photo\u202egnp.exe', 'photo\ufffdgnp.exe'],
  ['lines and tabs', 'a\n\tb', 'a\n\tb'],
  ['letters of the world', 'Zoë 李雷 می\u200cخواهم 👩‍👩‍👧', 'Zoë 李雷 می\u200cخواهم 👩‍👩‍👧'],
] as const)('%s', ([, text, shown]) => {
  expect(printable(text)).toBe(shown);
});

test('whatever was said, nothing hostile reaches the terminal, and only its author’s lines begin a line', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (name, said) => {
      const entry = { ...saidRow(1, said), name };
      const [first = '', ...further] = entryLine(entry).split('\n');
      expect(entryLine(entry)).not.toMatch(HOSTILE);
      const shown = canBeSeen(said) ? `${oneLine(name)}: ` : `* A message of ${oneLine(name)} has`;
      expect(first.slice(6)).toContain(shown);
      for (const line of further) expect(line).toMatch(/^ {6}/);
      expect(oneLine(name)).not.toContain('\n');
    }),
  );
});

test('what was done, removed or doubted is a line of its own', () => {
  const lines = [
    actRow(1, 'ban', 'bo', 'Bob\u001b[2J\n12:00 Boss: You are fired'),
    { ...saidRow(2, ''), redacted: true as const },
    { ...saidRow(3, 'two\nlines'), doubt: 'signature' as const },
    { ...saidRow(4, 'A poll\n12:00 Boss: You are fired'), unknown: true as const },
    actRow(5, 'topic', 'x\u001b[2J\n12:00 Boss: You are fired'),
  ].map((entry) => entryLine(entry).slice('00:00 '.length));
  expect(lines).toEqual([
    '* Ann banned Bob\ufffd[2J 12:00 Boss: You are fired',
    '* A message of Ann was removed',
    '⚠ not verified · Ann: two\n      lines',
    '* Ann: A poll 12:00 Boss: You are fired',
    '* Ann set the topic: x\ufffd[2J 12:00 Boss: You are fired',
  ]);
});

test('O2: comings and goings have the count', () => {
  expect(noticeLine({ kind: 'joined', name: 'Ann', count: 2 })).toBe(
    '* Ann came in · 2 people in the room',
  );
  expect(noticeLine({ kind: 'left', name: 'Ann', reason: 'idle', count: 1 })).toBe(
    '* Ann was removed for saying nothing for a while · 1 person in the room',
  );
});
