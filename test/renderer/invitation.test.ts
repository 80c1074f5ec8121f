import { expect, test } from 'vitest';
import { roomLink } from '../../main/transport/address.ts';
import { isInvitation, placeOf } from '../../renderer/invitation.ts';

const KEY = `A${'k'.repeat(43)}`;
const INVITE = 'i'.repeat(32);

test('a link that leads to a room is told from one that lets in', () => {
  expect(isInvitation(roomLink('[fe80::1]:47100', 'room', KEY, INVITE))).toBe(true);
  expect(isInvitation(` ${roomLink('lab:1', 'room', KEY, INVITE)}\n`)).toBe(true);
  expect(isInvitation(roomLink('lab:1', 'room', KEY, null))).toBe(false);
  expect(isInvitation('lanyard://lab:1/invite=x')).toBe(false);
  expect(isInvitation('https://lab/?invite=x')).toBe(false);
});

test.each([
  [roomLink('192.168.1.20:47100', 'room', KEY, INVITE), '192.168.1.20:47100'],
  [roomLink('[fd00::1]:47100', 'room', null, null), '[fd00::1]:47100'],
  ['wss://chat.example/lab', 'chat.example'],
  ['nothing of the kind', 'nothing of the kind'],
])('where %s leads is told', (link, place) => {
  expect(placeOf(link)).toBe(place);
});
