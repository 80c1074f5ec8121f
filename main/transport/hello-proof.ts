/** Without TLS between them, a client proves its key to the hub by signing what the hub made up (I4). */
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { verifySignature } from '../identity/signatures.ts';
import type { MemberId } from '../model/member.ts';

/** What a hello says of whose it is. */
export interface HelloProof {
  readonly key: MemberId;
  readonly proof: string;
}

/** Proves that this device holds its key, to the hub that made up the nonce. */
export function helloProof(identity: DeviceIdentity, nonce: string): HelloProof {
  return { key: identity.id, proof: identity.sign(contentOf(nonce)) };
}

/** Whether the proof is of that key and for this nonce. Never throws. */
export function isProven({ key, proof }: HelloProof, nonce: string): boolean {
  return verifySignature(key, contentOf(nonce), proof);
}

function contentOf(nonce: string): string {
  return `lanyard hello 1\n${nonce}`;
}
