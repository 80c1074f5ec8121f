/**
 * The host's disk as the hub's engine has it: what was committed is on its way for a while, and is
 * gone when the power goes meanwhile.
 */
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import type { EngineStore } from '../../main/hub/engine/engine-store.ts';
import type { Device } from './device.ts';

/** How long writing to the disk may take, in ms; a busy one takes its time. */
const WRITE_MS = 30;
const BUSY_MS = 1_000;

export interface HubDiskOptions {
  readonly device: Device;
  readonly hub: EngineStore;
  /** A process that ended neither writes nor hears. */
  readonly isUp: () => boolean;
  /** This is written now. */
  readonly onWritten: (changes: HubChanges) => void;
  /** This was not taken, for the disk is full. */
  readonly onRefused: (changes: HubChanges) => void;
  /** All that was committed is written, and the hub has heard so. */
  readonly onRest: () => void;
}

export class HubDisk implements EngineStore {
  readonly #options: HubDiskOptions;
  #onItsWay: HubChanges[] = [];
  #flushes = 0;

  constructor(options: HubDiskOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#onItsWay.length > 0;
  }

  log(conversation: string): ReturnType<EngineStore['log']> {
    return this.#options.hub.log(conversation);
  }

  epochs(): ReturnType<EngineStore['epochs']> {
    return this.#options.hub.epochs();
  }

  addEpoch(...epoch: Parameters<EngineStore['addEpoch']>): void {
    this.#options.hub.addEpoch(...epoch);
  }

  inviteUses(): ReturnType<EngineStore['inviteUses']> {
    return this.#options.hub.inviteUses();
  }

  known(): ReturnType<EngineStore['known']> {
    return this.#options.hub.known();
  }

  commit(changes: HubChanges): void {
    const { device, isUp, onRefused } = this.#options;
    if (!isUp()) return;
    try {
      device.disk.check();
    } catch (error) {
      onRefused(changes);
      throw error;
    }
    this.#onItsWay.push(changes);
  }

  flush(done: () => void): void {
    const { time, random } = this.#options.device;
    const ms = random.between(0, random.chance(0.1) ? BUSY_MS : WRITE_MS);
    this.#flushes += 1;
    time.after(ms, () => {
      if (!this.#options.isUp()) return;
      this.#flushes -= 1;
      this.flushNow();
      done();
      if (this.#flushes === 0) this.#options.onRest();
    });
  }

  flushNow(): void {
    for (const changes of this.#onItsWay.splice(0)) {
      this.#options.onWritten(changes);
      this.#options.hub.commit(changes);
    }
  }

  /** The process ends; what it had written survives it, unless the power has gone. */
  end(silent: boolean): void {
    if (!silent) this.flushNow();
    this.#onItsWay = [];
  }
}
