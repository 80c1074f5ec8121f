/**
 * One simulated connection between a member and the hub: each direction keeps its order, takes its
 * time, may stall or die; either side may go away with or without the other noticing.
 */
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import type { LeaveReason } from '../../main/model/member.ts';
import type { ClientMessage, HubMessage } from '../../main/wire/messages.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A hub hears nothing for this long before it gives a member up (B2). */
const HUB_PATIENCE_MS = 17_000;
/** A member hears nothing for this long before it gives the hub up (B3). */
const MEMBER_PATIENCE_MS = 18_000;

/** What the two sides are told. */
export interface LinkEnds {
  hubReceives(message: ClientMessage): void;
  hubLoses(reason: LeaveReason): void;
  memberReceives(message: HubMessage): void;
  memberLoses(reason: DisconnectReason): void;
}

/** One direction. */
class Pipe {
  /** Sent and not delivered. */
  waiting = 0;
  readonly #time: VirtualTime;
  readonly #delay: () => number;
  #held: (() => void)[] | null = null;
  #freeAt = 0;

  constructor(time: VirtualTime, delay: () => number) {
    this.#time = time;
    this.#delay = delay;
  }

  get stalled(): boolean {
    return this.#held !== null;
  }

  put(delivery: () => void): void {
    this.waiting += 1;
    this.#freeAt = Math.max(this.#freeAt, this.#time.now + this.#delay());
    this.#time.at(this.#freeAt, () => {
      if (this.#held) this.#held.push(delivery);
      else this.#deliver(delivery);
    });
  }

  stall(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of held) this.#deliver(delivery);
  }

  #deliver(delivery: () => void): void {
    this.waiting -= 1;
    delivery();
  }
}

export class Link {
  readonly up: Pipe;
  readonly down: Pipe;
  readonly #time: VirtualTime;
  readonly #ends: LinkEnds;
  #hubOpen = true;
  #memberOpen = true;
  /** Set when a reset took what was under way with it. */
  #upLost = false;
  #downLost = false;

  constructor(time: VirtualTime, delay: () => number, ends: LinkEnds) {
    this.#time = time;
    this.#ends = ends;
    this.up = new Pipe(time, delay);
    this.down = new Pipe(time, delay);
  }

  get isOpen(): boolean {
    return this.#hubOpen && this.#memberOpen;
  }

  get hubOpen(): boolean {
    return this.#hubOpen;
  }

  sendUp(message: ClientMessage): void {
    if (!this.#memberOpen) return;
    this.up.put(() => {
      if (this.#hubOpen && !this.#upLost) this.#ends.hubReceives(message);
    });
  }

  sendDown(message: HubMessage): void {
    if (!this.#hubOpen) return;
    this.down.put(() => {
      if (this.#memberOpen && !this.#downLost) this.#ends.memberReceives(message);
    });
  }

  /** The member closes and hears nothing any more; what it sent before arrives. */
  closeByMember(): void {
    this.#memberOpen = false;
    this.up.put(() => this.#hubLoses('lost'));
  }

  /** The hub closes; what it sent before arrives. */
  closeByHub(reason: DisconnectReason): void {
    this.#hubOpen = false;
    this.down.put(() => this.#memberLoses(reason));
  }

  /** The member's machine is gone without a word; what it sent before arrives. */
  vanishMember(): void {
    this.#memberOpen = false;
    this.#time.after(HUB_PATIENCE_MS, () => this.#hubLoses('lost'));
  }

  /** The hub's machine is gone without a word; what it sent before arrives. */
  vanishHub(): void {
    this.#hubOpen = false;
    this.#time.after(MEMBER_PATIENCE_MS, () => this.#memberLoses('connection-lost'));
  }

  /** Breaks the connection; `first` sees it at once, the other when word gets there. */
  reset(first: 'member' | 'hub' | 'both', losesWhatIsUnderWay: boolean): void {
    this.#upLost ||= losesWhatIsUnderWay;
    this.#downLost ||= losesWhatIsUnderWay;
    if (first !== 'hub') {
      this.#memberLoses('connection-lost');
      this.up.put(() => this.#hubLoses('lost'));
    }
    if (first !== 'member') {
      this.#hubLoses('lost');
      this.down.put(() => this.#memberLoses('connection-lost'));
    }
  }

  /** Nothing gets through any more in these directions, and nobody says so. */
  freeze(direction: 'up' | 'down' | 'both'): void {
    if (direction !== 'down') {
      this.up.stall();
      this.#time.after(HUB_PATIENCE_MS, () => {
        if (this.up.stalled && this.#hubOpen) this.reset('hub', false);
      });
    }
    if (direction !== 'up') {
      this.down.stall();
      this.#time.after(MEMBER_PATIENCE_MS, () => {
        if (this.down.stalled && this.#memberOpen) this.reset('member', false);
      });
    }
  }

  thaw(): void {
    this.up.resume();
    this.down.resume();
  }

  #hubLoses(reason: LeaveReason): void {
    if (!this.#hubOpen) return;
    this.#hubOpen = false;
    this.#ends.hubLoses(reason);
  }

  #memberLoses(reason: DisconnectReason): void {
    if (!this.#memberOpen) return;
    this.#memberOpen = false;
    this.#ends.memberLoses(reason);
  }
}
