/** Whose connection it is, as far as its transport tells. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { memberIdOfCertificate } from '../identity/member-key.ts';
import type { MemberId } from '../model/member.ts';
import { HTTP_REFUSALS } from './http-refusals.ts';
import type { HttpRefusal } from './http-refusals.ts';

/** Who calls: a member whose key TLS has proven (I2), or one that has yet to sign the nonce (I4). */
export type Caller =
  | { readonly by: 'key'; readonly member: MemberId; readonly address: string }
  | { readonly by: 'nonce'; readonly nonce: string; readonly address: string };

/** Who sent a request from this address, or why nobody can tell: a member is known by its key (I2). */
export function callerOf({ socket }: IncomingMessage, address: string): Caller | HttpRefusal {
  if (!(socket instanceof TLSSocket)) return { by: 'nonce', nonce: randomUUID(), address };
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return HTTP_REFUSALS.noCertificate;
  const member = memberIdOfCertificate(certificate.raw);
  return member === null ? HTTP_REFUSALS.certificateUnusable : { by: 'key', member, address };
}
