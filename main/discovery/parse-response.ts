/** An mDNS response becomes rooms here and nowhere else; anybody on the network can send one. */
import * as v from 'valibot';
import { isReachable } from './addresses.ts';
import { SERVICE_TYPE } from './advert-records.ts';
import { parseTxt, type TxtRoom } from './parse-txt.ts';

/** Records of one packet that are looked at; a packet of 9,000 bytes hardly holds more. */
const RECORDS_MAX = 512;

/** Addresses one room may have (D9). */
export const ADDRESSES_MAX = 8;

/** A service that was announced whole: which room it carries and where. */
export interface HeardService extends TxtRoom {
  /** The instance's full name in lower case: DNS does not tell ASCII case apart. */
  readonly service: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** What one response told. */
export interface Heard {
  readonly services: readonly HeardService[];
  /** Services that ended. */
  readonly goodbyes: readonly string[];
  /** Why services were not believed, for debugging a network. */
  readonly ignored: readonly string[];
}

const name = v.pipe(v.string(), v.transform(lowerCase));
const ttl = v.number();
const bytes = v.union([v.string(), v.instance(Uint8Array)]);
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const RECORD = v.variant('type', [
  v.object({ type: v.literal('PTR'), name, ttl, data: name }),
  v.object({ type: v.literal('SRV'), name, ttl, data: v.object({ port, target: name }) }),
  v.object({ type: v.literal('TXT'), name, ttl, data: v.array(bytes) }),
  v.object({ type: v.picklist(['A', 'AAAA']), name, ttl, data: v.string() }),
]);
type DnsRecord = v.InferOutput<typeof RECORD>;

const PACKET = v.object({ answers: v.array(v.unknown()), additionals: v.array(v.unknown()) });

/** Reads a decoded response packet that came from the address `sender`. Never throws. */
export function parseResponse(packet: unknown, sender: string): Heard {
  const records = recordsIn(packet);
  const valid = records.filter((record) => record.ttl > 0);
  const texts = new Map<string, readonly (string | Uint8Array)[]>();
  const hosts = new Map<string, readonly string[]>();
  for (const record of valid) {
    if (record.type === 'TXT') texts.set(record.name, record.data);
    if (record.type === 'A' || record.type === 'AAAA') {
      hosts.set(record.name, [...(hosts.get(record.name) ?? []), record.data]);
    }
  }
  const services: HeardService[] = [];
  const ignored: string[] = [];
  for (const record of valid) {
    if (record.type !== 'SRV' || !record.name.endsWith(`.${SERVICE_TYPE}`)) continue;
    const room = parseTxt(texts.get(record.name) ?? []);
    // A responder that sends no address with the service is taken to be where the room is.
    const told = hosts.get(record.data.target) ?? [sender];
    const addresses = told.filter((address) => isReachable(address, sender));
    if (typeof room === 'string') ignored.push(`${record.name}: ${room}`);
    else if (addresses.length === 0) ignored.push(`${record.name}: no address to reach it at`);
    else {
      services.push({
        ...room,
        service: record.name,
        port: record.data.port,
        addresses: [...new Set(addresses)].slice(0, ADDRESSES_MAX),
      });
    }
  }
  const goodbyes = records.flatMap((record) =>
    record.type === 'PTR' && record.name === SERVICE_TYPE && record.ttl === 0 ? record.data : [],
  );
  return { services, goodbyes, ignored };
}

function recordsIn(packet: unknown): DnsRecord[] {
  const parsed = v.safeParse(PACKET, packet);
  if (!parsed.success) return [];
  const values = [...parsed.output.answers, ...parsed.output.additionals].slice(0, RECORDS_MAX);
  return values.flatMap((value) => {
    const record = v.safeParse(RECORD, value);
    return record.success ? record.output : [];
  });
}

/** DNS tells no ASCII case apart, but that of other letters. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
