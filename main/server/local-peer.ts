/** The host's own connection to its hub: the same messages, no network (one code path for all). */
import type { HubMessage } from '../protocol/messages.ts';
import type { Connection, ConnectionListener } from '../transport/connection.ts';
import type { Peer, PeerListener } from './peer.ts';

/** Both ends of a connection inside one process; what is sent arrives in a later turn. */
export function localConnection(
  listener: ConnectionListener,
  hubSide: PeerListener,
): { readonly peer: Peer; readonly connection: Connection } {
  let open = true;
  const end = () => {
    open = false;
    setImmediate(() => hubSide.closed(true));
  };
  const send = (message: HubMessage) => {
    setImmediate(() => {
      if (open) listener.message(message);
    });
  };
  const peer: Peer = {
    send,
    sendBatch(batch) {
      for (const { message } of batch.items) send(message);
    },
    isTooSlow: () => false,
    close(reason) {
      setImmediate(() => {
        if (!open) return;
        end();
        listener.closed(reason);
      });
    },
  };
  const connection: Connection = {
    send(message) {
      const frame = JSON.stringify(message);
      setImmediate(() => {
        if (open) hubSide.frame(frame);
      });
    },
    close() {
      setImmediate(() => {
        if (open) end();
      });
    },
  };
  setImmediate(() => listener.opened());
  return { peer, connection };
}
