import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HubStore } from '../../main/storage/hub-store.ts';
import { openStorage } from '../../main/storage/open-storage.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { actOf, entriesOf, entryOf, seqsOf } from './entries.ts';
import { testFolder } from './folder.ts';
import { CLOSED, knownMember, NOTHING } from './hub-store.contract.ts';
import { roomRecord } from './records.ts';
import { storageContract } from './storage.contract.ts';

describe('a storage in a folder', () => {
  storageContract(() => {
    const storage = openSqliteStorage(testFolder());
    onTestFinished(() => storage.close());
    return storage;
  });

  test('has everything after a restart', () => {
    const folder = testFolder();
    const before = openSqliteStorage(folder);
    for (const id of ['room-1', 'room-2']) {
      const room = before.add(roomRecord(id, id === 'room-1'), `epoch of ${id}`, 0);
      room.entries.append(entriesOf(1, 3));
      room.change({ read: 2, port: 47_101, you: 'ann' });
      room.saveOutbox([
        { id: `${id}-b`, text: 'second', at: 2, refused: null },
        { id: `${id}-a`, text: 'first', at: 1, refused: { code: 'not-kept' } },
      ]);
    }
    const kept = before.rooms().map((room) => [room.record, room.outbox(), room.entries.epoch]);
    before.close();
    const after = openSqliteStorage(folder);
    expect(after.rooms().map((room) => [room.record, room.outbox(), room.entries.epoch])).toEqual(
      kept,
    );
    expect(after.rooms().map(({ entries }) => seqsOf(entries.after(0, 9)))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    after.close();
  });

  test('has how far was read although it was never closed, and takes no harm from reading on', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const room = storage.add(roomRecord('room-1'), 'epoch-1', 0);
    room.changeRead(7);
    const reader = readSqliteStorage(folder);
    expect(reader.room('room-1')?.record.read).toBe(7);
    reader.close();
    storage.close();
    expect(() => room.changeRead(8)).not.toThrow();
  });

  test('S2: has the outbox as it was, whatever was done to it', () => {
    const message = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      at: fc.integer(),
      text: fc.constant('text'),
      refused: fc.constantFrom(
        null,
        { code: 'not-kept' } as const,
        { code: 'unknown-refusal', details: { sentence: 'Full.' } } as const,
      ),
    });
    const outbox = fc.uniqueArray(message, { selector: ({ id }) => id });
    const folder = testFolder();
    openSqliteStorage(folder).close();
    let rooms = 0;
    fc.assert(
      fc.property(fc.array(outbox, { minLength: 2, maxLength: 4 }), (outboxes) => {
        rooms += 1;
        const before = openSqliteStorage(folder);
        const room = before.add(roomRecord(`room-${rooms}`), 'epoch-1', 0);
        const typedAt = new Map<string, number>();
        for (const messages of outboxes) {
          // What was typed when does not change, only what became of it.
          const saved = messages.map((each) => {
            const at = typedAt.get(each.id) ?? each.at;
            typedAt.set(each.id, at);
            return { ...each, at };
          });
          room.saveOutbox(saved);
        }
        const saved = room.outbox();
        before.close();
        const after = openSqliteStorage(folder);
        expect(after.room(`room-${rooms}`)?.outbox()).toEqual(saved);
        after.forget(`room-${rooms}`);
        after.close();
      }),
      { numRuns: 30 },
    );
  });

  test('M4: leaves no trace of what was struck or forgotten in its file', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const { entries, hub } = storage.add(roomRecord('room-1'), 'epoch-1', 0);
    const long = `the ${'insult, '.repeat(3_000)} again and again`;
    const texts = ['the secret recipe', 'no secret', 'the rumour', 'Mind the calumny, Bo', long];
    entries.append(texts.map((text, index) => entryOf(index + 1, text)));
    entries.forgetBefore(2);
    entries.strike('id-3');
    hub.commit({ ...NOTHING, struck: ['id-4', 'id-5'] });
    storage.close();
    const file = readFileSync(join(folder, 'lanyard.db'), 'latin1');
    expect(file).toContain('no secret');
    for (const word of ['recipe', 'rumour', 'calumny', 'insult', 'signature of 4']) {
      expect(file).not.toContain(word);
    }
  });

  test('has what a hub kept after a restart', () => {
    const folder = testFolder();
    const before = openSqliteStorage(folder);
    const { hub } = before.add(roomRecord('room-1', true), 'epoch-1', 0);
    const acts = [actOf(4, 'strike', 'id-2', 'Bo'), actOf(5, 'ban', 'bo', 'Bo')];
    const known = [knownMember('ann'), knownMember('bo', { ban: { by: 'Ann', at: 1.5 } })];
    const struck = ['id-2'];
    hub.commit({ entries: [...entriesOf(1, 3), ...acts], struck, known, rules: CLOSED });
    hub.setPassphrase({ setup: 'setup', record: 'record' });
    hub.log.doubt(3, 'signature');
    const kept = allOf(hub);
    before.close();
    const after = openSqliteStorage(folder);
    expect(allOf(after.room('room-1')?.hub ?? expect.unreachable())).toEqual(kept);
    after.close();
  });

  test('S7: keeps what a hub changed whole or not at all', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const { hub } = storage.add(roomRecord('room-1', true), 'epoch-1', 0);
    hub.commit({ ...NOTHING, entries: entriesOf(1, 2), known: [knownMember('ann')] });
    const kept = allOf(hub);
    const turn = {
      entries: [entryOf(3), actOf(4, 'strike', 'id-1')],
      struck: ['id-1'],
      known: [knownMember('ann', { muted: true }), knownMember('bo')],
      rules: CLOSED,
    };
    // What is written last fails: everything else was written by then.
    const other = new DatabaseSync(join(folder, 'lanyard.db'));
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON hubs BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(() => hub.commit(turn)).toThrow(
      expect.objectContaining({ code: 'storage-failed', cause: expect.any(Error) }),
    );
    expect(allOf(hub)).toEqual(kept);
    expect(seqsOf(hub.log.search('entry', Infinity, 9))).toEqual([2, 1]);
    other.exec('DROP TRIGGER full');
    other.close();
    hub.commit(turn);
    expect([hub.log.last, hub.known().length, hub.rules()]).toEqual([4, 2, CLOSED]);
    storage.close();
  });
});

function allOf(hub: HubStore): unknown {
  const { epoch, first, last } = hub.log;
  const log = [epoch, first, last, hub.log.after(0, 99), hub.log.doubts(0, 99)];
  return [log, hub.rules(), hub.known(), hub.passphrase()];
}

describe('two Lanyards on one folder', () => {
  test('the second is told, and changes nothing', () => {
    const folder = testFolder();
    const first = openSqliteStorage(folder);
    const { entries } = first.add(roomRecord('room-1'), 'epoch-1', 0);
    const inUse = expect.objectContaining({ code: 'data-dir-in-use' });
    expect(() => openSqliteStorage(folder)).toThrow(inUse);
    expect(() => openStorage(folder, false)).toThrow(inUse);
    entries.append(entriesOf(1, 3));
    first.close();
    const second = openSqliteStorage(folder);
    expect(second.room('room-1')?.entries.last).toBe(3);
    second.close();
  });

  test('the second may do without keeping anything', () => {
    const folder = testFolder();
    const first = openSqliteStorage(folder);
    first.add(roomRecord('room-1'), 'epoch-1', 0);
    const second = openStorage(folder, true);
    expect(second.problems).toMatchObject([{ code: 'data-dir-in-use' }]);
    second.add(roomRecord('room-2'), 'epoch-1', 0);
    second.close();
    expect(first.rooms()).toHaveLength(1);
    first.close();
    const third = openStorage(folder, true);
    expect(third.problems).toEqual([]);
    expect(third.rooms()).toHaveLength(1);
    third.close();
  });

  test('reading needs no lock, and sees what is written meanwhile', () => {
    const folder = testFolder();
    const writer = openSqliteStorage(folder);
    const { entries } = writer.add(roomRecord('room-1'), 'epoch-1', 0);
    entries.append(entriesOf(1, 2));
    const reader = readSqliteStorage(folder);
    entries.append(entriesOf(3, 4));
    expect(seqsOf(reader.room('room-1')?.entries.after(0, 9) ?? [])).toEqual([1, 2, 3, 4]);
    reader.close();
    writer.close();
  });
});

describe('a folder that', () => {
  test('cannot be made: nothing is kept, and that is said', () => {
    const file = join(testFolder(), 'a file');
    writeFileSync(file, '');
    const storage = openStorage(join(file, 'folder'), false);
    expect(storage.problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
    storage.add(roomRecord('room-1'), 'epoch-1', 0).entries.append(entriesOf(1, 3));
    expect(storage.room('room-1')?.entries.last).toBe(3);
    storage.close();
  });

  const isRoot = process.getuid?.() === 0;
  const note = isRoot ? ' (skipped: root may write anywhere)' : '';
  test.skipIf(isRoot)(`cannot be written: nothing is kept, and that is said${note}`, () => {
    const folder = testFolder();
    chmodSync(folder, 0o500);
    const storage = openStorage(folder, false);
    expect(storage.problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
    storage.close();
  });

  test('was never used has nothing to read', () => {
    const nothing = expect.objectContaining({ code: 'nothing-kept' });
    expect(() => readSqliteStorage(testFolder())).toThrow(nothing);
    expect(() => readSqliteStorage(join(testFolder(), 'none'))).toThrow(nothing);
    const folder = testFolder();
    mkdirSync(join(folder, 'lanyard.db'));
    expect(() => readSqliteStorage(folder)).toThrow(/^The messages in .+ cannot be read\. Check/);
  });
});
