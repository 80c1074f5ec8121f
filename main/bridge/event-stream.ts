import type { BridgeEvent, Snapshot } from '../../preload/contract.ts';
import { throwLater } from '../errors.ts';

/** One ordered stream of events for any number of listeners, each begun with a snapshot. */
export class EventStream {
  readonly #listeners = new Set<(event: BridgeEvent) => void>();
  readonly #snapshot: () => Snapshot;

  constructor(snapshot: () => Snapshot) {
    this.#snapshot = snapshot;
  }

  /** A listener that cannot take an event in fails alone: the others hear it, and the caller goes on. */
  readonly emit = (event: BridgeEvent): void => {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        throwLater(error);
      }
    }
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
