/** What one person's machine has of its own: a clock that may be set, a disk, and chance. */
import type { SeededRandom } from '../support/seeded-random.ts';
import type { Disk } from './disk.ts';
import type { VirtualTime } from './virtual-time.ts';

/** 21 November 2026; far from 0, so that no clock goes below it. */
const BEGINNING = Date.UTC(2026, 10, 21);

export class Device {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly disk: Disk;
  #clockOff = 0;

  constructor(time: VirtualTime, random: SeededRandom, disk: Disk) {
    this.time = time;
    this.random = random;
    this.disk = disk;
  }

  /** ms since 1970 as this device has it. */
  get now(): number {
    return Math.floor(BEGINNING + this.time.now + this.#clockOff);
  }

  setClock(by: number): void {
    this.#clockOff += by;
  }
}
