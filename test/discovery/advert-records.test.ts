import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dnsNames, recordsOf, SERVICE_TYPE } from '../../main/discovery/advert-records.ts';
import type { Advert } from '../../main/discovery/discovery.ts';
import { parseResponse } from '../../main/discovery/parse-response.ts';
import { PROTOCOL_VERSION, ROOM_NAME_MAX } from '../../main/protocol/limits.ts';
import type { Access } from '../../main/model/accesses.ts';
import { normalizeRoomName } from '../../main/protocol/names.ts';

/** Any name a room can have. */
const roomName = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: ROOM_NAME_MAX }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: ROOM_NAME_MAX }),
    fc.constantFrom('教'.repeat(ROOM_NAME_MAX), '🧑‍🚀'.repeat(66), '.', 'a.b', '\u{10ffff}x'),
  )
  .map(normalizeRoomName)
  .filter((result) => result.ok)
  .map((result) => result.name);

/** What a room tells of itself besides its name. */
const rules = fc.record({
  members: fc.option(fc.nat(500)),
  access: fc.constantFrom<Access>('open', 'passphrase', 'invite'),
  locked: fc.boolean(),
});

const lab = {
  id: 'lab',
  name: 'Lab',
  port: 47100,
  at: null,
  access: 'open',
  locked: false,
} as const;

describe('the records of a room', () => {
  test('D1, D2: carry every name whole, within the limits of DNS, and are read back', () => {
    fc.assert(
      fc.property(roomName, rules, (name, told) => {
        const advert: Advert = { id: 'lab', name, port: 47100, at: null, ...told };
        const names = dnsNames(name, '0123abcd');
        const answers = recordsOf(advert, names, ['10.0.0.7', 'fd00::7']);

        const label = names.instance.slice(0, -SERVICE_TYPE.length - 1);
        expect(Buffer.byteLength(label)).toBeLessThanOrEqual(63);
        expect(label).not.toContain('.');
        expect(label.isWellFormed()).toBe(true);
        const strings = answers.flatMap((it) => (Array.isArray(it.data) ? it.data : []));
        for (const string of strings) {
          expect(string.length).toBeLessThanOrEqual(255);
          expect(string.toString()).toMatch(/^\w+=./su);
        }

        const { services, ignored } = parseResponse({ answers, additionals: [] }, '10.0.0.7');
        expect(ignored).toEqual([]);
        expect(services).toMatchObject([
          {
            id: 'lab',
            name,
            port: 47100,
            ...told,
            version: PROTOCOL_VERSION,
            addresses: ['10.0.0.7', 'fd00::7'],
          },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test('D3: a room that listens at one address is announced at no other', () => {
    const names = dnsNames('Lab', 'ab');
    const addressesAt = (at: string, addresses: readonly string[]) =>
      recordsOf({ ...lab, members: 1, at }, names, addresses)
        .filter(({ type }) => type === 'A' || type === 'AAAA')
        .map(({ data }) => data);
    expect(addressesAt('10.0.0.7', ['10.0.0.7', '192.168.1.7', 'fd00::7'])).toEqual(['10.0.0.7']);
    expect(recordsOf({ ...lab, members: 1, at: '127.0.0.1' }, names, ['10.0.0.7'])).toEqual([]);
  });

  test('D6: replace what was announced before, but for the list that all rooms share', () => {
    const advert = { ...lab, members: 1 };
    const records = recordsOf(advert, dnsNames('Lab', 'ab'), ['10.0.0.7', 'fd00::7']);
    expect(records.map(({ type, flush }) => [type, flush])).toEqual([
      ['PTR', false],
      ['SRV', true],
      ['TXT', true],
      ['A', true],
      ['AAAA', true],
    ]);
  });

  test('D2: of a closed room say who gets in and not how many are in it', () => {
    const advert: Advert = { ...lab, members: null, access: 'invite', locked: true };
    const records = recordsOf(advert, dnsNames('Lab', 'ab'), ['10.0.0.7']);
    const txt = records.flatMap(({ data }) => (Array.isArray(data) ? data.map(String) : []));
    const facts = ['id=lab', `proto=${PROTOCOL_VERSION}`, 'access=invite', 'lock=1', 'name=Lab'];
    expect(txt).toEqual(['txtvers=1', ...facts]);
  });

  test('D1: the same room name twice makes two instances', () => {
    expect(dnsNames('Lab', 'a')).not.toEqual(dnsNames('Lab', 'b'));
  });
});
