import { describe, expect, test } from 'vitest';
import { sentenceFor } from '../../main/client/disconnects.ts';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import type { RefusalCode } from '../../main/protocol/messages.ts';
import { chooseStrings } from '../../renderer/strings/choose.ts';
import { en } from '../../renderer/strings/en.ts';
import { zhCn } from '../../renderer/strings/zh-cn.ts';

/** Complete by its type: a code added to the protocol does not compile here until it is added. */
const REFUSALS: Readonly<Record<RefusalCode, true>> = {
  'bad-message': true,
  'unknown-type': true,
  'hello-first': true,
  'hello-twice': true,
  'version-unsupported': true,
  'name-empty': true,
  'name-too-long': true,
  'name-not-allowed': true,
  'name-taken': true,
  'text-empty': true,
  'text-too-long': true,
  'room-full': true,
};

const CONNECTION: readonly Parameters<typeof sentenceFor>[0][] = [
  'unreachable',
  'refused-connection',
  'address-not-found',
  'timed-out',
  'not-a-room',
  'wrong-room',
  'connection-lost',
  'too-many-connections',
];

const CALLS = [
  'address-invalid',
  'bad-arguments',
  'data-dir-unwritable',
  'idle-minutes-range',
  'no-name',
  'not-here',
  'not-host',
  'port-in-use',
  'port-not-allowed',
  'room-gone',
  'room-name-empty',
  'room-name-not-allowed',
  'room-name-too-long',
  'settings-unreadable',
  'shell-lost',
  'unknown-call',
];

describe.each([en, zhCn])('$locale', (words) => {
  test.each([...Object.keys(REFUSALS), ...Object.keys(CLOSE_REASONS), ...CONNECTION, ...CALLS])(
    'has words of its own for %s',
    (code) => expect(words.error(code, '?')).not.toBe('?'),
  );

  test('falls back to the sentence that came along', () => {
    expect(words.error('from-the-future', 'Do this.')).toBe('Do this.');
    expect(words.error('toString', 'Do this.')).toBe('Do this.');
  });

  test('has no empty words', () => {
    const empty = Object.entries(words.errors).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  test('O2: who came and went is told with the count', () => {
    const say = (what: Parameters<typeof words.notice>[0]) => words.notice(what, () => 'why');
    expect(say({ kind: 'joined', name: 'Bo', count: 3 })).toMatch(/Bo.*3/);
    for (const reason of ['left', 'lost', 'idle', 'removed', 'too-slow'] as const) {
      expect(say({ kind: 'left', name: 'Bo', reason, count: 2 })).toMatch(/Bo.*2/);
    }
    expect(say({ kind: 'renamed', before: 'Bo', name: 'Boris', count: 2 })).toMatch(/Bo.*Boris.*2/);
    expect(say({ kind: 'connected', count: 7 })).toMatch(/7/);
    expect(say({ kind: 'disconnected', reason: 'idle' })).toMatch(/why/);
  });
});

test('English counts one and many', () => {
  expect(en.log.newMessages(1)).toBe('1 new message');
  expect(en.log.newMessages(2)).toBe('2 new messages');
});

test.each([
  ['system', 'zh-CN', 'zh-CN'],
  ['system', 'zh-Hans-SG', 'zh-CN'],
  ['system', 'en-GB', 'en'],
  ['system', 'de-DE', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh-CN', 'en-GB', 'zh-CN'],
] as const)('the language %s on a %s system is %s', (language, locale, expected) => {
  expect(chooseStrings(language, locale).locale).toBe(expected);
});
