import type { BridgeEvent, Snapshot } from '../../preload/contract.ts';

/** One ordered stream of events for any number of listeners, each begun with a snapshot. */
export class EventStream {
  readonly #listeners = new Set<(event: BridgeEvent) => void>();
  readonly #snapshot: () => Snapshot;

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
  }

  readonly emit = (event: BridgeEvent): void => {
    for (const listener of this.#listeners) listener(event);
  };

  /** The snapshot and the first event after it belong to the same turn: nothing falls between. */
  subscribe(listener: (event: BridgeEvent) => void): () => void {
    listener({ type: 'snapshot', snapshot: this.#snapshot() });
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
