import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EngineStore } from '../../main/hub/engine/engine-store.ts';
import { openHubStore } from '../../main/storage/open-hub-store.ts';
import { openStorage } from '../../main/storage/open-storage.ts';
import { openSqliteStorage, readSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import { endOf, entriesOf, entryOf, place, relationOf, seqsOf, TALK } from './entries.ts';
import { testFolder } from './folder.ts';
import { found, turn } from './log.contract.ts';
import { roomRecord } from './records.ts';
import { epoch, item, storageContract, use } from './storage.contract.ts';

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
      const room = before.add(roomRecord(id));
      const copy = room.copy(TALK);
      copy.reset(place(2, id));
      copy.append([entryOf(3), entryOf(4), entryOf(5, 'odd', { doubt: 'signature' })], ['id-4']);
      copy.append([relationOf(6, 'redaction', 'id-4'), entryOf(7)], []);
      copy.forgetTo(6);
      room.change({ read: 'id-2', port: 47_101, you: 'ann' });
      room.saveOutbox([{ ...item('b'), refused: { code: 'not-kept' } }, item('a')]);
    }
    const all = (storage: typeof before) =>
      storage.rooms().map((room) => {
        const copy = room.copy(TALK);
        const log = [copy.start, copy.end, copy.after(0, 9), copy.ancestry()];
        return [room.record, room.outbox(), log, copy.relationsTo(['id-4'])];
      });
    const kept = all(before);
    before.close();
    const after = openSqliteStorage(folder);
    expect(all(after)).toEqual(kept);
    expect(after.room('room-1')?.copy(TALK).start).toEqual(place(6));
    after.close();
  });

  test('has how far was read although it was never closed, and takes no harm from reading on', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const room = storage.add(roomRecord('room-1'));
    room.changeRead('id-7');
    const reader = readSqliteStorage(folder);
    expect(reader.room('room-1')?.record.read).toBe('id-7');
    reader.close();
    storage.close();
    expect(() => room.changeRead('id-8')).not.toThrow();
  });

  test('S5: has the outbox as it was, whatever was done to it', () => {
    const kept = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      refused: fc.constantFrom(
        null,
        { code: 'not-kept' } as const,
        { code: 'unknown-refusal', details: { sentence: 'Full.' } } as const,
      ),
    });
    const outbox = fc.uniqueArray(kept, { selector: ({ id }) => id });
    const folder = testFolder();
    openSqliteStorage(folder).close();
    let rooms = 0;
    fc.assert(
      fc.property(fc.array(outbox, { minLength: 2, maxLength: 4 }), (outboxes) => {
        rooms += 1;
        const before = openSqliteStorage(folder);
        const room = before.add(roomRecord(`room-${rooms}`));
        for (const items of outboxes) {
          room.saveOutbox(items.map(({ id, refused }) => ({ ...item(id), refused })));
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

  test('M4: leaves no trace of what was redacted, forgotten or dropped in its file', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const room = storage.add(roomRecord('room-1'));
    const long = `the ${'insult, '.repeat(3_000)} again and again`;
    const texts = ['the secret recipe', 'no secret', 'the rumour', 'Mind the calumny, Bo', long];
    const copy = room.copy(TALK);
    copy.append(
      [...texts, 'the gossip'].map((text, index) => entryOf(index + 1, text)),
      [],
    );
    copy.forgetTo(1);
    copy.truncate(5);
    copy.append([relationOf(6, 'redaction', 'id-3')], ['id-3']);
    room.hub.commit(
      turn({ entries: [relationOf(7, 'redaction', 'id-4')], redacted: ['id-4', 'id-5'] }),
    );
    storage.close();
    const file = readFileSync(join(folder, 'lanyard.db'), 'latin1');
    expect(file).toContain('no secret');
    for (const word of ['recipe', 'rumour', 'calumny', 'insult', 'gossip', 'salt of 4']) {
      expect(file).not.toContain(word);
    }
  });

  test('has what a hub kept after a restart', () => {
    const folder = testFolder();
    const before = openSqliteStorage(folder);
    const { hub } = before.add(roomRecord('room-1', true));
    for (const number of [1, 2]) hub.addEpoch(epoch(number));
    const known = [BO, { ...BO, id: 'cy', admitted: true }];
    hub.commit(turn({ entries: entriesOf(1, 4), known, inviteUses: [use(3)] }));
    hub.log(TALK).forgetOlder(2_500);
    const kept = allOf(hub);
    before.close();
    const after = openSqliteStorage(folder);
    expect(allOf(after.room('room-1')?.hub ?? expect.unreachable())).toEqual(kept);
    after.close();
  });

  test('S7: keeps what a hub changed whole or not at all', () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    const room = storage.add(roomRecord('room-1', true));
    const { hub } = room;
    // What is written last fails: everything else was written by then.
    const meddler = new DatabaseSync(join(folder, 'lanyard.db'));
    const full = `BEFORE INSERT ON invite_uses BEGIN SELECT RAISE(ABORT, 'full'); END`;
    meddler.exec(`CREATE TRIGGER full ${full}`);
    const first = turn({ entries: entriesOf(1, 2), inviteUses: [use(1)] });
    const failed = expect.objectContaining({ code: 'storage-failed', cause: expect.any(Error) });
    expect(() => hub.commit(first)).toThrow(failed);
    expect([hub.log(TALK).last.seq, found(room, 'entry')]).toEqual([0, []]);
    // What has the place that failed to be taken is apart from it.
    const other = { ...entryOf(1), conversation: 'other' };
    hub.commit(turn({ entries: [other] }));
    hub.commit({ ...first, inviteUses: [] });
    expect(hub.log('other').after(0, 9)).toEqual([other]);
    const kept = allOf(hub);
    const next = turn({
      entries: [entryOf(3, 'entry 3', { epoch: 'epoch-2' }), relationOf(4, 'redaction', 'id-1')],
      redacted: ['id-1'],
      known: [BO],
      inviteUses: [use(1)],
    });
    expect(() => hub.commit(next)).toThrow(failed);
    expect(allOf(hub)).toEqual(kept);
    expect(found(room, 'entry')).toEqual(['2: entry 2', '1: entry 1']);
    meddler.exec('DROP TRIGGER full');
    meddler.close();
    hub.commit(next);
    expect([hub.log(TALK).last, hub.known().length]).toEqual([place(4), 1]);
    expect(found(room, 'entry')).toEqual(['3: entry 3', '2: entry 2']);
    storage.close();
  });

  test('what a hub writes over a connection of its own, the host’s copy and readers see', async () => {
    const folder = testFolder();
    const storage = openSqliteStorage(folder);
    onTestFinished(() => storage.close());
    const room = storage.add(roomRecord('room-1', true));
    const copy = room.copy(TALK);
    const { store, close } = openHubStore(folder, 'room-1');
    onTestFinished(close);
    const reader = readSqliteStorage(folder);
    onTestFinished(() => reader.close());
    store.addEpoch(epoch(1));
    store.commit(turn({ entries: entriesOf(1, 4), known: [BO] }));
    await new Promise<void>((resolve) => store.flush(resolve));
    expect([copy.end.seq, copy.after(0, 9)]).toEqual([0, []]);
    copy.append(entriesOf(1, 3), []);
    expect([copy.end, seqsOf(copy.after(0, 9))]).toEqual([endOf(entryOf(3)), [1, 2, 3]]);
    store.log(TALK).forgetOlder(1_500);
    expect(copy.start).toEqual(endOf(entryOf(1)));
    copy.truncate(0);
    expect(copy.end).toEqual(endOf(entryOf(4)));
    expect([room.hub.epochs(), room.hub.known()]).toEqual([[epoch(1)], [BO]]);
    const seen = reader.room('room-1') ?? expect.unreachable();
    expect(seqsOf(seen.copy(TALK).after(0, 9))).toEqual([2, 3, 4]);
    expect(found(seen, 'entry')).toHaveLength(3);
  });

  // A plan that asks the index anew for every entry would take minutes.
  test('finds among 50,000 messages that all match', () => {
    const storage = openSqliteStorage(testFolder());
    onTestFinished(() => storage.close());
    const room = storage.add(roomRecord('room-1'));
    const texts = Array.from({ length: 50_000 }, (_, index) => `number ${index} 今天天气不错`);
    room.copy(TALK).append(
      texts.map((text, index) => entryOf(index + 1, text)),
      [],
    );
    expect(found(room, 'numb 4999')).toHaveLength(11);
    expect(found(room, '天气', Infinity, 2).map((it) => parseInt(it))).toEqual([50_000, 49_999]);
    expect(seqsOf(room.copy(TALK).before(25_001, 200))).toHaveLength(200);
    expect(room.copy(TALK).ancestry()).toEqual([{ epoch: 'epoch-1', seq: 50_000 }]);
  });
});

const BO = { id: 'bo', name: 'Bo', admitted: false };

function allOf(hub: EngineStore): unknown {
  const { floor, last } = hub.log(TALK);
  const log = [floor, last, hub.log(TALK).after(0, 99)];
  return [log, hub.epochs(), hub.known(), hub.inviteUses()];
}

describe('two Lanyards on one folder', () => {
  test('the second is told, and changes nothing', () => {
    const folder = testFolder();
    const first = openSqliteStorage(folder);
    const copy = first.add(roomRecord('room-1')).copy(TALK);
    const inUse = expect.objectContaining({ code: 'data-dir-in-use' });
    expect(() => openSqliteStorage(folder)).toThrow(inUse);
    expect(() => openStorage(folder, false)).toThrow(inUse);
    copy.append(entriesOf(1, 3), []);
    first.close();
    const second = openSqliteStorage(folder);
    expect(second.room('room-1')?.copy(TALK).end.seq).toBe(3);
    second.close();
  });

  test('the second may do without keeping anything', () => {
    const folder = testFolder();
    const first = openSqliteStorage(folder);
    first.add(roomRecord('room-1'));
    const second = openStorage(folder, true);
    expect(second.problems).toMatchObject([{ code: 'data-dir-in-use' }]);
    second.add(roomRecord('room-2'));
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
    const copy = writer.add(roomRecord('room-1')).copy(TALK);
    copy.append(entriesOf(1, 2), []);
    const reader = readSqliteStorage(folder);
    copy.append(entriesOf(3, 4), []);
    expect(seqsOf(reader.room('room-1')?.copy(TALK).after(0, 9) ?? [])).toEqual([1, 2, 3, 4]);
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
    storage.add(roomRecord('room-1')).copy(TALK).append(entriesOf(1, 3), []);
    expect(storage.room('room-1')?.copy(TALK).end.seq).toBe(3);
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
