/** A connection that proves a passphrase to the hub on its way in, and has the hub prove it too (K3). */
import { throwLater } from '../errors.ts';
import { beginPassphrase } from '../passphrase/passphrase-attempt.ts';
import type { PassphraseAttempt } from '../passphrase/passphrase-attempt.ts';
import type { MemberId } from '../model/member.ts';
import type { HubMessage } from '../wire/messages.ts';
import type { Connect, Connection, ConnectionListener } from '../replica/link.ts';

export interface Passphrase {
  /** In its normal form. */
  readonly passphrase: string;
  readonly you: MemberId;
  /** The key of the host this connection leads to; null without TLS. */
  readonly hostKey: () => MemberId | null;
}

/** The same connection, with the proof; one that the hub does not answer in kind is given up. */
export function withPassphrase(
  connect: Connect,
  { passphrase, you, hostKey }: Passphrase,
): Connect {
  return (listener: ConnectionListener): Connection => {
    let attempt: PassphraseAttempt | null = null;
    /** The room the hub says it is, once this side has proven itself. */
    let provenTo: string | null = null;
    let isIn = false;
    let isClosed = false;

    const giveUp = (reason: 'passphrase-wrong' | 'host-not-proven' | 'connection-lost') => {
      if (isClosed) return;
      isClosed = true;
      connection.close();
      listener.closed(reason);
    };
    const onMessage = (message: HubMessage) => {
      if (message.type === 'passphrase') {
        const { room, response } = message;
        const ends = { room, client: you, hub: hostKey() ?? '' };
        const answer = attempt?.answer(response, ends);
        if (!answer) {
          giveUp('passphrase-wrong');
          return;
        }
        provenTo = room;
        connection.send({ type: 'passphrase', ...answer });
        return;
      }
      if (message.type === 'welcome' && !isIn) {
        const isProven = message.room.id === provenTo && attempt?.isHub(message.proof ?? '');
        if (!isProven) {
          giveUp('host-not-proven');
          return;
        }
        isIn = true;
      }
      listener.message(message);
    };
    const begin = async () => {
      try {
        attempt = await beginPassphrase(passphrase);
      } catch (error) {
        // Without OPAQUE, as when memory is short, nothing can be proven; a later attempt may be.
        giveUp('connection-lost');
        throwLater(error);
      }
      if (!isClosed) listener.opened();
    };
    const connection = connect({
      opened() {
        void begin();
      },
      message(message) {
        if (!isClosed) onMessage(message);
      },
      closed(reason) {
        if (isClosed) return;
        isClosed = true;
        listener.closed(reason);
      },
    });
    return {
      send(message) {
        const isHello = message.type === 'hello' && attempt !== null;
        connection.send(isHello ? { ...message, passphrase: attempt?.start ?? '' } : message);
      },
      close() {
        isClosed = true;
        connection.close();
      },
    };
  };
}
