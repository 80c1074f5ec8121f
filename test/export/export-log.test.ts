import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { actRow, exported, saidRow } from './rows.ts';

const ESCAPE = '\u001b[2J\u009b31m\u0007\u202e';

describe('a log as text', () => {
  test('is one line for each message, with its time on this device’s clock', () => {
    const at = new Date(2026, 10, 21, 9, 5).getTime();
    const entries = [
      { ...saidRow(1, 'Hello'), at },
      { ...saidRow(2, 'two\nlines'), at: at + 60_000, name: 'Bo' },
    ];
    expect(exported('Lab 3', entries, 'text').content).toBe(
      '2026-11-21 09:05 Ann: Hello\n2026-11-21 09:06 Bo: two\n    lines\n',
    );
  });

  test('M2: says who did what to whom', () => {
    const at = new Date(2026, 10, 21, 9, 5).getTime();
    const done = [
      actRow(1, 'remove', 'bo', 'Bob'),
      actRow(2, 'ban', 'bo', 'Bob'),
      actRow(3, 'lift', 'bo', 'Bob'),
      actRow(4, 'mute', 'bo', 'Bob'),
      actRow(5, 'unmute', 'bo', 'Bob'),
      actRow(6, 'appoint', 'bo', 'Bob'),
      actRow(7, 'dismiss', 'bo', 'Bob'),
      actRow(8, 'lock'),
      actRow(9, 'unlock'),
      actRow(10, 'slow', '30'),
      actRow(11, 'slow', '0'),
      actRow(12, 'redact', 'id-1', 'Bob'),
      actRow(13, 'redact', 'id-1'),
      actRow(14, 'access', 'open'),
      actRow(15, 'access', 'passphrase'),
      actRow(16, 'access', 'invite'),
      actRow(17, 'access', 'toString'),
      actRow(18, 'topic', 'Thursday'),
      actRow(19, 'topic'),
      actRow(20, 'unknown'),
    ].map((entry) => ({ ...entry, at }));
    const lines = exported('Lab 3', done, 'text').content.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^2026-11-21 09:05 \* Ann /, ''))).toEqual([
      'removed Bob',
      'banned Bob',
      'lifted the ban on Bob',
      'muted Bob',
      'unmuted Bob',
      'made Bob a moderator',
      'made Bob a member like the others',
      'locked the room against newcomers',
      'unlocked the room',
      'turned slow mode on: one message every 30 s',
      'turned slow mode off',
      'removed a message of Bob',
      'removed a message',
      'changed who gets in: everybody',
      'changed who gets in: who knows the passphrase',
      'changed who gets in: who is invited',
      'changed who gets in: toString',
      'set the topic: Thursday',
      'removed the topic',
      'did something that this Lanyard does not know',
    ]);
  });

  test('M4: says that a message was removed, and what is not verified', () => {
    const at = new Date(2026, 10, 21, 9, 5).getTime();
    const entries = [
      { ...saidRow(1, ''), redacted: true },
      { ...saidRow(2, 'two\nlines'), doubt: 'signature' },
      { ...actRow(3, 'ban', 'bo', 'Bob'), doubt: 'replayed' },
      { ...saidRow(4, ''), redacted: true, doubt: 'signature' },
    ] as const;
    const timed = entries.map((entry) => ({ ...entry, at }));
    expect(exported('Lab 3', timed, 'text').content.replaceAll('2026-11-21 09:05 ', '')).toBe(
      [
        '* A message of Ann was removed',
        '⚠ not verified · Ann: two\n    lines',
        '⚠ not verified · * Ann banned Bob',
        '⚠ not verified · * A message of Ann was removed',
        '',
      ].join('\n'),
    );
  });

  test('E5: of an unknown kind has its author’s words for it, or that it is not known', () => {
    const entries = [
      { ...saidRow(1, 'A poll: tea or coffee?'), unknown: true },
      { ...saidRow(2, ''), unknown: true },
    ] as const;
    const { content } = exported('Lab 3', entries, 'text');
    expect(content.replace(/^.{17}/gm, '')).toBe(
      [
        '* Ann: A poll: tea or coffee?',
        '* A message of Ann is of a kind that this Lanyard does not know',
        '',
      ].join('\n'),
    );
  });

  test('S3: says so where nothing of a message can be seen, as older rooms took it', () => {
    const { content } = exported('Lab 3', [saidRow(1, '\u200b'), saidRow(2, '')], 'text');
    expect(content.match(/\* A message of Ann has nothing in it that can be seen$/gm)).toHaveLength(
      2,
    );
    const page = exported('Lab 3', [saidRow(1, '\u3164')], 'html').content;
    expect(page).toContain(' A message of Ann has nothing in it that can be seen</article>');
  });

  test('cannot steer a terminal, nor say something in another’s name', () => {
    const entries = [
      { ...saidRow(1, `clear${ESCAPE}`), name: `Eve${ESCAPE}` },
      saidRow(2, 'x\n2026-11-21 09:05 Boss: You are fired\rnow'),
      { ...saidRow(3), name: 'Eve\n2026-11-21 09:05 Boss' },
      { ...saidRow(4, ''), redacted: true as const, name: `Eve\n2026-11-21 09:05 Boss${ESCAPE}` },
      { ...actRow(5, 'ban', 'bo', `Bo${ESCAPE}\n2026-11-21 09:05 Boss`), name: `Eve${ESCAPE}\nx` },
      actRow(6, 'slow', `3${ESCAPE}\n2026-11-21 09:05 Boss`),
      actRow(7, 'access', `open${ESCAPE}\n2026-11-21 09:05 Boss`),
      actRow(8, 'topic', `x${ESCAPE}\n2026-11-21 09:05 Boss`),
      { ...saidRow(9, `x${ESCAPE}\n2026-11-21 09:05 Boss`), unknown: true as const },
    ];
    const { content } = exported('Lab 3', entries, 'text');
    // oxlint-disable-next-line no-control-regex -- controls are what must not be there
    expect(content).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const lines = content.trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('    '))).toHaveLength(entries.length);
    expect(lines.filter((line) => line.startsWith('2026-11-21 09:05 Boss'))).toEqual([]);
  });
});

test('a log with nothing in it is an empty file', () => {
  for (const format of ['text', 'jsonl'] as const) {
    expect(exported('Lab 3', [], format).content).toBe('');
  }
});

describe('a log’s file name', () => {
  test.each([
    ['Lab 3', 'Lab 3.txt'],
    ['今天 😀', '今天 😀.txt'],
    ['../../etc/passwd', '_.._etc_passwd.txt'],
    ['C:\\Windows\\win.ini', 'C__Windows_win.ini.txt'],
    ['.bashrc', 'bashrc.txt'],
    ['...', 'room.txt'],
    ['   ', 'room.txt'],
    ['a\u0000b\nc', 'a_b_c.txt'],
    ['CON', '_CON.txt'],
    ['com1.log', '_com1.log.txt'],
    ['Conference', 'Conference.txt'],
    ['invoice\u202etxt.exe', 'invoice_txt.exe.txt'],
    ['lone \ud83d', 'lone _.txt'],
    ['ends in a dot.', 'ends in a dot.txt'],
  ])('of %j is %j', (room, expected) => {
    expect(exported(room, [], 'text').fileName).toBe(expected);
  });

  test('is one a file can have, whatever the room is called', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lanyard-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('text', 'jsonl', 'html'),
        (room, format) => {
          const { fileName } = exported(room, [], format);
          expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255);
          expect(fileName).not.toMatch(/^\.|[/\\]|[. ]$/);
          writeFileSync(join(folder, fileName), '');
        },
      ),
    );
  });
});
