/** Whose connection it is, as far as its transport tells. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';
import { memberIdOfCertificate } from '../identity/member-key.ts';
import type { MemberId } from '../protocol/messages.ts';
import type { CertificateCheck } from './admission.ts';

/** Who calls: one whose key TLS has proven (I2), or one who is yet to sign the nonce (I4). */
export type Caller =
  | { readonly by: 'key'; readonly member: MemberId; readonly address: string }
  | { readonly by: 'nonce'; readonly nonce: string; readonly address: string };

/** Reads the certificate of a request's connection. */
export function certificateOf({ socket }: IncomingMessage): {
  readonly check: CertificateCheck;
  readonly member: MemberId | null;
} {
  if (!(socket instanceof TLSSocket)) return { check: 'fine', member: null };
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { check: 'missing', member: null };
  const member = memberIdOfCertificate(certificate.raw);
  return { check: member === null ? 'unusable' : 'fine', member };
}

/** The caller of a connection from this address, whose key is null where there is no TLS. */
export function callerOf(member: MemberId | null, address: string): Caller {
  return member === null
    ? { by: 'nonce', nonce: randomUUID(), address }
    : { by: 'key', member, address };
}

/** Who guesses from one address: of IPv6 a device has as many as it likes within its /64. */
export function guesserAt(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':');
  const missing = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = address.includes('::')
    ? [...groups, ...Array.from({ length: missing }, () => '0'), ...tail.split(':')]
    : groups;
  return all.slice(0, 4).join(':');
}
