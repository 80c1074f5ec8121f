/**
 * The host's own connection to its hub: the same messages, no network (one code path for all). It
 * goes through a MessagePort, so that the hub may run in a thread of its own.
 */
import type { MessagePort } from 'node:worker_threads';
import type { CloseName } from '../protocol/close-codes.ts';
import type { HubMessage } from '../protocol/messages.ts';
import type { Connection, ConnectionListener } from '../transport/connection.ts';
import type { Peer, PeerListener } from './peer.ts';

/** What the hub puts through the port; the host puts frames through it. */
type FromHub = { readonly messages: readonly HubMessage[] } | { readonly closed: CloseName };

/** The hub's end. */
export function hostPeer(port: MessagePort, listener: PeerListener): Peer {
  let closed = false;
  const put = (what: FromHub) => port.postMessage(what);
  port.on('message', (frame: string) => listener.frame(frame));
  port.on('close', () => {
    if (!closed) listener.closed(true);
    closed = true;
  });
  return {
    send: (message) => put({ messages: [message] }),
    sendBatch: ({ items }) => put({ messages: items.map(({ message }) => message) }),
    isTooSlow: () => false,
    close(reason) {
      put({ closed: reason });
      port.close();
    },
  };
}

/** The host's end. */
export function hostConnection(port: MessagePort, listener: ConnectionListener): Connection {
  let open = true;
  port.on('message', (what: FromHub) => {
    if (!open) return;
    if ('messages' in what) {
      for (const message of what.messages) listener.message(message);
      return;
    }
    open = false;
    listener.closed(what.closed);
  });
  port.on('close', () => {
    if (open) listener.closed('connection-lost');
    open = false;
  });
  queueMicrotask(() => {
    if (open) listener.opened();
  });
  return {
    send(message) {
      if (open) port.postMessage(JSON.stringify(message));
    },
    close() {
      open = false;
      port.close();
    },
  };
}
