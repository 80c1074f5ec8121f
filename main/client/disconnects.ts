/** Why a connection could not be made or did not last, and whether to try again. */
import { CLOSE_REASONS } from '../protocol/close-codes.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import type { AdmissionRefusal } from '../protocol/messages.ts';
import { ADMISSION_REFUSALS, isAdmissionRefusal } from '../protocol/refusals.ts';

const FAILURES = {
  unreachable: 'The room could not be reached. Check that you are on the same network.',
  'refused-connection':
    'Nothing answers at that address. Check the port, and that the host is running.',
  'address-not-found': 'No device has that name. Check the spelling of the address.',
  'timed-out': 'The room did not answer in time. Check the address and the firewall on both sides.',
  'not-a-room': 'Something else than a Lanyard room answers at that address. Check the port.',
  'wrong-room': 'Another room answers at that address now. Look for your room in the list nearby.',
  'connection-lost': 'The connection to the room was lost.',
  'too-many-connections': 'The room takes no more connections from here. Try again in a while.',
  'host-key-changed':
    'The room answers with another key than before. Ask its host whether that is so before you trust it.',
  'wrong-host':
    'The device that answers is not the one the invitation is from. Ask for a new one, in person.',
  'host-not-proven':
    'The room could not prove that it knows the passphrase. Somebody may pose as it: ask its host.',
  'hub-failed':
    'Something unexpected went wrong in the room. Try again in a moment, or open the room again.',
  'certificate-untrusted':
    'This device does not trust the certificate at that address. Try the address without wss:// in front, or ask the person who runs it.',
  'certificate-refused':
    'The room could not use the key of this device. Update Lanyard on both sides.',
} as const;

/** Why no connection came about, or why it broke without the hub saying so. */
export type ConnectFailure = keyof typeof FAILURES;

/** Any way for a connection to end. */
export type DisconnectReason = CloseName | ConnectFailure | AdmissionRefusal;

/** After these, trying again by itself would be wrong. */
const FINAL_FAILURES: ReadonlySet<ConnectFailure> = new Set([
  'wrong-room',
  'host-key-changed',
  'wrong-host',
  'host-not-proven',
  'certificate-refused',
  'hub-failed',
]);

/** For a person: what happened and what to do next. */
export function sentenceFor(reason: DisconnectReason): string {
  if (isFailure(reason)) return FAILURES[reason];
  return isAdmissionRefusal(reason) ? ADMISSION_REFUSALS[reason] : CLOSE_REASONS[reason].sentence;
}

/** True when trying again by itself would be wrong (C2). */
export function isFinal(reason: DisconnectReason): boolean {
  if (isFailure(reason)) return FINAL_FAILURES.has(reason);
  return isAdmissionRefusal(reason) || CLOSE_REASONS[reason].final;
}

function isFailure(reason: DisconnectReason): reason is ConnectFailure {
  return Object.hasOwn(FAILURES, reason);
}
