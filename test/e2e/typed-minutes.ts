import { createInterface } from 'node:readline';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** Calls back with every number typed to the program, in each of its threads. */
export function onTypedMinutes(listener: (minutes: number) => void): void {
  const channel = new BroadcastChannel('typed minutes');
  channel.unref();
  if (!isMainThread) {
    channel.addEventListener('message', (event) => {
      if (event instanceof MessageEvent) listener(Number(event.data));
    });
    return;
  }
  createInterface({ input: process.stdin }).on('line', (line) => {
    listener(Number(line));
    channel.postMessage(Number(line));
  });
  process.stdin.unref();
}
