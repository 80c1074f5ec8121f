/** The contract over a WebSocket to the process that served this page. */
import type { Bridge, BridgeEvent, CallName, CallReply } from '../preload/contract.ts';
import { LOST } from './lost.ts';
import type { ShellState } from './state.ts';

/** Waits between attempts to reach the process again, in ms; the last one repeats. */
const BACKOFF_MS = [250, 500, 1_000, 2_000, 5_000];

/** After this many attempts without an answer the process counts as stopped. */
const STOPPED_AFTER = 3;

/** The process said that it is going (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;

/** What the process sends; it is the one that served this page, so it is trusted. */
type Frame = { readonly id: number; readonly reply: CallReply } | { readonly event: BridgeEvent };

/** Opens the bridge and keeps it open: after a loss it comes back with a new snapshot. */
export function connectSocketBridge(address: URL, onShell: (shell: ShellState) => void): Bridge {
  const listeners = new Set<(event: BridgeEvent) => void>();
  const calls = new Map<number, (reply: CallReply) => void>();
  let socket: WebSocket | null = null;
  let lastCall = 0;
  let attempts = 0;

  function connect(): void {
    const opening = new WebSocket(address);
    opening.addEventListener('open', () => {
      attempts = 0;
      socket = opening;
    });
    opening.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const frame: Frame = JSON.parse(data);
      if ('event' in frame) {
        for (const listener of listeners) listener(frame.event);
      } else {
        calls.get(frame.id)?.(frame.reply);
        calls.delete(frame.id);
      }
    });
    opening.addEventListener('close', ({ code }) => {
      socket = null;
      for (const answer of calls.values()) answer(LOST);
      calls.clear();
      onShell(code === GOING_AWAY || attempts >= STOPPED_AFTER ? 'stopped' : 'reconnecting');
      setTimeout(connect, BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length - 1)]);
      attempts += 1;
    });
  }

  return {
    call<Name extends CallName>(name: Name, args: unknown): Promise<CallReply<Name>> {
      return new Promise((resolve) => {
        const open = socket;
        // A reply carries the id of its call, so it is the reply of that very call.
        const answer = resolve as (reply: CallReply) => void;
        if (open === null) {
          answer(LOST);
          return;
        }
        lastCall += 1;
        calls.set(lastCall, answer);
        open.send(JSON.stringify({ id: lastCall, call: name, args }));
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1 && socket === null && attempts === 0) connect();
      return () => listeners.delete(listener);
    },
  };
}
