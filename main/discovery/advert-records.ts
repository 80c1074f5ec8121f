import type { Advert } from './discovery.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';

/** The DNS-SD service type every room is announced under (D1). */
export const SERVICE_TYPE = '_lanyard._tcp.local';

/** The TXT keys that carry a room's name in pieces, in order (D2). */
export const NAME_KEYS = ['name', 'name2', 'name3', 'name4'] as const;

/** A DNS label holds at most this many bytes (RFC 1035). */
const LABEL_MAX_BYTES = 63;

/** A TXT string, `key=value`, holds at most this many bytes (RFC 6763). */
const TXT_STRING_MAX_BYTES = 255;

/** How long other software may list a room whose host vanished, in seconds (D6). */
const TTL_SECONDS = 120;

/** One resource record as bonjour-service's server keeps and sends it. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'PTR' | 'SRV' | 'TXT' | 'A' | 'AAAA';
  readonly ttl: number;
  /** Nobody else owns this record: caches replace what they had (RFC 6762, 10.2). */
  readonly flush: boolean;
  readonly data: string | readonly Buffer[] | { readonly port: number; readonly target: string };
}

/** The names that a room has in DNS as long as it is announced, whatever it is renamed to. */
export interface DnsNames {
  readonly instance: string;
  readonly target: string;
}

/**
 * Names for a room (D1). `tag` is unique on the network: a second claim to a name would silence the
 * first. Each room has a host name of its own, so that its goodbye takes no other's address away.
 */
export function dnsNames(roomName: string, tag: string): DnsNames {
  const suffix = ` (${tag})`;
  // A dot would end the label: names are dotted text on their way to the encoder.
  const label = roomName.replaceAll('.', '-');
  const beginning = cutToBytes(label, LABEL_MAX_BYTES - suffix.length).trimEnd();
  return { instance: `${beginning}${suffix}.${SERVICE_TYPE}`, target: `lanyard-${tag}.local` };
}

/** What is announced about a room on an interface that has these addresses (D1-D3); nothing where it is not reached. */
export function recordsOf(
  advert: Advert,
  { instance, target }: DnsNames,
  addresses: readonly string[],
): DnsRecord[] {
  const ttl = TTL_SECONDS;
  const reached = addresses.filter((address) => advert.at === null || address === advert.at);
  if (advert.at !== null && reached.length === 0) return [];
  return [
    { name: SERVICE_TYPE, type: 'PTR', ttl, flush: false, data: instance },
    { name: instance, type: 'SRV', ttl, flush: true, data: { port: advert.port, target } },
    { name: instance, type: 'TXT', ttl, flush: true, data: txtOf(advert) },
    ...reached.map((address): DnsRecord => {
      const type = address.includes(':') ? 'AAAA' : 'A';
      return { name: target, type, ttl, flush: true, data: address };
    }),
  ];
}

/** The record that lists the service type for software that browses for types. */
export const TYPE_RECORD: DnsRecord = {
  name: '_services._dns-sd._udp.local',
  type: 'PTR',
  ttl: TTL_SECONDS,
  flush: false,
  data: SERVICE_TYPE,
};

/** The same records saying that they hold no longer (D7). */
export function goodbyeOf(records: readonly DnsRecord[]): DnsRecord[] {
  return records.map((record) => ({ ...record, ttl: 0 }));
}

function txtOf(advert: Advert): Buffer[] {
  const strings = ['txtvers=1', `id=${advert.id}`, `proto=${PROTOCOL_VERSION}`];
  if (advert.members !== null) strings.push(`n=${advert.members}`);
  strings.push(`access=${advert.access}`, `lock=${advert.locked ? 1 : 0}`);
  let rest = advert.name;
  for (const key of NAME_KEYS) {
    const piece = cutToBytes(rest, TXT_STRING_MAX_BYTES - key.length - 1);
    if (piece !== '') strings.push(`${key}=${piece}`);
    rest = rest.slice(piece.length);
  }
  return strings.map((string) => Buffer.from(string));
}

/** The longest beginning of `text` of at most `max` UTF-8 bytes; no code point is split. */
function cutToBytes(text: string, max: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > max) break;
    end += character.length;
  }
  return text.slice(0, end);
}
