import type { BridgeEvent } from '../preload/contract.ts';
import type { LocalAction, State } from './state.ts';
import { reduce } from './state.ts';

/** The one place that holds the state. Whoever listens is told after every change. */
export interface Store {
  readonly state: State;
  dispatch(event: BridgeEvent | LocalAction): void;
  subscribe(listener: () => void): () => void;
}

/** A store that starts with this state. */
export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    dispatch(event) {
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
