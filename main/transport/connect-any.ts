import type { DisconnectReason } from '../client/disconnects.ts';
import type { Target } from './address.ts';
import type { Connect, Connection, ConnectionListener } from './connection.ts';
import { connectWebSocket } from './ws-connection.ts';

/** Connects to the first of several addresses of one room that answers, in their order. */
export function connectAny(targets: () => readonly Target[]): Connect {
  return (listener: ConnectionListener): Connection => {
    const candidates = targets();
    let current: Connection | null = null;
    let closed = false;

    const tryNext = (index: number, last: DisconnectReason) => {
      const target = candidates[index];
      if (target === undefined) {
        listener.closed(last);
        return;
      }
      let opened = false;
      current = connectWebSocket(target, {
        opened() {
          opened = true;
          listener.opened();
        },
        message: (message) => listener.message(message),
        closed(reason) {
          if (closed) return;
          if (opened) listener.closed(reason);
          else tryNext(index + 1, reason);
        },
      });
    };
    queueMicrotask(() => {
      if (!closed) tryNext(0, 'unreachable');
    });
    return {
      send: (message) => current?.send(message),
      close() {
        closed = true;
        current?.close();
      },
    };
  };
}
