/** Which ways for a connection to end are final. */
import type { ConnectFailure, DisconnectReason } from '../model/error-codes.ts';
import { CLOSE_REASONS } from '../protocol/close-codes.ts';
import { isAdmissionRefusal } from '../wire/refusals.ts';

/** What a failure to connect, or a lost connection, means for trying again by itself. */
const IS_FINAL: Readonly<Record<ConnectFailure, boolean>> = {
  unreachable: false,
  'refused-connection': false,
  'address-not-found': false,
  'timed-out': false,
  'not-a-room': false,
  'wrong-room': true,
  'connection-lost': false,
  'too-many-connections': false,
  'host-key-changed': true,
  'wrong-host': true,
  'host-not-proven': true,
  'log-forged': true,
  'hub-failed': true,
  'certificate-untrusted': false,
  'certificate-refused': true,
};

/** True when trying again by itself would be wrong (C2). */
export function isFinal(reason: DisconnectReason): boolean {
  if (isFailure(reason)) return IS_FINAL[reason];
  return isAdmissionRefusal(reason) || CLOSE_REASONS[reason].final;
}

function isFailure(reason: DisconnectReason): reason is ConnectFailure {
  return Object.hasOwn(IS_FINAL, reason);
}
