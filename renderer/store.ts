import type { BridgeEvent } from '../preload/contract.ts';
import type { LocalAction, State } from './state.ts';
import { reduce } from './state.ts';

/** What can change the state. */
export type StoreEvent = BridgeEvent | LocalAction;

/** The one place that holds the state. Whoever listens is told what changed it, after every change. */
export interface Store {
  readonly state: State;
  dispatch(event: StoreEvent): void;
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** A store that starts with this state. */
export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<(event: StoreEvent) => void>();
  return {
    get state() {
      return state;
    },
    dispatch(event) {
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
