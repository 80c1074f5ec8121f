/** M2: what the host and moderators do in a room, over real sockets. */
import { expect, test } from 'vitest';
import type { RoomView } from '../../preload/contract.ts';
import * as care from '../../main/rooms/care.ts';
import { twoInARoom } from '../support/two-in-a-room.ts';

function told({ entries }: RoomView): readonly string[] {
  return entries.map((row) =>
    row.kind === 'act' ? `${row.name} ${row.act} ${row.onName || row.on}` : row.text,
  );
}

test('what is done about a person and with the room is told to everybody, in order', async () => {
  const { ann, bo, hosted, joined, host, member } = await twoInARoom();
  expect(ann.view(hosted).entries).toEqual([]);
  await care.act(host, 'appoint', bo.identity.id);
  await care.act(host, 'slow', '30');
  await bo.until(joined, ({ entries }) => entries.length === 2);
  await care.act(member, 'lock', '');
  await care.act(host, 'unlock', '');
  await care.act(host, 'dismiss', bo.identity.id);
  const seen = await bo.until(joined, ({ entries }) => entries.length === 5);
  const acts = ['Ann appoint Bo', 'Ann slow 30', 'Bo lock ', 'Ann unlock ', 'Ann dismiss Bo'];
  expect(told(seen)).toEqual(acts);
  expect(told(ann.view(hosted))).toEqual(acts);
  await expect(care.act(member, 'lock', '')).rejects.toMatchObject({ code: 'not-allowed' });
});

test('acts that stand between what was said stand there for both, as it comes and afterwards', async () => {
  const { ann, bo, hosted, joined, host, member } = await twoInARoom();
  const shown: string[] = [];
  bo.bridge.subscribe((event) => {
    if (event.type === 'room-entries') shown.push(...event.entries.map(({ id }) => id));
  });
  for (let n = 1; n <= 5; n += 1) {
    host.say(`line ${n}`);
    await bo.untilSaid(joined, `line ${n}`);
    await care.act(host, n % 2 === 1 ? 'lock' : 'unlock', '');
    member.say(`answer ${n}`);
    await bo.until(joined, ({ pending }) => pending.length === 0);
  }
  await ann.untilSaid(hosted, 'answer 5');
  const all = await bo.until(joined, ({ entries }) => entries.length === 15);
  expect(told(all)).toEqual(told(ann.view(hosted)));
  expect(shown.toSorted()).toEqual(all.entries.map(({ id }) => id).toSorted());
  expect(told(all).slice(0, 3)).toEqual(['line 1', 'Ann lock ', 'answer 1']);
});

test.for(['topic', 'access', 'unknown'] as const)('%s is nothing a menu does', async (name) => {
  const { host } = await twoInARoom();
  await expect(care.act(host, name, 'x')).rejects.toMatchObject({ code: 'bad-arguments' });
});

test('K2: an invitation is made, listed and revoked; nobody revokes one that there is not', async () => {
  const { ann, hosted, host } = await twoInARoom();
  const at = ann.rooms.hosted(hosted);
  const { invite, link } = await care.createInvite(host, at, 'day', 3);
  expect(link).toContain(ann.view(hosted).info.id);
  expect(at.invitations()).toMatchObject([{ id: invite.id, maxUses: 3, state: 'valid' }]);
  await care.revokeInvite(host, at, invite.id);
  expect(at.invitations()).toMatchObject([{ id: invite.id, state: 'revoked' }]);
  await expect(care.revokeInvite(host, at, 'none')).rejects.toMatchObject({
    code: 'no-such-invite',
  });
  expect(ann.view(hosted).entries).toEqual([]);
});

test('K3: who gets in changes in one step, and is told', async () => {
  const { bo, joined, host } = await twoInARoom();
  await care.setAccess(host, 'passphrase', 'correct horse battery');
  await bo.until(joined, ({ info }) => info.access === 'passphrase');
  await care.setAccess(host, 'invite', undefined);
  const seen = await bo.until(joined, ({ entries }) => entries.length === 2);
  expect(told(seen)).toEqual(['Ann access passphrase', 'Ann access invite']);
  await expect(care.setAccess(host, 'passphrase', ' ')).rejects.toMatchObject({
    code: 'passphrase-empty',
  });
});

test('L9: what a room remembers and what is cleared', async () => {
  const { bo, joined, host } = await twoInARoom();
  host.say('one');
  await bo.untilSaid(joined, 'one');
  await care.act(host, 'slow', '10');
  await bo.until(joined, ({ entries }) => entries.length === 2);
  await care.setRemembers(host, 30);
  await bo.until(joined, ({ info }) => info.remembersDays === 30);
  await care.clearHistory(host);
  const cleared = await bo.until(
    joined,
    ({ entries }) => !entries.some(({ kind }) => kind === 'said'),
  );
  expect(told(cleared)).toEqual([]);
  host.say('two');
  expect(told(await bo.untilSaid(joined, 'two'))).toEqual(['two']);
});
