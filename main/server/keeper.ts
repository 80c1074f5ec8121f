/** Writes what a hub changed: together what comes together, for what costs is the commit. */
import { LanyardError } from '../errors.ts';
import type { HubChanges, HubStore } from '../storage/hub-store.ts';
import { Unkept } from './unkept.ts';
import type { KeepEffect } from './unkept.ts';

/**
 * While many come, a commit waits for more so many times as long as one takes, but no longer than
 * this, in ms, and only while they follow each other within so many ms.
 */
const GATHERING = 2;
const LONGEST_GATHERING_MS = 2;
const FOLLOWING_MS = 0.2;

/** Who came in and under what name is written with what else comes, for nobody waits for it; in ms. */
const UNHURRIED_MS = 250;

export interface KeeperOptions {
  readonly store: HubStore;
  /** True when what is kept now could not be sent yet; `rested` is called once it can. */
  readonly awaitRested: () => boolean;
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
    else if (!this.#isGathering) this.#timer ??= setTimeout(() => this.now(), UNHURRIED_MS);
  }

  /**
   * Commits at the end of this turn. While many come, also what comes in the turns right after, and
   * whatever could not be sent yet anyway.
   */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    const most = Math.min(this.#commitMs * GATHERING, LONGEST_GATHERING_MS);
    const deadline = performance.now() + most;
    const look = (seen: number, seenAt: number) => {
      if (!this.#isGathering) return;
      const now = performance.now();
      if (this.#options.awaitRested()) return;
      const { size } = this.#unkept;
      const cameAt = size > seen ? now : seenAt;
      const isFollowed = now - cameAt < FOLLOWING_MS && now < deadline;
      const goesOn = this.#committed > 1 && isFollowed;
      if (goesOn) setImmediate(() => look(size, cameAt));
      else this.now();
    };
    setImmediate(() => look(0, 0));
  }

  /** What is kept can be sent now. */
  rested(): void {
    if (this.#isGathering) this.now();
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
