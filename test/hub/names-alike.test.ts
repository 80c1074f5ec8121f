import { expect, test } from 'vitest';
import { Roster } from '../../main/hub/roster.ts';
import { nameKeys } from '../../main/protocol/names.ts';
import { TriedHub } from './tried-hub.ts';

/** What the hub calls whoever comes in by this name. */
function nameGiven(hub: TriedHub, connection: number, name: string): string | undefined {
  return hub.join(connection, name).roster.at(-1)?.name;
}

test('N4: nobody gets in, or a new name, looking like somebody else, with case or without', () => {
  const hub = new TriedHub();
  hub.populate('Paul', 'Neil');
  expect(nameGiven(hub, 3, 'PauI')).toBe('PauI 2');
  // PauI 2 is read as Paul 2.
  expect(nameGiven(hub, 4, 'PAUL')).toBe('PAUL 3');
  expect(nameGiven(hub, 5, 'Nell')).toBe('Nell');
  for (const name of ['PauІ', 'pаul']) {
    hub.send(5, { type: 'rename', id: 'r', name });
    expect(hub.take(5)).toMatchObject([{ type: 'refused', code: 'name-taken' }]);
  }
});

test('N4: a name one gave up is free again, with case and without', () => {
  const hub = new TriedHub();
  hub.populate('Paul');
  hub.send(1, { type: 'rename', id: 'r', name: 'Ann' });
  expect(nameGiven(hub, 2, 'PauI')).toBe('PauI');
  hub.send(2, { type: 'rename', id: 'r', name: 'Bo' });
  expect(nameGiven(hub, 3, 'PAUL')).toBe('PAUL');
});

test('N4: who is away keeps a name, with case and without', () => {
  const hub = new TriedHub();
  hub.populate('Paul');
  hub.send(1, { type: 'leave' });
  expect(nameGiven(hub, 2, 'PauI')).toBe('PauI 2');
  expect(nameGiven(hub, 3, 'PAUL')).toBe('PAUL 3');
});

test('N4: who is here and not remembered keeps a name too', () => {
  const roster = new Roster();
  const paul = { id: 'p', name: 'Paul', role: 'member', muted: false } as const;
  roster.add({ ...paul, connection: 1, since: 0, activeAt: 0 });
  const keys = nameKeys('Paul');
  expect(keys.map((key) => roster.isTaken(key, 'q'))).toEqual([true, true]);
  expect(keys.map((key) => roster.isTaken(key, 'p'))).toEqual([false, false]);
});
