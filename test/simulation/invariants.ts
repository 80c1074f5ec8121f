/** What must be true of a room once its network has healed, whatever happened before. */
import assert from 'node:assert/strict';
import { nameKey } from '../../main/protocol/names.ts';
import type { Person } from './person.ts';
import type { RoomWorld } from './room-world.ts';

export function checkInvariants(world: RoomWorld): void {
  for (const person of world.people) checkStatus(person);
  checkRoster(world);
  for (const person of world.people) {
    if (person.isHere) checkCopy(world, person);
  }
  checkTyped(world);
}

/** Everybody is in or out for good. */
function checkStatus(person: Person): void {
  assert(
    person.isHere || person.hasEnded,
    `p${person.number} is still ${person.status?.state} on a healthy network`,
  );
}

/** No ghosts, nobody twice, no two names a reader would confuse (O20, N4). */
function checkRoster(world: RoomWorld): void {
  const roster = world.roster();
  const here = world.people.filter((person) => person.isHere);
  assert.deepEqual(
    roster.map(({ id }) => id).toSorted(),
    here.map(({ you }) => you ?? '').toSorted(),
    'who the hub says is here, and who is',
  );
  const keys = roster.map(({ name }) => nameKey(name));
  assert.equal(new Set(keys).size, keys.length, `two people with one name: ${keys.join()}`);
  for (const person of here) {
    assert.deepEqual(
      person.roster.toSorted(byId),
      roster.toSorted(byId),
      `p${person.number}’s roster`,
    );
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

/** The same entries in the same order, without gaps, up to the last (L4). */
function checkCopy({ log }: RoomWorld, person: Person): void {
  const first = person.entries[0]?.seq ?? log.last + 1;
  assert.equal(person.entries.at(-1)?.seq ?? 0, log.last, `p${person.number}’s copy ends early`);
  assert.deepEqual(person.entries, log.after(first - 1, Infinity), `p${person.number}’s copy`);
}

/** Nothing typed is lost and nothing is said twice; each person's lines keep their order (S5). */
function checkTyped({ log, people }: RoomWorld): void {
  const seqs = new Map<string, number>();
  for (const { id, seq } of log.after(0, Infinity)) {
    assert(!seqs.has(id), `${id} is in the log twice`);
    seqs.set(id, seq);
  }
  for (const person of people) {
    let lastSeq = 0;
    for (const id of person.typed) {
      const seq = seqs.get(id);
      if (seq === undefined) {
        checkUnsaid(person, id);
      } else if (!person.retried.has(id)) {
        assert(seq > lastSeq, `${id} was said out of turn`);
        lastSeq = seq;
      }
    }
  }
}

/** Not in the log: then its author took it back, was refused, or went before it got through. */
function checkUnsaid(person: Person, id: string): void {
  const waiting = person.pending.find((message) => message.id === id);
  if (waiting === undefined) assert(person.cancelled.has(id), `${id} was lost`);
  else if (person.isHere) assert(waiting.refused, `${id} is stuck in the outbox`);
}
