import { describe, expect, test } from 'vitest';
import type { NoticeText } from '../../main/model/notice.ts';
import { chooseStrings } from '../../renderer/strings/choose.ts';
import { en } from '../../renderer/strings/en.ts';
import { zhCn } from '../../renderer/strings/zh-cn.ts';

describe.each([en, zhCn])('$locale', (words) => {
  test('H2: of a room that speaks another version it says who has to update', () => {
    const { older, newer } = words.home.otherVersion;
    expect(older).toMatch(/older.*host has to update|较旧.*主持人更新/);
    expect(newer).toMatch(/newer.*update this one|更新版本.*更新本应用/);
  });

  test('N3: names that are not allowed are those with what cannot be seen, or accents piled up', () => {
    for (const code of ['name-not-allowed', 'room-name-not-allowed'] as const) {
      expect(words.error({ code })).toMatch(/invisible|看不见/);
      expect(words.error({ code })).toMatch(/accents|附加符号/);
    }
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
