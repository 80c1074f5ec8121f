/** Writes what a hub changed: together what comes together, for what costs is the commit. */
import { LanyardError } from '../errors.ts';
import type { HubChanges, HubStore } from '../storage/hub-store.ts';
import { Unkept } from './unkept.ts';
import type { KeepEffect } from './unkept.ts';

/** Nothing that somebody waits for waits longer for others to be committed with, in ms. */
const LONGEST_GATHERING_MS = 2;

/** Who came in and under what name is written with what else comes, for nobody waits for it; in ms. */
const UNHURRIED_MS = 250;

/** How often it is looked whether the hub still rests, in ms. */
const LOOK_MS = 1;

export interface KeeperOptions {
  readonly store: HubStore;
  /** True when what is kept in so many ms would have to wait to be sent. */
  readonly isResting: (ahead: number) => boolean;
  readonly onStored: (changes: HubChanges) => void;
  /** Nothing of it was; `problem` is a storage-* (S7). */
  readonly onNotStored: (problem: LanyardError) => void;
}

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #unkept = new Unkept();
  #isGathering = false;
  #timer: NodeJS.Timeout | null = null;
  /** How much the last commit held, and how long it took in ms. */
  #committed = 0;
  #commitMs = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Nobody hears of an entry before it is safe (S7). */
  keep(effect: KeepEffect): void {
    this.#unkept.add(effect);
    if (effect.type !== 'keep-known') this.#gather();
    else if (!this.#isGathering && !this.#timer) this.#setTimer(UNHURRIED_MS, () => this.now());
  }

  /**
   * Commits at the end of this turn. While many come, also what comes in the turns right after, for
   * no longer than a commit takes, or for as long as it could not be sent anyway.
   */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    const deadline = performance.now() + Math.min(this.#commitMs, LONGEST_GATHERING_MS);
    const look = (seen: number) => {
      if (!this.#isGathering) return;
      if (this.#options.isResting(this.#commitMs + LOOK_MS)) {
        this.#setTimer(LOOK_MS, () => look(0));
        return;
      }
      const { size } = this.#unkept;
      const goesOn = this.#committed > 1 && size > seen && performance.now() < deadline;
      if (goesOn) setImmediate(() => look(size));
      else this.now();
    };
    setImmediate(() => look(0));
  }

  #setTimer(ms: number, then: () => void): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  /** Commits what waits. */
  now(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isGathering = false;
    if (this.#unkept.isEmpty) return;
    this.#committed = this.#unkept.size;
    const changes = this.#unkept.takeAll();
    const { store, onStored, onNotStored } = this.#options;
    const start = performance.now();
    try {
      store.commit(changes);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      onNotStored(error);
      return;
    }
    this.#commitMs = performance.now() - start;
    onStored(changes);
  }
}
