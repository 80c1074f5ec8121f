/** A copy of a log, what is redacted in it and what is doubted, also while the disk is full. */
import { expect, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { edit } from '../../main/events/edit.ts';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { Copy } from '../../main/replica/copy.ts';
import { LateStore } from '../../main/replica/late-store.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import type { CheckedEntry, Entry } from '../../main/timeline/entry.ts';
import { BEGINNING } from '../../main/timeline/chain.ts';
import { GrowingLog, LAB, TALK } from '../rooms/lab.ts';

const FULL = new LanyardError({ code: 'storage-full' });

const doubted = (entry: Entry): CheckedEntry => ({ ...entry, doubt: 'signature' });

/** A log on a disk that may be full. */
class Disk extends MemoryLog {
  isFull = false;

  constructor() {
    super(sha256);
  }

  override append(...what: Parameters<MemoryLog['append']>): void {
    this.#write();
    super.append(...what);
  }

  override truncate(last: number): void {
    this.#write();
    super.truncate(last);
  }

  override reset(...what: Parameters<MemoryLog['reset']>): void {
    this.#write();
    super.reset(...what);
  }

  #write(): void {
    if (this.isFull) throw FULL;
  }
}

function copyOnDisk() {
  const disk = new Disk();
  return { disk, copy: new Copy(disk, sha256), log: new GrowingLog(TALK) };
}

function all(copy: Pick<Copy, 'after'>): readonly Entry[] {
  return copy.after(0, 99);
}

/** What is said in each message, empty where that is gone. */
function texts(copy: Pick<Copy, 'after'>): readonly string[] {
  return copy
    .after(0, 99)
    .flatMap((entry) => (entry.kind === message.name ? (bodyOf(message, entry)?.text ?? '') : []));
}

test('M4: what is redacted is gone from the copy, with what was done to it', () => {
  const { copy, disk, log } = copyOnDisk();
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  const edited = log.relate('edit', one, { text: 'edited 1' });
  copy.append([one, two]);
  copy.append([edited]);
  expect(bodyOf(edit, copy.find(edited.id) ?? one)?.text).toBe('edited 1');
  copy.append([log.redact(one)]);
  expect(texts(copy)).toEqual(['', 'line 2']);
  expect(JSON.stringify(disk.after(0, 99))).not.toMatch(/line 1|edited 1/);
});

test('M4: also when both come at once, and when what is redacted is not there', () => {
  const { copy, log } = copyOnDisk();
  const elsewhere = new GrowingLog(TALK).say('elsewhere');
  const said = log.say('line 1');
  copy.append([said, log.redact(said), log.redact(elsewhere)]);
  expect(texts(copy)).toEqual(['']);
});

test('M4: what was redacted before it came, in an older page, is gone too', () => {
  const { copy, disk, log } = copyOnDisk();
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  const after = log.end;
  disk.reset(after);
  copy.append([log.redact(one)]);
  copy.prepend(BEGINNING, [one, two]);
  expect(texts(copy)).toEqual(['', 'line 2']);
  expect(copy.start).toEqual(BEGINNING);
});

test('M4: in an older page a redaction takes away what a hub left standing', () => {
  const { copy, disk, log } = copyOnDisk();
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  const page = [one, two, log.redact(one), doubted(log.redact(two))];
  disk.reset(log.end);
  copy.prepend(BEGINNING, page);
  expect(texts(copy)).toEqual(['', 'line 2']);
});

test('E1: a redaction that is doubted takes nothing away, whenever it comes', () => {
  const { copy, log } = copyOnDisk();
  const one = log.say('line 1');
  copy.append([one]);
  const forged = log.redact(one);
  copy.append([doubted(forged)]);
  expect(texts(copy)).toEqual(['line 1']);

  const two = log.say('line 2');
  const again = log.redact(two);
  copy.append([two, doubted(again)]);
  expect(texts(copy)).toEqual(['line 1', 'line 2']);
});

test('E1: nor from an older page that comes after it', () => {
  const { copy, disk, log } = copyOnDisk();
  const one = log.say('line 1');
  disk.reset(log.end);
  const forged = log.redact(one);
  copy.append([doubted(forged)]);
  copy.prepend(BEGINNING, [one]);
  expect(texts(copy)).toEqual(['line 1']);
});

test('E1: what is doubted is no relation of anything', () => {
  const { copy, disk, log } = copyOnDisk();
  const one = log.say('line 1');
  const forged = log.relate('edit', one, { text: 'put into her mouth' });
  const liked = log.relate('reaction', one, { emoji: '👍' });
  copy.append([one, doubted(forged), liked]);
  expect(copy.relations([one.id])).toEqual([liked]);
  disk.isFull = true;
  const again = log.relate('edit', one, { text: 'and again' });
  expect(() => copy.append([doubted(again)])).toThrow('full');
  expect(copy.relations([one.id])).toEqual([liked]);
});

test('E1: what is doubted stays so, also when the disk takes it later', () => {
  const { copy, disk, log } = copyOnDisk();
  disk.isFull = true;
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  expect(() => copy.append([doubted(one)])).toThrow('full');
  expect(all(copy)).toMatchObject([{ seq: 1, doubt: 'signature' }]);
  disk.isFull = false;
  copy.append([two]);
  expect(all(copy)).toMatchObject([{ seq: 1, doubt: 'signature' }, { seq: 2 }]);
  expect(new Copy(disk, sha256).after(0, 1)[0]).toMatchObject({ doubt: 'signature' });
});

test('M4: what is redacted while the disk is full is not shown, and gone once there is space', () => {
  const { copy, disk, log } = copyOnDisk();
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  copy.append([one]);
  disk.isFull = true;
  expect(() => copy.append([two])).toThrow('full');
  expect(() => copy.append([log.redact(one), log.redact(two)])).toThrow('full');
  expect(texts(copy)).toEqual(['', '']);
  disk.isFull = false;
  copy.append([log.say('line 5')]);
  expect(texts(disk)).toEqual(['', '', 'line 5']);
});

test('a copy that begins anew while the disk is full has nothing of before', () => {
  const { copy, disk, log } = copyOnDisk();
  const one = log.say('line 1');
  copy.append([one]);
  disk.isFull = true;
  const after = { epoch: 'other', seq: 7, link: 'link' };
  expect(() => copy.reset(after)).toThrow('full');
  expect([copy.start, copy.end, all(copy), copy.find(one.id)]).toEqual([after, after, [], null]);
  const next = new GrowingLog(TALK, after).say('line 8');
  disk.isFull = false;
  copy.append([next]);
  expect([disk.start, disk.after(0, 9)]).toEqual([after, [next]]);
});

test('W5: what is cut off while the disk is full is gone, and stays so once there is space', () => {
  const { copy, disk, log } = copyOnDisk();
  copy.append([log.say('line 1')]);
  const { end } = log;
  const two = log.say('line 2');
  copy.append([two]);
  disk.isFull = true;
  expect(() => copy.append([log.say('line 3')])).toThrow('full');
  expect(() => copy.truncate(1)).toThrow('full');
  expect([texts(copy), copy.end, copy.find(two.id)]).toEqual([['line 1'], end, null]);
  const other = new GrowingLog(TALK, end);
  expect(() => copy.append([other.say('another 2')])).toThrow('full');
  expect(copy.before(9, 9)).toEqual(all(copy));
  disk.isFull = false;
  copy.append([other.say('another 3')]);
  expect(texts(disk)).toEqual(['line 1', 'another 2', 'another 3']);
});

test('L9: what is forgotten while the disk is full is gone, and stays so once there is space', () => {
  const { copy, disk, log } = copyOnDisk();
  const [one, two] = [log.say('line 1'), log.say('line 2')];
  copy.append([one, two]);
  const three = log.say('line 3');
  disk.isFull = true;
  expect(() => copy.append([three])).toThrow('full');
  expect(() => copy.forgetTo(2)).toThrow('full');
  expect([texts(copy), copy.find(one.id), copy.start.seq]).toEqual([['line 3'], null, 2]);
  expect(copy.before(3, 9)).toEqual([]);
  disk.isFull = false;
  copy.append([log.say('line 4')]);
  expect(texts(disk)).toEqual(['line 3', 'line 4']);
});

test('S2: a room joined while the disk is full is kept as soon as there is space, whole', () => {
  const storage = createMemoryStorage();
  const disk = { isFull: true };
  const store = new LateStore(null, () => {
    if (disk.isFull) throw FULL;
    return storage.add(joinedRecord(LAB));
  });
  const log = new GrowingLog(TALK);
  const [one, two, three] = [log.say('line 1'), log.say('line 2'), log.say('line 3')];
  const copy = new Copy(store.copy(TALK), sha256);
  expect(copy.end).toEqual(BEGINNING);
  expect(() => copy.reset(BEGINNING)).toThrow('full');
  expect(() => copy.append([one, doubted(two)])).toThrow('full');
  expect(() => copy.append([doubted(three)])).toThrow('full');
  expect(() => store.saveOutbox([])).toThrow('full');
  expect([texts(copy), store.outbox()]).toEqual([['line 1', 'line 2', 'line 3'], []]);

  disk.isFull = false;
  copy.append([log.say('line 4')]);
  const kept = storage.room(LAB.id)?.copy(TALK);
  expect(kept?.after(0, 10).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  const doubts = kept?.after(0, 10).flatMap(({ id, doubt }) => (doubt === undefined ? [] : id));
  expect(doubts).toEqual([two.id, three.id]);
});
