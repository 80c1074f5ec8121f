import type { Bridge, Snapshot } from '../../../preload/contract.ts';

/** How everything stands now. */
export function snapshotOf(bridge: Bridge): Promise<Snapshot> {
  return new Promise((resolve) => {
    const unsubscribe = bridge.subscribe((event) => {
      if (event.type !== 'snapshot') return;
      resolve(event.snapshot);
      queueMicrotask(() => unsubscribe());
    });
  });
}
