import type { Doorkeeper } from '../../main/hub/engine/doorkeeper.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { MemberId } from '../../main/model/member.ts';

/** Knows whose each connection is; nobody brings a passphrase. */
export function keyDoorkeeper(keyOf: (connection: ConnectionId) => MemberId): Doorkeeper {
  return {
    identityOf: (connection) => ({
      member: keyOf(connection),
      inviteHash: null,
      passphrase: null,
    }),
    begin: nobody,
    isWaiting: () => false,
    finish: nobody,
    withProof: (_, greeting) => greeting,
    forget: () => undefined,
  };
}

function nobody(): never {
  throw new Error('nobody brings a passphrase');
}
