import { expect, test } from 'vitest';
import { ROOM, TALK } from '../simulation/names.ts';
import { HOST, HOST_CONNECTION, setting, textOf, TriedHub } from './tried-hub.ts';

/** A copy of what everybody says that ends there. */
const copyTo = (epoch: string, seq: number) => [{ conversation: TALK, ancestry: [{ epoch, seq }] }];

test('W1, W2, W3, O11: a hello is answered with who one is, the room, the list and the log', () => {
  const hub = new TriedHub({ acts: [setting({ name: 'Lab 3' })] });
  hub.populate('Ann');
  hub.say(1, 'hi');
  const welcome = hub.join(2, ' Bo ');
  expect(welcome).toMatchObject({
    version: 2,
    you: 'key-2',
    room: {
      ...ROOM,
      name: 'Lab 3',
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    epoch: { room: ROOM.id, number: 1, writer: HOST, parent: '' },
    logs: [
      { conversation: ROOM.id, common: null, last: { epoch: hub.epoch, seq: 1 } },
      { conversation: TALK, common: null, last: { epoch: hub.epoch, seq: 1 } },
    ],
  });
  const [acts, talk] = welcome.logs;
  expect(acts?.entries).toMatchObject([{ seq: 1, kind: 'act/settings', name: 'Host' }]);
  expect(talk?.entries).toMatchObject([{ seq: 1, name: 'Ann' }]);
  expect(talk?.entries.map(textOf)).toEqual(['hi']);
  const since = hub.now;
  const member = { role: 'member', away: false, muted: false, since } as const;
  expect(welcome.roster).toEqual([
    { ...member, id: 'key-0', name: 'Host', role: 'host' },
    { ...member, id: 'key-1', name: 'Ann' },
    { ...member, id: 'key-2', name: 'Bo' },
  ]);
});

test('W6, O2: the others learn who came in, with the number of people; the newcomer does not', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.hello(2, 'Bo');
  for (const other of [HOST_CONNECTION, 1]) {
    expect(hub.takeChanges(other)).toMatchObject([
      { change: 'joined', member: { name: 'Bo' }, count: 3 },
    ]);
  }
  expect(hub.takeChanges(2)).toEqual([]);
});

test('N4: people of one name get numbers', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'ANN', 'A nn', 'Ａｎｎ');
  expect(hub.join(5, 'ann').roster.map(({ name }) => name)).toEqual([
    'Host',
    'Ann',
    'ANN 2',
    'A nn 3',
    'Ａｎｎ 4',
    'ann 5',
  ]);
});

test('H1: before hello nothing is heard', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(7, 'let me in');
  expect(hub.take(7)).toMatchObject([{ type: 'refused', code: 'hello-first' }]);
  expect(hub.closedBecause(7)).toBe('bad-message');
  expect(hub.take(1)).toEqual([]);
  expect(hub.log.last.seq).toBe(0);
});

test('H1: a second hello changes nothing', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.hello(1, 'Somebody else');
  expect(hub.take(1)).toMatchObject([{ type: 'refused', code: 'hello-twice' }]);
  expect(hub.closedBecause(1)).toBeUndefined();
  expect(hub.memberCount).toBe(2);
});

test.for([
  ['', 'name-empty'],
  ['x'.repeat(33), 'name-too-long'],
  ['\u202eAnn', 'name-not-allowed'],
] as const)('H3, O1: no usable name, no entry (%j)', ([name, code]) => {
  const hub = new TriedHub();
  hub.populate();
  hub.hello(1, name);
  expect(hub.take(1)).toMatchObject([{ type: 'refused', code }]);
  expect(hub.closedBecause(1)).toBe('bad-name');
  expect(hub.take(HOST_CONNECTION)).toEqual([]);
});

test('H4: a full room turns people away, but lets those back in who are still there', () => {
  const hub = new TriedHub({ capacity: 2 });
  hub.populate('Ann');
  hub.hello(2, 'Bo');
  expect(hub.take(2)).toMatchObject([{ type: 'refused', code: 'room-full' }]);
  expect(hub.closedBecause(2)).toBe('room-full');
  hub.join(3, 'Ann', { key: 'key-1' });
  expect(hub.memberCount).toBe(2);
});

test('H6, O20: a hello with the key of somebody here takes over, unnoticed by the others', () => {
  const hub = new TriedHub();
  hub.populate('Ann', 'Bo');
  const welcome = hub.join(3, 'Another name', { key: 'key-2', resume: copyTo(hub.epoch, 0) });
  expect(welcome.you).toBe('key-2');
  expect(welcome.logs[1]?.common).toEqual({ epoch: hub.epoch, seq: 0 });
  expect(welcome.roster.map(({ name }) => name)).toEqual(['Host', 'Ann', 'Bo']);
  expect(hub.closedBecause(2)).toBe('taken-over');
  // The old connection’s end, reported late, is nobody’s departure.
  hub.close(2);
  expect(hub.take(1)).toEqual([]);
  hub.say(3, 'here');
  expect(hub.takeEntries(1)).toMatchObject([{ person: 'key-2', name: 'Bo' }]);
  expect(hub.take(2)).toEqual([]);
});

test('H6: where a copy ends makes nobody anybody: only the key does', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(1, 'hi');
  const welcome = hub.join(2, 'Ann', { resume: copyTo(hub.epoch, 1) });
  expect(welcome.you).toBe('key-2');
  expect(welcome.logs[1]?.common).toEqual({ epoch: hub.epoch, seq: 1 });
  expect(welcome.roster.map(({ name }) => name)).toEqual(['Host', 'Ann', 'Ann 2']);
  expect(hub.closedBecause(1)).toBeUndefined();
});

test('I1, O20: who left and comes back is the same member, under the name it brings', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.close(1);
  const again = hub.join(2, 'Anna', { key: 'key-1', resume: copyTo(hub.epoch, 0) });
  expect(again.you).toBe('key-1');
  expect(again.roster.map(({ name }) => name)).toEqual(['Host', 'Anna']);
});

test('W4, W5: who resumes gets what follows, who cannot gets the newest', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  for (let n = 1; n <= 450; n += 1) hub.say(1, `line ${n}`);
  const seqs = (connection: number, epoch: string, seq: number) => {
    const { logs } = hub.join(connection, 'Bo', { resume: copyTo(epoch, seq) });
    const { common, last, after, entries } = logs[1] ?? {};
    expect(last?.seq).toBe(450);
    const [first] = entries ?? [];
    expect(after?.seq).toBe((first?.seq ?? 451) - 1);
    return { common: common?.seq, first: first?.seq, count: entries?.length };
  };
  const { epoch } = hub;
  expect(seqs(2, epoch, 440)).toEqual({ common: 440, first: 441, count: 10 });
  expect(seqs(3, epoch, 0)).toEqual({ common: 0, first: 1, count: 200 });
  expect(seqs(4, epoch, 450)).toEqual({ common: 450, count: 0 });
  // More than there is: the copy is cut.
  expect(seqs(5, epoch, 451)).toEqual({ common: 450, count: 0 });
  expect(seqs(6, 'another epoch', 440)).toEqual({ first: 251, count: 200 });
});

test('W4, L9: a copy that ends before what is forgotten gets the newest', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  for (let n = 1; n <= 9; n += 1) hub.say(1, `line ${n}`);
  hub.forget(5);
  for (const [seq, first] of [
    [4, 6],
    [5, 6],
    [7, 8],
  ] as const) {
    const { logs } = hub.join(seq, 'Bo', { resume: copyTo(hub.epoch, seq) });
    expect(logs[1]).toMatchObject({
      common: { seq },
      floor: { seq: 5 },
      after: { seq: first - 1 },
    });
    expect(logs[1]?.entries[0]?.seq).toBe(first);
  }
});

test('L2: what was told in the epoch before is told on from there', () => {
  const before = new TriedHub();
  before.populate('Ann');
  for (const text of ['one', 'two', 'three']) before.say(1, text);
  const hub = new TriedHub({ store: before.store });
  hub.populate('Ann');
  hub.say(1, 'four');
  const resume = copyTo(before.store.epochs()[0]?.id ?? '', 2);
  const welcome = hub.join(2, 'Bo', { resume });
  expect(welcome.epoch).toMatchObject({ number: 2, parent: resume[0]?.ancestry[0]?.epoch });
  expect(welcome.epoch.places).toContainEqual({
    conversation: TALK,
    seq: 3,
    link: hub.log.before(4, 1)[0]?.link,
  });
  expect(welcome.logs[1]).toMatchObject({ common: { seq: 2 }, last: { epoch: hub.epoch, seq: 4 } });
  expect(welcome.logs[1]?.entries.map(({ epoch }) => epoch === hub.epoch)).toEqual([false, true]);
});
