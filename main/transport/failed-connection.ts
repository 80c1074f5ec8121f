import type { DisconnectReason } from '../model/error-codes.ts';
import type { Connection, ConnectionListener } from '../replica/link.ts';

/** A connection that never comes about: the listener hears why once this has returned. */
export function failedConnection(
  listener: ConnectionListener,
  reason: DisconnectReason,
): Connection {
  let isClosed = false;
  queueMicrotask(() => {
    if (!isClosed) listener.closed(reason);
  });
  return {
    send: () => undefined,
    close() {
      isClosed = true;
    },
  };
}
