/** What must be true of a room at rest: the network has healed and everybody who may is back. */
import assert from 'node:assert/strict';
import { classOf } from '../../main/events/event.ts';
import { nameKeys } from '../../main/protocol/names.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { project } from '../../main/timeline/project.ts';
import type { MessageView } from '../../main/timeline/project.ts';
import { ROOM, TALK } from './names.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

/** `anew`: everything was started again since; a disk that was full has forgotten by then too. */
export function checkAtRest(world: World, anew: boolean): void {
  assert(world.host.isUp, 'the hub is down');
  for (const person of world.people) {
    const { status } = person;
    const isOut = status?.state === 'ended' && status.reason === 'banned';
    const isAsItShouldBe = world.isBanned(person) ? isOut : person.isHere;
    assert(isAsItShouldBe, `p${person.number} is ${JSON.stringify(status)} at rest`);
  }
  checkRoster(world);
  for (const conversation of [ROOM.id, TALK]) {
    checkLog(world, conversation);
    for (const person of world.people) {
      if (!world.isBanned(person)) checkCopy(world, person, conversation, anew);
    }
  }
  for (const person of world.people) {
    if (!world.isBanned(person)) checkPolicy(world, person);
    checkTyped(world, person);
    if (!world.isBanned(person)) checkErased(world, person);
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

/** What was written and is not forgotten is there, each event once. */
function checkLog({ host, chronicle }: World, conversation: string): void {
  const entries = host.log(conversation).after(0, Number.MAX_SAFE_INTEGER);
  chronicle.check(conversation, entries, 'the hub');
  chronicle.checkRedacted(entries, 'the hub');
  const ids = new Set(entries.map(({ id }) => id));
  assert.equal(ids.size, entries.length, 'an event is in the log twice');
}

/** The same as the log from where the copy begins, on the disk too, and as a person sees it (L4, T1). */
function checkCopy(
  { host, chronicle }: World,
  person: Person,
  conversation: string,
  anew: boolean,
): void {
  const whose = `p${person.number}’s copy`;
  const log = host.log(conversation);
  const copy = person.replica?.copy(conversation);
  assert(copy, `${whose} is none`);
  assert.deepEqual(copy.end, log.last, `${whose} ends elsewhere`);
  const expected = log.after(copy.start.seq, Number.MAX_SAFE_INTEGER);
  const entries = copy.after(0, Number.MAX_SAFE_INTEGER);
  // What a full disk has not taken is written with what comes next, or fetched again.
  const onDisk = anew ? person.copyOnDisk(conversation) : null;
  for (const kept of [entries, onDisk ?? entries]) {
    chronicle.check(conversation, kept, whose);
    chronicle.checkRedacted(kept, whose);
    // A room that remembers nothing tells those who are here what is sent again, and keeps none of it.
    const isStale = ({ id, seq }: Entry) =>
      seq <= log.floor.seq && (!anew || chronicle.isTwice(id));
    assert.deepEqual(
      kept.filter((entry) => !isStale(entry)).map(({ seq }) => seq),
      expected.map(({ seq }) => seq),
      `${whose} has other items`,
    );
  }
  const young = entries.filter(({ seq }) => seq > log.floor.seq);
  // Whatever order they come in (T1).
  const seen = young
    .filter(isMessage)
    .map((entry) => project(entry, copy.relations([entry.id]).toReversed()));
  const told = expected.filter(isMessage).map((entry) => {
    const direct = log.relationsTo([entry.id]);
    return project(entry, [...direct, ...log.relationsTo(direct.map(({ id }) => id))]);
  });
  assert.equal(shown(seen), shown(told), `what p${person.number} sees`);
}

/** What holds for the host holds for everybody (X13). */
function checkPolicy({ host, chronicle }: World, person: Person): void {
  const policy = person.replica?.policy?.policy;
  assert(policy, `p${person.number} knows no policy`);
  assert.deepEqual({ ...ROOM, ...policy.settings }, host.room, `p${person.number}’s settings`);
  assert.equal(policy.topicOf(TALK), chronicle.conduct.policy.topicOf(TALK), 'the topic');
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
    const waiting = person.waiting.find((item) => item.id === id);
    if (turn === undefined) {
      if (waiting) assert(waiting.refused || mayWait, `${id} is stuck in the outbox`);
      else assert(person.cancelled.has(id), `${id} was lost`);
    } else {
      assert(!waiting || waiting.refused || mayWait, `${id} was said and is still in the outbox`);
      if (person.retried.has(id) || host.refused.has(id)) continue;
      assert(turn > last, `${id} was said out of turn`);
      last = turn;
    }
  }
}

/** What was redacted is in no outbox either (X17). */
function checkErased({ chronicle }: World, person: Person): void {
  for (const { id } of person.waiting) {
    assert(!chronicle.isRedacted(id), `p${person.number} still sends what was redacted`);
  }
}

function shown(views: readonly MessageView[]): string {
  return views.map(({ entry, ...view }) => `${entry.id} ${JSON.stringify(view)}`).join('\n');
}

function isMessage({ kind }: Entry): boolean {
  return classOf(kind) === 'message';
}
