/** What must be true of a room at rest: the network has healed and everybody who may is back. */
import assert from 'node:assert/strict';
import { nameKeys } from '../../main/protocol/names.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

export function checkAtRest(world: World): void {
  assert(world.host.isUp, 'the hub is down');
  for (const person of world.people) {
    const { status } = person;
    const isOut = status?.state === 'ended' && status.reason === 'banned';
    const isAsItShouldBe = world.isBanned(person) ? isOut : person.isHere;
    assert(isAsItShouldBe, `p${person.number} is ${JSON.stringify(status)} at rest`);
  }
  checkRoster(world);
  checkLog(world);
  for (const person of world.people) {
    if (!world.isBanned(person)) checkCopy(world, person);
    checkTyped(world, person);
  }
}

/** No ghosts, nobody twice, nobody banned, no two names a reader would confuse (O20, M3, N4). */
function checkRoster(world: World): void {
  const { host, chronicle } = world;
  const people = world.people.filter((person) => !world.isBanned(person));
  const roster = host.roster();
  assert.deepEqual(
    roster.map(({ id }) => id).toSorted(),
    people.map(({ key }) => key).toSorted(),
    'who the hub says is here, and who is',
  );
  const keys = roster.flatMap(({ name }) => nameKeys(name));
  assert.equal(new Set(keys).size, keys.length, `two people with one name: ${keys.join()}`);
  for (const { id, muted } of roster) {
    assert.equal(muted, chronicle.conduct.isMuted(id), `whether ${id} is muted`);
  }
  for (const person of people) {
    assert.equal(person.you, person.key, `who p${person.number} is`);
    assert.deepEqual(
      person.window.roster.toSorted(byId),
      roster.toSorted(byId),
      `p${person.number}’s roster`,
    );
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

/** What was written and is not forgotten is there, each message once. */
function checkLog({ host: { log }, chronicle }: World): void {
  const entries = log.after(log.first - 1, Number.MAX_SAFE_INTEGER);
  assert.equal(entries.length, log.last - log.first + 1, 'the log has gaps');
  chronicle.check(log.epoch, entries, 'the hub');
  chronicle.checkStruck(log.epoch, entries, 'the hub');
  const ids = new Set(entries.map(({ id }) => id));
  assert.equal(ids.size, entries.length, 'a message is in the log twice');
}

/** The same entries in the same order, without gaps, up to the last (L4); on the disk too. */
function checkCopy({ host: { log }, chronicle }: World, person: Person): void {
  const whose = `p${person.number}’s copy`;
  assert.deepEqual(
    person.window.position,
    { epoch: log.epoch, seq: log.last },
    `${whose} ends early`,
  );
  // Null when the disk was full when this person came in first.
  const onDisk = person.copyOnDisk();
  for (const entries of [person.window.entries, onDisk ?? []]) {
    chronicle.check(log.epoch, entries, whose);
    chronicle.checkStruck(log.epoch, entries, whose);
    entries.forEach(({ seq }, index) => {
      const expected = log.last - entries.length + 1 + index;
      assert.equal(seq, expected, `${whose} has gaps`);
    });
  }
}

/**
 * Nothing typed is lost: it was entered, or its author still sees that it was refused, or took it
 * back. Each person's lines keep their order, but for those that were refused once (S5).
 */
function checkTyped(world: World, person: Person): void {
  const { chronicle, host } = world;
  const mayWait = world.isBanned(person);
  let last = -1;
  for (const id of person.typed) {
    const turn = chronicle.turnOf(id);
    if (turn === undefined) {
      const waiting = person.pending.find((message) => message.id === id);
      if (waiting) assert(waiting.refused || mayWait, `${id} is stuck in the outbox`);
      else assert(person.cancelled.has(id), `${id} was lost`);
    } else {
      const stuck =
        !mayWait && person.pending.some((message) => message.id === id && !message.refused);
      assert(!stuck, `${id} was said and is still in the outbox`);
      if (person.retried.has(id) || host.refused.has(id)) continue;
      assert(turn > last, `${id} was said out of turn`);
      last = turn;
    }
  }
}
