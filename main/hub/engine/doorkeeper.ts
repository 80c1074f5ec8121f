import type { HubMessage } from '../../wire/messages.ts';
import type { Refusal } from '../../wire/refusals.ts';
import type { Greeting, Hello, Identity } from '../hub-types.ts';
import type { ConnectionId } from '../roster.ts';

/** Tells whose hello it is and whether they know the passphrase: the crypto of coming in (I2, I4, K2-K4). */
export interface Doorkeeper {
  /** Null when the hello does not prove whose it is (I4). */
  identityOf(connection: ConnectionId, hello: Hello): Identity | null;
  /**
   * Answers a proof's beginning; with null when it failed in a way the host was told of. `now` is ms
   * of a clock that never goes back.
   */
  begin(
    connection: ConnectionId,
    hello: Hello,
    now: number,
    answer: (message: Extract<HubMessage, { type: 'passphrase' }> | Refusal | null) => void,
  ): void;
  isWaiting(connection: ConnectionId): boolean;
  /** The hello of a newcomer who proved right; null for one who did not. */
  finish(
    connection: ConnectionId,
    finish: string,
    proof: string,
  ): { readonly hello: Hello; readonly identity: Identity } | null;
  /** A greeting as it goes to this connection: after a proof it has the hub's own (K3). */
  withProof(connection: ConnectionId, greeting: Greeting): Greeting;
  /** The connection is over. */
  forget(connection: ConnectionId): void;
}
