import { describe, expect, test } from 'vitest';
import type { ConnectFailure } from '../../main/client/disconnects.ts';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { REFUSALS } from '../../main/protocol/refusals.ts';
import { PASSPHRASE_PROBLEMS } from '../../main/passphrase/normalize-passphrase.ts';
import type { NoticeText } from '../../main/model/notice.ts';
import { chooseStrings } from '../../renderer/strings/choose.ts';
import { en } from '../../renderer/strings/en.ts';
import { zhCn } from '../../renderer/strings/zh-cn.ts';

/** Complete by its type: a reason added to the client does not compile here until it is added. */
const FAILURES: Readonly<Record<ConnectFailure, true>> = {
  unreachable: true,
  'refused-connection': true,
  'address-not-found': true,
  'timed-out': true,
  'certificate-untrusted': true,
  'not-a-room': true,
  'wrong-room': true,
  'connection-lost': true,
  'too-many-connections': true,
  'host-key-changed': true,
  'wrong-host': true,
  'host-not-proven': true,
  'certificate-refused': true,
  'hub-failed': true,
};

const CALLS = [
  'address-invalid',
  'bad-arguments',
  'data-dir-in-use',
  'data-dir-invalid',
  'data-dir-unwritable',
  'database-damaged',
  'database-newer',
  'identity-exposed',
  'identity-locked',
  'identity-new',
  'identity-unwrapped',
  'hub-gone',
  'hub-moved',
  'hub-restarted',
  'idle-minutes-range',
  'no-name',
  'no-such-invite',
  'not-here',
  'not-host',
  'nothing-kept',
  'port-in-use',
  'port-not-allowed',
  'room-gone',
  'room-name-empty',
  'room-name-not-allowed',
  'room-name-too-long',
  'settings-unreadable',
  'shell-lost',
  'storage-failed',
  'storage-full',
  'too-many-calls',
  'unexpected-error',
  'unknown-call',
];

describe.each([en, zhCn])('$locale', (words) => {
  test.each(
    [REFUSALS, CLOSE_REASONS, FAILURES, PASSPHRASE_PROBLEMS]
      .flatMap((codes) => Object.keys(codes))
      .concat(CALLS),
  )('has words of its own for %s', (code) => expect(words.error(code, '?')).not.toBe('?'));

  test('falls back to the sentence that came along', () => {
    expect(words.error('from-the-future', 'Do this.')).toBe('Do this.');
    expect(words.error('toString', 'Do this.')).toBe('Do this.');
  });

  test.each(['name-not-allowed', 'room-name-not-allowed'])(
    'N3: %s is right for what cannot be seen and for accents piled up',
    (code) => {
      expect(words.error(code, '?')).toMatch(/invisible|看不见/);
      expect(words.error(code, '?')).toMatch(/accents|附加符号/);
    },
  );

  test('has no empty words', () => {
    const empty = Object.entries(words.errors).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  const notice = (what: NoticeText) => words.notice(what, () => 'why');

  test('O2: who came and went is told with the count', () => {
    expect(notice({ kind: 'joined', name: 'Bo', count: 3 })).toMatch(/Bo.*3/);
    for (const reason of ['left', 'lost', 'idle', 'removed', 'too-slow', 'flooding'] as const) {
      expect(notice({ kind: 'left', name: 'Bo', reason, count: 2 })).toMatch(/Bo.*2/);
    }
    expect(notice({ kind: 'renamed', before: 'Bo', name: 'Boris', count: 2 })).toMatch(
      /Bo.*Boris.*2/,
    );
    expect(notice({ kind: 'connected', count: 7 })).toMatch(/7/);
    expect(notice({ kind: 'disconnected', reason: 'idle' })).toMatch(/why/);
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
