import { describe, expect, test } from 'vitest';
import type { ActName } from '../../main/model/act-names.ts';
import { en } from '../../renderer/strings/en.ts';
import { zhCn } from '../../renderer/strings/zh-cn.ts';

/** What is done to somebody, and what to the room. */
const TO_PEOPLE = ['remove', 'ban', 'lift', 'mute', 'unmute', 'appoint', 'dismiss'] as const;
const TO_ROOMS = ['lock', 'unlock', 'slow', 'redact', 'access'] as const;

const ACTS: readonly ActName[] = [...TO_PEOPLE, ...TO_ROOMS];

describe.each([en, zhCn])('M1: in $locale', (words) => {
  test.each(ACTS)('%s is told with who did it, and to whom', (act) => {
    const told = words.act.did(act, 'WHO', 'WHOM', 'RULE');
    expect(told).toContain('WHO');
    expect(told.includes('WHOM')).toBe(TO_PEOPLE.some((name) => name === act));
  });

  test('every act is told in words of its own', () => {
    const told = ACTS.map((act) => words.act.did(act, 'WHO', 'WHOM', ''));
    expect(new Set(told).size).toBe(ACTS.length);
  });

  test('what holds from then on is said', () => {
    expect(words.act.did('slow', 'WHO', '', words.seconds(10))).toContain('10');
    expect(words.act.did('access', 'WHO', '', words.access.notes.invite)).toContain(
      words.access.notes.invite,
    );
    expect(words.act.did('slow', 'WHO', '', '')).not.toBe(words.act.did('slow', 'WHO', '', 'X'));
  });

  test('E1: a doubt names whose message it seems to be', () => {
    const [forged, again] = (['signature', 'replayed'] as const).map((doubt) =>
      words.log.doubt(doubt, 'WHO'),
    );
    expect(forged).toContain('WHO');
    expect(again).toContain('WHO');
    expect(forged).not.toBe(again);
  });
});

test('seconds and minutes are told short', () => {
  expect([5, 60, 90, 300].map(en.seconds)).toEqual(['5 s', '1 min', '90 s', '5 min']);
});
