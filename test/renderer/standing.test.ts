import { describe, expect, test } from 'vitest';
import type { Role } from '../../main/model/member.ts';
import { openRoom } from '../../renderer/room-state.ts';
import { actsOn, isCaretaker, ownRole } from '../../renderer/standing.ts';
import { member, roomView } from './rooms.ts';

/** A room in which one is `role`, with Bo as `other`. */
const room = (role: Role, other: Role, muted = false) =>
  openRoom(
    roomView('r', {
      roster: [member('a', 'Ann', { role }), member('b', 'Bo', { role: other, muted })],
    }),
  );

describe('M1: what is offered', () => {
  test.each<[Role, Role, readonly string[]]>([
    ['host', 'member', ['mute', 'appoint', 'remove', 'ban']],
    ['host', 'moderator', ['mute', 'dismiss', 'remove', 'ban']],
    ['moderator', 'member', ['mute', 'remove', 'ban']],
    ['moderator', 'moderator', []],
    ['moderator', 'host', []],
    ['member', 'member', []],
    ['member', 'host', []],
  ])('a %s to a %s', (role, other, acts) => {
    expect(actsOn(room(role, other), 'b', null)).toEqual(acts);
  });

  test('nobody to oneself', () => {
    expect(actsOn(room('host', 'member'), 'a', null)).toEqual([]);
  });

  test('to somebody muted it is speaking again', () => {
    expect(actsOn(room('moderator', 'member', true), 'b', null)[0]).toBe('unmute');
  });

  test('to somebody who is not here a ban or its end, once it is known which', () => {
    expect(actsOn(room('moderator', 'member'), 'gone', null)).toEqual([]);
    expect(actsOn(room('moderator', 'member'), 'gone', false)).toEqual(['ban']);
    expect(actsOn(room('moderator', 'member'), 'gone', true)).toEqual(['lift']);
    expect(actsOn(room('member', 'member'), 'gone', true)).toEqual([]);
  });
});

test('without a connection one looks after nothing', () => {
  const away = { ...room('host', 'member'), status: { state: 'connecting' } as const };
  expect(ownRole(away)).toBeNull();
  expect(isCaretaker(away)).toBe(false);
  expect(actsOn(away, 'b', null)).toEqual([]);
});
