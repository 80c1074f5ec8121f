import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dnsNames, goodbyeOf, recordsOf } from '../../main/discovery/advert-records.ts';
import { parseResponse } from '../../main/discovery/parse-response.ts';

const SENDER = '10.0.0.7';
const NAME = 'Lab 3 (ab)._lanyard._tcp.local';
const TXT = ['txtvers=1', 'id=lab', 'proto=1', 'n=3', 'access=open', 'lock=0', 'name=Lab 3'];

/** A response as the codec decodes it, with one service. */
function response(txt: readonly (string | Buffer)[], addresses: readonly string[] = ['10.0.0.7']) {
  return {
    answers: [{ name: '_lanyard._tcp.local', type: 'PTR', ttl: 120, data: NAME }],
    additionals: [
      { name: NAME, type: 'SRV', ttl: 120, data: { port: 47100, target: 'Host.local' } },
      { name: NAME.toUpperCase(), type: 'TXT', ttl: 120, data: txt },
      ...addresses.map((data) => {
        const type = data.includes(':') ? 'AAAA' : 'A';
        return { name: 'host.LOCAL', type, ttl: 120, data };
      }),
    ],
  };
}

const without = (key: string) => TXT.filter((string) => !string.startsWith(`${key}=`));

describe('an mDNS response', () => {
  test('D2: is read into its room, wherever its case and order', () => {
    const odd = [...TXT.map((it) => Buffer.from(it)).toReversed(), Buffer.from('LOCK=1'), 'x', '='];
    expect(parseResponse(response(odd), SENDER)).toEqual({
      services: [
        {
          service: 'lab 3 (ab)._lanyard._tcp.local',
          id: 'lab',
          name: 'Lab 3',
          members: 3,
          access: 'open',
          locked: false,
          version: 1,
          port: 47100,
          addresses: ['10.0.0.7'],
        },
      ],
      goodbyes: [],
      ignored: [],
    });
  });

  test('D2: is read for a closed room, which tells no count', () => {
    const txt = [...without('n').filter((it) => it !== 'access=open'), 'access=invite'];
    const { services } = parseResponse(response(txt), SENDER);
    expect(services).toMatchObject([{ members: null, access: 'invite' }]);
  });

  test('D2: is read for a room that does not tell its access: it is open', () => {
    const { services } = parseResponse(response(without('access')), SENDER);
    expect(services).toMatchObject([{ members: 3, access: 'open' }]);
  });

  test('D2: with a name in pieces is read whole, even cut inside a character', () => {
    const bytes = Buffer.from('室'.repeat(100));
    const pieces = [bytes.subarray(0, 200), bytes.subarray(200)];
    const txt = pieces.map((piece, index) =>
      Buffer.concat([Buffer.from(index === 0 ? 'name=' : 'name2='), piece]),
    );
    const { services } = parseResponse(response([...without('name'), ...txt]), SENDER);
    expect(services[0]?.name).toBe('室'.repeat(100));
  });

  test.each([
    ['no TXT', []],
    ['no id', without('id')],
    ['an id with spaces', [...without('id'), 'id=a b']],
    ['an id of 65 characters', [...without('id'), `id=${'x'.repeat(65)}`]],
    ['no name', without('name')],
    ['a name of spaces', [...without('name'), 'name=   ']],
    ['a name that turns text around', [...without('name'), 'name=a\u202eb']],
    [
      'a name of bytes that are no UTF-8',
      [...without('name'), Buffer.from('name=\xff\0', 'latin1')],
    ],
    ['a name of 201 characters', [...without('name'), `name=${'x'.repeat(201)}`]],
    ['a negative count', [...without('n'), 'n=-1']],
    ['an enormous count', [...without('n'), 'n=99999999999999999999']],
    ['an access nobody knows', [...without('access'), 'access=secret']],
    ['a lock that is neither', [...without('lock'), 'lock=maybe']],
    ['a version that is none', [...without('proto'), 'proto=one']],
    ['a TXT format to come', [...without('txtvers'), 'txtvers=2']],
  ])('D9: with %s is ignored with a reason', (_what, txt) => {
    const { services, ignored } = parseResponse(response(txt), SENDER);
    expect(services).toEqual([]);
    expect(ignored).toEqual([expect.stringMatching(/^lab 3 \(ab\).*: ./)]);
  });

  test('D10: leads to no loopback, multicast or scope-less address', () => {
    const addresses = [
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      'fe80::1',
      '224.0.0.1',
      '0.0.0.0',
      'x',
    ];
    const { services, ignored } = parseResponse(response(TXT, addresses), SENDER);
    expect(services).toEqual([]);
    expect(ignored).toHaveLength(1);
    expect(parseResponse(response(TXT, ['127.0.0.1']), '127.0.0.1').services).toHaveLength(1);
  });

  test('D9: has at most 8 addresses, and its sender when it names none', () => {
    const many = Array.from({ length: 20 }, (_, index) => `10.0.0.${index + 1}`);
    expect(parseResponse(response(TXT, many), SENDER).services[0]?.addresses).toHaveLength(8);
    expect(parseResponse(response(TXT, []), SENDER).services[0]?.addresses).toEqual([SENDER]);
  });

  test('D7: that ends a service is a goodbye and nothing else', () => {
    const advert = {
      id: 'lab',
      name: 'Lab',
      port: 1,
      at: null,
      members: 0,
      access: 'open',
      locked: true,
    } as const;
    const answers = goodbyeOf(recordsOf(advert, dnsNames('Lab', 'ab'), ['10.0.0.7']));
    expect(parseResponse({ answers, additionals: [] }, SENDER)).toEqual({
      services: [],
      goodbyes: ['lab (ab)._lanyard._tcp.local'],
      ignored: [],
    });
  });

  test('D9: of anything at all never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(NAME, ...TXT, 'host.local'),
    );
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    const record = fc.record(
      {
        name: fc.oneof(text, fc.anything()),
        type: fc.constantFrom('PTR', 'SRV', 'TXT', 'A', 'AAAA', 'OPT', 'UNKNOWN_99'),
        ttl: fc.oneof(fc.nat(), fc.anything()),
        data: fc.oneof(
          text,
          bytes,
          fc.array(fc.oneof(text, bytes)),
          fc.record({ port: fc.integer(), target: text }),
          fc.anything(),
        ),
      },
      { requiredKeys: [] },
    );
    const packet = fc.oneof(
      fc.anything(),
      fc.record({
        answers: fc.array(record),
        additionals: fc.array(fc.oneof(record, fc.anything())),
      }),
    );
    fc.assert(
      fc.property(packet, fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (value, sender) => {
        const heard = parseResponse(value, sender);
        for (const { addresses, port } of heard.services) {
          expect(addresses.length).toBeGreaterThan(0);
          expect(port).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
