import type { DisconnectReason } from '../model/error-codes.ts';
import type { Target } from './address.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import type { Connect, Connection, ConnectionListener, JudgeHost } from '../replica/link.ts';
import { connectWebSocket } from './ws-connection.ts';

/** A device answers there, but not the room's host: what its host should hear of before anything else. */
const TELLING: ReadonlySet<DisconnectReason> = new Set(['host-key-changed', 'wrong-host']);

/**
 * Connects to the first of several addresses of one room that answers as its host, in their order:
 * an impostor at one of them keeps nobody from the others. `onReached` is told which one it was.
 */
export function connectAny(
  targets: () => readonly Target[],
  identity: DeviceIdentity,
  judgeHost: JudgeHost,
  onReached: (target: Target) => void = () => undefined,
): Connect {
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
      current = connectWebSocket(target, identity, judgeHost, {
        opened() {
          opened = true;
          onReached(target);
          listener.opened();
        },
        message: (message) => listener.message(message),
        closed(reason) {
          if (closed) return;
          if (opened) listener.closed(reason);
          else tryNext(index + 1, TELLING.has(last) ? last : reason);
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
