import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryLog } from '../../main/storage/memory-log.ts';

function logOf(count: number): MemoryLog {
  const log = new MemoryLog('epoch-1');
  for (let n = 1; n <= count; n += 1) {
    log.append({ kind: 'said', at: n, id: `m${n}`, from: 'ann', name: 'Ann', text: `${n}` });
  }
  return log;
}

test('L1: entries are numbered from 1 without gaps, and found by their id', () => {
  const log = logOf(3);
  expect(log.after(0, 9).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(log.last).toBe(3);
  expect(log.find('m2')?.seq).toBe(2);
  expect(log.find('m9')).toBeNull();
});

test('L3: any range of any log is a run of neighbours on the right side', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(40), fc.integer({ min: 1, max: 20 }), (count, seq, limit) => {
      const log = logOf(count);
      const seqs = Array.from({ length: count }, (_, index) => index + 1);
      const after = log.after(seq, limit).map((entry) => entry.seq);
      expect(after).toEqual(seqs.filter((n) => n > seq).slice(0, limit));
      const before = log.before(seq, limit).map((entry) => entry.seq);
      expect(before).toEqual(seqs.filter((n) => n < seq).slice(-limit));
    }),
  );
});
