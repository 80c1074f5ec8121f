/** What every log of a conversation does, whatever it keeps the entries in. */
import { BEGINNING } from '../../main/timeline/chain.ts';
import { describe, expect, test } from 'vitest';
import { redacted } from '../../main/events/event.ts';
import type { Body } from '../../main/events/event.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import type { CopyStore } from '../../main/replica/copy-store.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';
import { textNow } from '../../main/storage/text-now.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { endOf, entriesOf, entryOf, place, relationOf, seqsOf, TALK } from './entries.ts';
import { roomRecord } from './records.ts';

/** `open` gives an empty storage for the length of a test. */
export function logContract(open: () => Storage): void {
  const room = () => open().add(roomRecord('room-1'));
  const filled = (count: number): CopyStore => {
    const log = room().copy(TALK);
    log.append(entriesOf(1, count), []);
    return log;
  };

  describe('L1: a numbered log', () => {
    test('begins with nothing', () => {
      const log = room().copy(TALK);
      expect([log.start, log.end, log.ancestry()]).toEqual([BEGINNING, BEGINNING, []]);
      expect([log.after(0, 9), log.before(9, 9), log.relationsTo(['id-1'])]).toEqual([[], [], []]);
      expect(log.find('id-1')).toBeNull();
      log.forgetTo(9);
      log.truncate(9);
      expect([log.start, log.end]).toEqual([BEGINNING, BEGINNING]);
    });

    test('gives back what was appended, as it was', () => {
      const log = room().copy(TALK);
      const odd = entryOf(2, ' \'"\\\u0000\n<b>&amp;</b> 😀 \u202e ' + 'x'.repeat(4_000), {
        at: 1_700_000_000_000.5,
        name: "Bo'b; DROP TABLE entries",
        device: 'another',
        origin: { epoch: 'epoch-0', seq: 7 },
        policy: 'a policy link',
        epoch: 'epoch-2',
        references: [
          { as: 're', id: 'id-1' },
          { as: 'after', id: 'x y' },
        ],
      });
      const without = entryOf(3, '', { body: { state: 'withheld', digest: 'd' }, origin: null });
      const left = entryOf(4, '', { body: { state: 'redacted', digest: 'e' } });
      const all = [entryOf(1), odd, without, left];
      log.append(all, []);
      expect(log.after(0, 10)).toEqual(all);
      expect(log.find('id-2')).toEqual(odd);
      expect([log.start, log.end]).toEqual([BEGINNING, endOf(left)]);
    });

    test('may have holes', () => {
      const log = room().copy(TALK);
      log.append([entryOf(3), entryOf(9), entryOf(10)], []);
      expect(seqsOf(log.after(3, 1))).toEqual([9]);
      expect(seqsOf(log.before(9, 5))).toEqual([3]);
      log.forgetTo(5);
      expect(log.start).toEqual(endOf(entryOf(3)));
      log.truncate(9);
      expect([log.end, seqsOf(log.after(0, 9))]).toEqual([endOf(entryOf(9)), [9]]);
    });

    test('finds the first of several with one id', () => {
      const log = room().copy(TALK);
      log.append([same(5), same(6)], []);
      expect(log.find('same')).toEqual(same(5));
      log.prepend(place(3), [same(4)], []);
      expect(log.find('same')).toEqual(same(4));
      log.forgetTo(5);
      expect(log.find('same')).toEqual(same(6));
    });
  });

  test('L3: pages, forwards and backwards, oldest first', () => {
    const log = filled(10);
    expect(seqsOf(log.after(8, 3))).toEqual([9, 10]);
    expect(seqsOf(log.after(0, Number.MAX_SAFE_INTEGER))).toHaveLength(10);
    expect(seqsOf(log.after(99, 3))).toEqual([]);
    expect(seqsOf(log.before(11, 3))).toEqual([8, 9, 10]);
    expect(seqsOf(log.before(3, 5))).toEqual([1, 2]);
    expect(seqsOf(log.before(0, 5))).toEqual([]);
    expect(seqsOf(log.before(Infinity, 2))).toEqual([9, 10]);
  });

  describe('a copy', () => {
    test('begins after a place, and grows at both ends', () => {
      const log = room().copy(TALK);
      log.reset(place(10, 'epoch-0'));
      expect([log.start, log.end]).toEqual([place(10, 'epoch-0'), place(10, 'epoch-0')]);
      log.append(entriesOf(11, 12), []);
      expect([log.start, log.end]).toEqual([place(10, 'epoch-0'), endOf(entryOf(12))]);
      log.prepend(place(7), entriesOf(8, 10), []);
      expect([log.start, log.end]).toEqual([place(7), endOf(entryOf(12))]);
      expect(seqsOf(log.after(0, 9))).toEqual([8, 9, 10, 11, 12]);
      log.prepend(BEGINNING, [], []);
      expect([log.start, log.after(0, 9).length]).toEqual([BEGINNING, 5]);
    });

    test('begins anew with nothing of before', () => {
      const log = filled(3);
      log.append([relationOf(4, 'redaction', 'id-9', '', { doubt: 'signature' })], []);
      log.forgetTo(4);
      log.reset(place(20, 'epoch-2'));
      expect([log.start, log.end, log.after(0, 9)]).toEqual([
        place(20, 'epoch-2'),
        place(20, 'epoch-2'),
        [],
      ]);
      expect(log.relationsTo(['id-9'])).toEqual([]);
    });

    test('drops what is after a place', () => {
      const log = filled(5);
      log.truncate(3);
      expect([log.end, seqsOf(log.after(0, 9))]).toEqual([endOf(entryOf(3)), [1, 2, 3]]);
      log.append([entryOf(4, 'another')], []);
      expect(log.find('id-4')).toEqual(entryOf(4, 'another'));
      log.forgetTo(2);
      log.truncate(0);
      expect([log.start, log.end]).toEqual([endOf(entryOf(2)), endOf(entryOf(2))]);
    });

    test('knows the epochs it came through, the newest first', () => {
      const log = room().copy(TALK);
      log.reset(place(4, 'a'));
      expect(log.ancestry()).toEqual([{ epoch: 'a', seq: 4 }]);
      log.append([inEpoch(5, 'a'), inEpoch(6, 'c'), inEpoch(7, 'b'), inEpoch(8, 'b')], []);
      const [a, c, b] = ['a 5', 'c 6', 'b 8'].map((text) => {
        const [epoch = '', seq] = text.split(' ');
        return { epoch, seq: Number(seq) };
      });
      expect(log.ancestry()).toEqual([b, c, a]);
      log.forgetTo(5);
      expect(log.ancestry()).toEqual([b, c, a]);
      log.forgetTo(7);
      expect(log.ancestry()).toEqual([b]);
      log.truncate(7);
      expect(log.ancestry()).toEqual([{ epoch: 'b', seq: 7 }]);
    });
  });

  describe('relations', () => {
    test('are found by what they belong to, oldest first', () => {
      const log = filled(3);
      const one = relationOf(4, 'edit', 'id-1', 'new');
      const two = relationOf(5, 'reaction', 'id-2', '👍');
      const answer = entryOf(6, 'yes', { references: [{ as: 're', id: 'id-1' }] });
      const again = relationOf(7, 'reaction', 'id-1', '👍');
      log.append([one, two, answer, again], []);
      expect(log.relationsTo(['id-2', 'id-1', 'id-2', 'none'])).toEqual([one, two, again]);
      expect(log.relationsTo(['id-3'])).toEqual([]);
      expect(log.relationsTo([])).toEqual([]);
    });

    test('L9: forgotten are all but redactions, which are in no page', () => {
      const log = filled(3);
      const [redacting, reaction] = [
        relationOf(4, 'redaction', 'id-1'),
        relationOf(5, 'reaction', 'id-1', '👍'),
      ];
      log.append([redacting, reaction, entryOf(6), relationOf(7, 'redaction', 'id-2')], []);
      log.forgetTo(6);
      expect(log.start).toEqual(endOf(entryOf(6)));
      expect(seqsOf(log.after(0, 9))).toEqual([7]);
      expect(seqsOf(log.before(9, 9))).toEqual([7]);
      expect(log.find('id-4')).toBeNull();
      expect(seqsOf(log.relationsTo(['id-1', 'id-2']))).toEqual([4, 7]);
      expect(log.relationsTo(['id-1'])).toEqual([redacting]);
      log.forgetTo(99);
      expect([log.start, log.end]).toEqual([place(7), place(7)]);
      expect(seqsOf(log.relationsTo(['id-1', 'id-2']))).toEqual([4, 7]);
      log.forgetTo(3);
      expect(log.start).toEqual(place(7));
    });
  });

  describe('M4: redacting', () => {
    test('takes the body, and leaves the rest', () => {
      const log = filled(2);
      log.append([entryOf(3)], ['id-1', 'id-3', 'none']);
      expect(log.after(0, 9)).toEqual([gone(entryOf(1)), entryOf(2), gone(entryOf(3))]);
      log.append([], ['id-1']);
      expect(log.find('id-1')).toEqual(gone(entryOf(1)));
    });

    test('of what is withheld, or comes late, or is there twice', () => {
      const log = room().copy(TALK);
      const withheld = entryOf(5, '', { body: { state: 'withheld', digest: 'd' } });
      const twice = [entryOf(6), entryOf(7, 'entry 6', { ...entryOf(6), seq: 7 })];
      log.append([withheld, ...twice], ['id-5', 'id-6']);
      log.prepend(place(3), [entryOf(4)], ['id-4']);
      expect(log.after(0, 9)).toEqual([entryOf(4), withheld, ...twice].map(gone));
    });

    test('takes the body of what is in the conversations of a turn', () => {
      const kept = room();
      kept.hub.commit(turn({ entries: [...entriesOf(1, 2), other(1)] }));
      kept.hub.commit(turn({ entries: [relationOf(3, 'redaction', 'id-1')], redacted: ['id-1'] }));
      expect(kept.hub.log(TALK).find('id-1')?.body.state).toBe('redacted');
      expect(kept.hub.log('other').find('id-1')?.body.state).toBe('whole');
    });
  });

  describe('doubts', () => {
    test('stand with what they are about, and go with it', () => {
      const log = filled(5);
      const forged = entryOf(6, 'forged', { doubt: 'signature' });
      const again = entryOf(7, 'entry 2', { id: 'id-2', doubt: 'replayed' });
      log.append([forged, again], []);
      expect(log.after(5, 9)).toEqual([forged, again]);
      expect([log.find('id-6'), log.find('id-2')?.doubt]).toEqual([forged, undefined]);
      const edit = relationOf(8, 'edit', 'id-1', 'pears', { doubt: 'signature' });
      log.append([edit], []);
      expect(log.relationsTo(['id-1'])).toEqual([edit]);
      log.truncate(5);
      log.append([entryOf(6)], []);
      expect(log.find('id-6')?.doubt).toBeUndefined();
    });

    test('of the host’s own room are kept though the hub writes its log', () => {
      const kept = open().add(roomRecord('room-1', true));
      const copy = kept.copy(TALK);
      const forged = relationOf(2, 'edit', 'id-1', 'pears');
      kept.hub.commit(turn({ entries: [entryOf(1), forged] }));
      expect(found(kept, 'pears')).toHaveLength(1);
      copy.append([entryOf(1), { ...forged, doubt: 'signature' }], []);
      expect(copy.after(1, 9)).toEqual([{ ...forged, doubt: 'signature' }]);
      expect(found(kept, 'pears')).toEqual([]);
    });
  });

  describe('what is older than', () => {
    test('a time is forgotten, as far as the first that is not', () => {
      const kept = room();
      kept.hub.commit(
        turn({ entries: [saidAt(1, 10), saidAt(2, 20), saidAt(3, 5), saidAt(4, 30)] }),
      );
      const log = kept.hub.log(TALK);
      expect([log.forgetOlder(10), log.floor]).toEqual([false, BEGINNING]);
      expect([log.forgetOlder(11), log.floor.seq]).toEqual([true, 1]);
      expect([log.forgetOlder(21), log.floor.seq]).toEqual([true, 3]);
      expect([log.forgetOlder(31), log.floor.seq, log.last.seq]).toEqual([true, 4, 4]);
      expect(log.forgetOlder(Infinity)).toBe(false);
    });
  });

  test('X17: what was redacted is known to have been there; what is merely forgotten is not', () => {
    const kept = room();
    kept.hub.commit(turn({ entries: [...entriesOf(1, 3), relationOf(4, 'redaction', 'id-1')] }));
    const log = kept.hub.log(TALK);
    const known = () => ['id-1', 'id-2', 'none'].map((id) => log.has(id));
    expect(known()).toEqual([true, true, false]);
    log.forgetOlder(Infinity);
    expect(known()).toEqual([true, false, false]);
  });

  test('conversations and rooms are apart', () => {
    const storage = open();
    const [one, two] = [storage.add(roomRecord('room-1')), storage.add(roomRecord('room-2'))];
    one.copy(TALK).append(entriesOf(1, 3), []);
    one.copy('other').append([other(1)], []);
    two.copy(TALK).append([entryOf(1, 'pears')], []);
    one.copy(TALK).forgetTo(2);
    expect(seqsOf(one.copy(TALK).after(0, 9))).toEqual([3]);
    expect(one.copy('other').after(0, 9)).toEqual([other(1)]);
    expect(two.copy(TALK).after(0, 9)).toEqual([entryOf(1, 'pears')]);
    expect(found(two, 'entry')).toEqual([]);
    expect(found(one, 'entry')).toEqual(['3: entry 3']);
  });

  describe('a search', () => {
    test('finds what messages say, the newest first, and goes on below', () => {
      const kept = room();
      kept.copy(TALK).append(entriesOf(1, 30), []);
      expect(found(kept, 'entry', Infinity, 3).map((it) => parseInt(it))).toEqual([30, 29, 28]);
      expect(found(kept, 'entry', 28, 3).map((it) => parseInt(it))).toEqual([27, 26, 25]);
      expect(found(kept, 'entry', 1)).toEqual([]);
      expect(found(kept, ' !?')).toEqual([]);
    });

    test('finds the text as its author changed it, and no other', () => {
      const kept = room();
      const log = kept.copy(TALK);
      log.append([entryOf(1, 'apples'), entryOf(2, 'nuts')], []);
      log.append(
        [
          relationOf(3, 'edit', 'id-1', 'plums'),
          relationOf(4, 'edit', 'id-1', 'pears'),
          relationOf(5, 'edit', 'id-2', 'lies', { person: 'bo' }),
          relationOf(6, 'edit', 'id-2', 'forged', { doubt: 'signature' }),
          relationOf(7, 'edit', 'id-1', 'unread', {
            body: { state: 'whole', salt: '', text: '{' },
          }),
        ],
        [],
      );
      expect(['apples', 'plums', 'pears', 'lies', 'forged', 'unread'].flatMap(finds)).toEqual([
        '1: pears',
      ]);
      expect(finds('nuts')).toEqual(['2: nuts']);
      log.append([relationOf(8, 'redaction', 'id-4')], ['id-4']);
      expect([...finds('pears'), ...finds('plums')]).toEqual(['1: plums']);
      log.truncate(2);
      expect(finds('apples')).toEqual(['1: apples']);
      log.append([relationOf(3, 'redaction', 'id-1')], ['id-1']);
      expect(['apples', 'plums', 'pears'].flatMap(finds)).toEqual([]);

      function finds(query: string): string[] {
        return found(kept, query);
      }
    });

    test('finds what 0.1.0 said, and nothing in acts, in other kinds, and in what was done to messages', () => {
      const kept = room();
      const old = { from: 'bo', name: 'Bo', written: 1, signature: '', id: 'x', text: 'old pears' };
      const all = [
        entryOf(1, '', { kind: 'message/imported', body: bodyThat(old) }),
        entryOf(2, 'pears', { kind: 'act/topic' }),
        entryOf(3, 'pears', { kind: 'message/poll', body: bodyThat({ fallback: 'pears' }) }),
        entryOf(4, 'pears', { kind: 'relation/reaction' }),
      ];
      kept.copy(TALK).append(all, []);
      expect(found(kept, 'pears')).toEqual(['1: old pears']);
    });
  });
}

/** What is found, each as its number and what it says now. */
export function found(kept: RoomStorage, query: string, below = Infinity, limit = 99): string[] {
  const log = kept.copy(TALK);
  return kept.search(TALK, query, below, limit).map((entry) => {
    const changes = log.relationsTo([entry.id]);
    const believed = changes.filter(({ doubt }) => doubt === undefined);
    return `${entry.seq}: ${textNow(entry, believed)}`;
  });
}

export function turn(change: Partial<Parameters<RoomStorage['hub']['commit']>[0]>) {
  return { entries: [], redacted: [], known: [], inviteUses: [], ...change };
}

function other(seq: number): Entry {
  return entryOf(seq, `other ${seq}`, { conversation: 'other' });
}

function same(seq: number): Entry {
  return entryOf(seq, `at ${seq}`, { id: 'same' });
}

function inEpoch(seq: number, epoch: string): Entry {
  return entryOf(seq, '', { epoch });
}

function saidAt(seq: number, at: number): Entry {
  return entryOf(seq, '', { at });
}

function gone(entry: Entry): Entry {
  return { ...entry, body: redacted(entry.body, sha256) };
}

function bodyThat(said: unknown): Body {
  return { state: 'whole', salt: '', text: JSON.stringify(said) };
}
