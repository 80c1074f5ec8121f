import { expect, test } from 'vitest';
import { HOST_CONNECTION, TriedHub } from './tried-hub.ts';

const BEGINNING = { epoch: 'epoch-1', seq: 0 };

test('W1, W2, W3, O11: a hello is answered with who one is, the room, the list and the log', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(1, 'hi');
  const welcome = hub.join(2, ' Bo ');
  expect(welcome).toMatchObject({
    version: 1,
    you: 'key-2',
    room: {
      id: 'room-1',
      name: 'Lab 3',
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    log: { epoch: 'epoch-1', seq: 1 },
    entries: [{ seq: 1, name: 'Ann', text: 'hi' }],
    resumed: false,
  });
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
  expect(hub.log.last).toBe(0);
});

test('H1: a second hello changes nothing', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.hello(1, 'Somebody else');
  expect(hub.take(1)).toMatchObject([{ type: 'refused', code: 'hello-twice' }]);
  expect(hub.closedBecause(1)).toBeUndefined();
  expect(hub.memberCount).toBe(2);
});

test('H2: a newer version is turned away with words', () => {
  const hub = new TriedHub();
  hub.send(1, { type: 'hello', version: 2, name: 'Ann' });
  expect(hub.take(1)).toMatchObject([{ type: 'refused', code: 'version-unsupported' }]);
  expect(hub.closedBecause(1)).toBe('version-unsupported');
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
  const welcome = hub.join(3, 'Another name', { key: 'key-2', resume: BEGINNING });
  expect(welcome).toMatchObject({ you: 'key-2', resumed: true });
  expect(welcome.roster.map(({ name }) => name)).toEqual(['Host', 'Ann', 'Bo']);
  expect(hub.closedBecause(2)).toBe('taken-over');
  // The old connection’s end, reported late, is nobody’s departure.
  hub.close(2);
  expect(hub.take(1)).toEqual([]);
  hub.say(3, 'here');
  expect(hub.take(1)).toMatchObject([{ type: 'entry', entry: { from: 'key-2', name: 'Bo' } }]);
  expect(hub.take(2)).toEqual([]);
});

test('H6: where a copy ends makes nobody anybody: only the key does', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.say(1, 'hi');
  const welcome = hub.join(2, 'Ann', { resume: { epoch: 'epoch-1', seq: 1 } });
  expect(welcome).toMatchObject({ you: 'key-2', resumed: true });
  expect(welcome.roster.map(({ name }) => name)).toEqual(['Host', 'Ann', 'Ann 2']);
  expect(hub.closedBecause(1)).toBeUndefined();
});

test('I1, O20: who left and comes back is the same member, under the name it brings', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  hub.close(1);
  const again = hub.join(2, 'Anna', { key: 'key-1', resume: BEGINNING });
  expect(again.you).toBe('key-1');
  expect(again.roster.map(({ name }) => name)).toEqual(['Host', 'Anna']);
});

test('W4, W5: who resumes gets what follows, who cannot gets the newest', () => {
  const hub = new TriedHub();
  hub.populate('Ann');
  for (let n = 1; n <= 450; n += 1) hub.say(1, `line ${n}`);
  const seqs = (connection: number, epoch: string, seq: number) => {
    const { entries, resumed, log } = hub.join(connection, 'Bo', {
      resume: { epoch, seq },
    });
    expect(log).toEqual({ epoch: 'epoch-1', seq: 450, first: 1 });
    return { resumed, first: entries[0]?.seq, last: entries.at(-1)?.seq, count: entries.length };
  };
  expect(seqs(2, 'epoch-1', 440)).toEqual({ resumed: true, first: 441, last: 450, count: 10 });
  expect(seqs(3, 'epoch-1', 0)).toEqual({ resumed: true, first: 1, last: 200, count: 200 });
  expect(seqs(4, 'epoch-1', 450)).toMatchObject({ resumed: true, count: 0 });
  expect(seqs(5, 'epoch-1', 451)).toEqual({ resumed: false, first: 251, last: 450, count: 200 });
  expect(seqs(6, 'epoch-0', 440)).toEqual({ resumed: false, first: 251, last: 450, count: 200 });
});
