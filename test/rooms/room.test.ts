/** One room as a window sees it, over a hub that says what a test has it say. */
import { expect, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import type { CheckedEntry } from '../../main/model/entry.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import type { BridgeEvent } from '../../preload/contract.ts';
import { uncaughtDuring } from '../support/uncaught.ts';
import { GrowingLog, LAB, TALK } from './lab.ts';
import { BO, toldRoom } from './told-room.ts';

/** Bo is in the lab, where this was said before he came. */
function inTheLab(...before: readonly string[]) {
  const told = toldRoom();
  const log = new GrowingLog(TALK);
  const entries = before.map((text) => log.say(text));
  void told.room.join();
  told.hub.opens();
  told.hub.welcomes(BO.id, log, entries);
  told.takeIn();
  return { ...told, log };
}

function textOf(entry: CheckedEntry | undefined): string {
  return entry?.kind === 'said' ? entry.text : '';
}

test('a window that cannot take in what it is told does not stop the room', async () => {
  const failure = new Error('nobody expected this');
  const statuses: string[] = [];
  const storage = createMemoryStorage();
  storage.add({ ...joinedRecord(LAB), you: BO.id });
  const { room, hub } = toldRoom({
    storage,
    emit: (event: BridgeEvent) => {
      if (event.type !== 'room-status') return;
      statuses.push(event.status.state);
      throw failure;
    },
  });
  const uncaught = await uncaughtDuring(() => {
    void room.join().catch(() => undefined);
    hub.loses();
    room.retryNow();
    room.leave();
  });
  expect(statuses).toEqual(['connecting', 'waiting', 'connecting', 'ended']);
  expect(hub.connections).toBe(2);
  expect(uncaught).toEqual([failure, failure, failure, failure]);
});

test('what came just now is found and exported, though windows are yet to be told', () => {
  const { room, hub, events, log } = inTheLab('line 1');
  hub.adds(log.say('line 2'));
  hub.adds(log.say('line 3'));
  const found = room.search('line', Infinity, 10);
  expect(found.map(textOf)).toEqual(['line 3', 'line 2', 'line 1']);
  expect(events.at(-1)).toMatchObject({ type: 'room-unread' });
  hub.adds(log.say('line 4'));
  expect(room.exportAs('text').content).toContain('line 4');
});

test('how far was read is kept when it is told, and one’s own words are read', () => {
  const { room, hub, log, storage, takeIn } = inTheLab();
  const read = () => {
    const kept = storage.room(LAB.id);
    return kept?.copy(TALK).find(kept.record.read)?.seq;
  };
  hub.adds(log.say('1'), log.say('2'), log.say('3'));
  takeIn();
  room.markRead(1);
  expect(read()).toBe(1);
  room.markRead(99);
  expect(read()).toBe(3);
  hub.adds(log.say('4'), log.say('5', { by: 'Bo' }));
  takeIn();
  expect(read()).toBe(5);
});

test('E5: what came and was not read counts again in the next start', () => {
  const { room, hub, log, storage, takeIn } = inTheLab();
  const [one, gone] = [log.say('1'), log.say('bo, 2')];
  hub.adds(one, gone, log.say('bo, 3'), log.say('4'), log.redact(gone));
  takeIn();
  room.markRead(1);
  room.suspend();
  const { room: again } = toldRoom({ storage });
  expect(again.view().unread).toEqual({ count: 2, mentions: 1 });
  expect(again.view().unread).toEqual(room.view().unread);
});

test('E5: what is removed before this device takes it in was never unread, nor told as said', () => {
  const { room, hub, heard, log, takeIn } = inTheLab();
  const gone = log.say('bo, look');
  hub.adds(gone, log.redact(gone), log.say('fine'));
  takeIn();
  expect(room.view().unread).toEqual({ count: 1, mentions: 0 });
  expect(heard.map(({ text }) => text)).toEqual(['fine']);
});

test('E5: edits, reactions and pins are nothing unread', () => {
  const { room, hub, heard, log, takeIn } = inTheLab();
  const one = log.say('one');
  hub.adds(one);
  takeIn();
  hub.adds(
    log.relate('edit', one, { text: 'bo, one' }),
    log.relate('reaction', one, { emoji: '👍' }),
    log.relate('pin', one, { pinned: true }),
  );
  takeIn();
  expect(room.view().unread).toEqual({ count: 1, mentions: 0 });
  expect(heard).toHaveLength(1);
});

test('E5: what is doubted counts, for somebody has to look at it, and is told to nobody as said', () => {
  const { room, hub, heard, log, takeIn } = inTheLab();
  hub.adds({ ...log.say('bo, look'), signature: 'forged' });
  takeIn();
  expect(room.view().entries).toMatchObject([{ doubt: 'signature' }]);
  expect(room.search('look', Infinity, 9)).toMatchObject([{ doubt: 'signature' }]);
  expect(room.view().unread.count).toBe(1);
  expect(heard).toEqual([]);
});

test('what was said before one came in counts as read', () => {
  const { room, hub, heard, log, storage, takeIn } = inTheLab('one', 'two');
  expect(room.view().entries.map(textOf)).toEqual(['one', 'two']);
  expect(room.view().unread).toEqual({ count: 0, mentions: 0 });
  expect(storage.room(LAB.id)?.record.read).toBe(room.view().entries.at(-1)?.id);
  expect(heard).toEqual([]);
  hub.adds(log.say('three'));
  takeIn();
  expect(room.view().unread.count).toBe(1);
});

test('S2: a room joined while the disk is full is shown, and kept once there is space', () => {
  const memory = createMemoryStorage();
  const disk = { isFull: true };
  const storage: typeof memory = {
    ...memory,
    add(record) {
      if (disk.isFull) throw new LanyardError({ code: 'storage-full' });
      return memory.add(record);
    },
  };
  const problems: LanyardError[] = [];
  const { room, hub, takeIn } = toldRoom({
    storage,
    onProblem: (problem) => problems.push(problem),
  });
  const log = new GrowingLog(TALK);
  void room.join();
  hub.opens();
  hub.welcomes(BO.id, log);
  hub.adds(log.say('one'));
  takeIn();
  expect(room.view().entries.map(textOf)).toEqual(['one']);
  expect(problems.map(({ code }) => code)).toContain('storage-full');
  expect(() => room.say('lost?')).toThrow('full');
  disk.isFull = false;
  room.say('not lost');
  hub.adds(log.say('two'));
  takeIn();
  const kept = storage.room(LAB.id);
  expect(kept?.copy(TALK).after(0, 9)).toHaveLength(2);
  expect(kept?.outbox()).toHaveLength(1);
  expect(kept?.record).toMatchObject({ you: BO.id, active: true });
});
