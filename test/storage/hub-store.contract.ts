/** What every store of a hub does, whatever it keeps things in. */
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import { describe, expect, test } from 'vitest';
import { OPEN_RULES } from '../../main/hub/rules.ts';
import type { KnownMember, Rules } from '../../main/hub/rules.ts';
import type { HubStore } from '../../main/storage/hub-store.ts';
import type { Storage } from '../../main/storage/storage.ts';
import { actOf, entriesOf, entryOf, seqsOf } from './entries.ts';
import { roomRecord } from './records.ts';

export const NOTHING: HubChanges = { entries: [], struck: [], known: [], rules: null };

export const CLOSED: Rules = {
  access: 'invite',
  locked: true,
  slowSeconds: 30,
  invites: [
    {
      id: 'invite-1',
      hash: 'aGFzaA',
      createdAt: 1_000.5,
      expiresAt: 2_000,
      uses: 1,
      maxUses: 3,
      revoked: false,
    },
    {
      id: 'invite-2',
      hash: 'aGFzaB',
      createdAt: 1_001,
      expiresAt: null,
      uses: 0,
      maxUses: null,
      revoked: true,
    },
  ],
};

/** Somebody who came in once and may come again. */
export function knownMember(id: string, change: Partial<KnownMember> = {}): KnownMember {
  const free = { moderator: false, muted: false, ban: null };
  return { id, name: `Name of ${id}`, admitted: true, ...free, ...change };
}

export function hubStoreContract(open: () => Storage): void {
  const openHub = () => open().add(roomRecord('room-1', true), 'epoch-1', 0).hub;

  describe('a hub', () => {
    test('begins open, with nobody known', () => {
      const hub = openHub();
      expect(hub.rules()).toEqual(OPEN_RULES);
      expect(hub.known()).toEqual([]);
      expect(hub.passphrase()).toBeNull();
    });

    test('has the log of its room', () => {
      const room = open().add(roomRecord('room-1', true), 'epoch-1', 0);
      room.hub.commit({ ...NOTHING, entries: entriesOf(1, 3) });
      expect(room.hub.log).toBe(room.entries);
      expect([room.entries.epoch, room.entries.first, room.entries.last]).toEqual([
        'epoch-1',
        1,
        3,
      ]);
      expect(room.entries.after(0, 10)).toEqual(entriesOf(1, 3));
    });

    test('keeps all that changed in one turn', () => {
      const hub = openHub();
      hub.commit({ ...NOTHING, entries: entriesOf(1, 2) });
      const banned = knownMember('bo', { admitted: false, ban: { by: 'Ann', at: 3_000.5 } });
      hub.commit({
        entries: [actOf(3, 'strike', 'id-1', 'Bo'), entryOf(4)],
        struck: ['id-1', 'id-4'],
        known: [banned, knownMember('cy', { moderator: true })],
        rules: CLOSED,
      });
      expect(seqsOf(hub.log.after(0, 10))).toEqual([1, 2, 3, 4]);
      expect(seqsOf(hub.log.search('entry', Infinity, 10))).toEqual([2]);
      expect(known(hub)).toEqual([banned, knownMember('cy', { moderator: true })]);
      expect(hub.rules()).toEqual(CLOSED);
    });

    test('what did not change stays as it was', () => {
      const hub = openHub();
      const members = ['a', 'b', 'c'].map((id) => knownMember(id));
      hub.commit({ ...NOTHING, known: members, rules: CLOSED });
      hub.commit({ ...NOTHING, entries: [entryOf(1)] });
      const changed = knownMember('b', { name: 'Zoë \u0000"\'', muted: true, moderator: true });
      hub.commit({ ...NOTHING, known: [changed, { ...changed, muted: false }] });
      expect(hub.rules()).toEqual(CLOSED);
      expect(known(hub)).toEqual([members[0], { ...changed, muted: false }, members[2]]);
      hub.commit({ ...NOTHING, rules: OPEN_RULES });
      expect(hub.rules()).toEqual(OPEN_RULES);
      expect(known(hub)).toHaveLength(3);
      hub.commit(NOTHING);
      expect(seqsOf(hub.log.after(0, 10))).toEqual([1]);
    });

    test('K3: has one passphrase, the last', () => {
      const hub = openHub();
      hub.setPassphrase({ setup: 'setup-1', record: 'record-1' });
      hub.commit({ ...NOTHING, rules: CLOSED });
      hub.setPassphrase({ setup: 'setup-2', record: 'record-2' });
      expect(hub.passphrase()).toEqual({ setup: 'setup-2', record: 'record-2' });
      hub.setPassphrase(null);
      expect(hub.passphrase()).toBeNull();
      expect(hub.rules()).toEqual(CLOSED);
    });

    test('L6: knows the same people by the same rules when the history was cleared', () => {
      const hub = openHub();
      const [ann, passphrase] = [knownMember('ann'), { setup: 's', record: 'r' }];
      hub.commit({ entries: entriesOf(1, 3), struck: [], known: [ann], rules: CLOSED });
      hub.setPassphrase(passphrase);
      hub.log.doubt(2, 'signature');
      hub.log.reset('epoch-2', 0);
      expect(hub.log.after(0, 10)).toEqual([]);
      expect([hub.rules(), hub.known(), hub.passphrase()]).toEqual([CLOSED, [ann], passphrase]);
      hub.commit({ ...NOTHING, entries: [entryOf(1)] });
      expect(seqsOf(hub.log.after(0, 10))).toEqual([1]);
    });

    test('of one room knows nothing of another, and nothing once it was forgotten', () => {
      const storage = open();
      const one = storage.add(roomRecord('room-1', true), 'epoch-1', 0).hub;
      const two = storage.add(roomRecord('room-2', true), 'epoch-1', 0).hub;
      for (const hub of [one, two]) {
        hub.commit({
          entries: entriesOf(1, 2),
          struck: [],
          known: [knownMember('bo')],
          rules: CLOSED,
        });
        hub.setPassphrase({ setup: 's', record: 'r' });
      }
      two.commit({ ...NOTHING, struck: ['id-1'], known: [knownMember('bo', { muted: true })] });
      expect(one.log.after(0, 10)).toEqual(entriesOf(1, 2));
      expect(one.known()).toEqual([knownMember('bo')]);
      storage.forget('room-1');
      const again = storage.add(roomRecord('room-1', true), 'epoch-2', 0).hub;
      expect([again.rules(), again.known(), again.passphrase()]).toEqual([OPEN_RULES, [], null]);
      expect([two.rules(), two.known().length]).toEqual([CLOSED, 1]);
    });
  });
}

function known(hub: HubStore): readonly KnownMember[] {
  return hub.known().toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
