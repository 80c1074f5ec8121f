/**
 * The host's own connection to its hub: the same frames, no network (one code path for all). It
 * goes through a MessagePort, so that the hub may run in a thread of its own.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Peer, PeerListener } from '../hub/engine/peer.ts';
import type { CloseName } from '../model/error-codes.ts';
import { encodeClientMessage, encodeGreeting, encodeHubMessage } from '../wire/encode.ts';
import { parseHubMessage } from '../wire/parse.ts';
import type { Connection, ConnectionListener } from '../replica/link.ts';

/** What the hub puts through the port; the host puts frames through it. */
type FromHub = { readonly frames: readonly string[] } | { readonly closed: CloseName };

/** The hub's end. */
export function hostPeer(port: MessagePort, listener: PeerListener): Peer {
  let closed = false;
  const put = (what: FromHub) => port.postMessage(what);
  let frames: string[] = [];
  /** In one message a turn (O19), and after what goes over the network: waking the app takes time. */
  const queue = (...some: readonly string[]) => {
    if (frames.length === 0) setImmediate(flush);
    frames.push(...some);
  };
  const flush = () => {
    if (frames.length > 0) put({ frames });
    frames = [];
  };
  port.on('message', (frame: string) => listener.frame(frame));
  port.on('close', () => {
    if (!closed) listener.closed(true);
    closed = true;
  });
  return {
    welcome: (greeting, roster) => {
      queue(encodeGreeting(greeting) + roster.ending);
    },
    send: (message) => queue(encodeHubMessage(message)),
    // Texts that are made for the others anyway cross to another thread for less than objects.
    sendBatch: ({ items }) => queue(...items.map(({ text }) => text)),
    isTooSlow: () => false,
    close(reason) {
      flush();
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
    if ('frames' in what) {
      for (const frame of what.frames) hear(frame);
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
  function hear(frame: string) {
    if (!open) return;
    const parsed = parseHubMessage(frame);
    if (parsed.ok) {
      listener.message(parsed.message);
      return;
    }
    // What is kept of the room holds what this version cannot read: there is no going on.
    open = false;
    port.close();
    listener.closed('bad-message');
  }
  return {
    send(message) {
      if (open) port.postMessage(encodeClientMessage(message));
    },
    close() {
      open = false;
      port.close();
    },
  };
}
