/** Why a connection could not be made or did not last, and whether to try again. */
import { CLOSE_REASONS } from '../protocol/close-codes.ts';
import type { CloseName } from '../protocol/close-codes.ts';

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
} as const;

/** Why no connection came about, or why it broke without the hub saying so. */
export type ConnectFailure = keyof typeof FAILURES;

/** Any way for a connection to end. */
export type DisconnectReason = CloseName | ConnectFailure;

/** For a person: what happened and what to do next. */
export function sentenceFor(reason: DisconnectReason): string {
  return isFailure(reason) ? FAILURES[reason] : CLOSE_REASONS[reason].sentence;
}

/** True when trying again by itself would be wrong (C2). */
export function isFinal(reason: DisconnectReason): boolean {
  return isFailure(reason) ? reason === 'wrong-room' : CLOSE_REASONS[reason].final;
}

function isFailure(reason: DisconnectReason): reason is ConnectFailure {
  return Object.hasOwn(FAILURES, reason);
}
