import { describe, expect, test } from 'vitest';
import {
  createFoundRooms,
  FORGET_MS,
  QUIET_MS,
  SERVICES_MAX,
  SILENT_MS,
  type FoundRooms,
} from '../../main/discovery/found-rooms.ts';
import type { HeardService } from '../../main/discovery/parse-response.ts';

const byText = (a: string, b: string) => a.localeCompare(b);

const lab: HeardService = {
  service: 'lab 3 (1)._lanyard._tcp.local',
  id: 'lab',
  name: 'Lab 3',
  members: 1,
  access: 'open',
  locked: false,
  version: 1,
  port: 47100,
  addresses: ['10.0.0.1'],
};

const hears = (rooms: FoundRooms, now: number, ...services: readonly HeardService[]) =>
  rooms.hear({ services, goodbyes: [], ignored: [] }, now);
const ids = (rooms: FoundRooms) => rooms.list(byText).map((room) => room.id);

describe('the store of found rooms', () => {
  test('D9: a room with several services and addresses is one entry, told by the latest', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    hears(rooms, 1, { ...lab, addresses: ['10.0.0.1', '192.168.0.1', 'fd00::1'] });
    const second = { ...lab, service: 'lab 3 (2)._lanyard._tcp.local', port: 47200, members: 5 };
    hears(rooms, 2, second);
    hears(rooms, 3, lab);
    expect(rooms.list(byText)).toEqual([
      {
        id: 'lab',
        name: 'Lab 3',
        members: 5,
        access: 'open',
        locked: false,
        version: 1,
        addresses: ['10.0.0.1:47200', '10.0.0.1:47100', '192.168.0.1:47100', '[fd00::1]:47100'],
      },
    ]);
  });

  test('D7: a goodbye removes its service and no other', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab, { ...lab, service: 'other', id: 'other', port: 47101 });
    rooms.hear({ services: [], goodbyes: [lab.service, 'never heard'], ignored: [] }, 1);
    expect(ids(rooms)).toEqual(['other']);
  });

  test('D8: nothing is tried before it was silent for three questions', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    expect(rooms.check(SILENT_MS - 1).trials).toEqual([]);
    hears(rooms, SILENT_MS - 1, lab);
    expect(rooms.check(SILENT_MS).trials).toEqual([]);
    expect(ids(rooms)).toEqual(['lab']);
  });

  test('D8: a silent room that accepts no connection goes', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    expect(rooms.check(SILENT_MS).trials).toEqual([
      { service: lab.service, port: 47100, addresses: ['10.0.0.1'] },
    ]);
    // It is not tried twice at a time, and listed until the trial tells.
    expect(rooms.check(SILENT_MS + 1)).toEqual({ trials: [], dropped: false });
    expect(ids(rooms)).toEqual(['lab']);
    rooms.tried(lab.service, false, SILENT_MS + 2);
    expect(ids(rooms)).toEqual([]);
  });

  test('D8: a room heard during its trial stays, whatever the trial told', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    rooms.check(SILENT_MS);
    hears(rooms, SILENT_MS + 1, lab);
    rooms.tried(lab.service, false, SILENT_MS + 2);
    expect(ids(rooms)).toEqual(['lab']);
  });

  test('D8: a room that only accepts connections stays for a while only', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    for (let now = 0; now < FORGET_MS; now += 1_000) {
      for (const { service } of rooms.check(now).trials) rooms.tried(service, true, now);
      expect(ids(rooms)).toEqual(['lab']);
    }
    expect(rooms.check(FORGET_MS + QUIET_MS)).toEqual({ trials: [], dropped: true });
    expect(ids(rooms)).toEqual([]);
  });

  test('D8: a room that another took the place of is not tried', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    hears(rooms, 5_000, { ...lab, service: 'new', id: 'new' });
    expect(rooms.check(SILENT_MS)).toEqual({ trials: [], dropped: true });
    expect(ids(rooms)).toEqual(['new']);
  });

  test('D6: an address that is no longer announced is forgotten', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    for (let now = QUIET_MS; now <= SILENT_MS; now += QUIET_MS) {
      expect(rooms.list(byText)[0]?.addresses).toContain('10.0.0.1:47100');
      hears(rooms, now, { ...lab, addresses: ['10.0.0.2'] });
    }
    expect(rooms.list(byText)[0]?.addresses).toEqual(['10.0.0.2:47100']);
  });

  test('D8: the quietest service decides whether to ask', () => {
    const rooms = createFoundRooms();
    expect(rooms.quietSince).toBe(Infinity);
    expect(rooms.trialAt).toBe(Infinity);
    hears(rooms, 0, lab, { ...lab, service: 'other', port: 47101 });
    hears(rooms, 500, lab);
    expect(rooms.quietSince).toBe(0);
    expect(rooms.trialAt).toBe(SILENT_MS);
  });

  test('D9: what anybody announces is bounded', () => {
    const rooms = createFoundRooms();
    hears(rooms, 0, lab);
    for (let number = 0; number < 2 * SERVICES_MAX; number += 1) {
      hears(rooms, 1, { ...lab, service: `s${number}`, id: `r${number}` });
    }
    expect(ids(rooms)).toHaveLength(SERVICES_MAX);
    expect(ids(rooms)).toContain('lab');
    for (let number = 0; number < 100; number += 1) {
      hears(rooms, 2, { ...lab, addresses: [`10.0.1.${number}`] });
    }
    expect(rooms.list(byText).find((room) => room.id === 'lab')?.addresses).toHaveLength(8);
  });
});
