/** What every view is built with. */
import type { Bridge, CallName, Calls } from '../../preload/contract.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Strings } from '../strings/en.ts';
import type { Times } from '../times.ts';

export interface Context {
  readonly store: Store;
  readonly bridge: Bridge;
  readonly words: Strings;
  readonly times: Times;
  /** True when the shell shows notifications itself, outside the page. */
  readonly ownNotifications: boolean;
  /** Calls the bridge; a refusal is shown above everything, and null comes back. */
  readonly ask: <Name extends CallName>(
    name: Name,
    args: Calls[Name]['args'],
  ) => Promise<Calls[Name]['result'] | null>;
}

/** A part of the window. */
export interface View {
  readonly element: HTMLElement;
  /** Brings the element in step with the state; cheap when nothing of it changed. */
  draw(state: State): void;
  /** Stops timers and observers of a view that is taken away. */
  end?(): void;
}
