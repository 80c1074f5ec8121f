/** Time that passes as fast as things can happen in it. */
interface Appointment {
  readonly at: number;
  /** Keeps what is due at the same moment in the order it was arranged. */
  readonly order: number;
  readonly action: () => void;
}

export class VirtualTime {
  /** ms since the simulation began. */
  now = 0;
  #arranged = 0;
  /** A binary heap: every appointment is due no later than its two children. */
  readonly #heap: Appointment[] = [];

  at(time: number, action: () => void): void {
    this.#arranged += 1;
    this.#heap.push({ at: Math.max(time, this.now), order: this.#arranged, action });
    this.#rise(this.#heap.length - 1);
  }

  after(ms: number, action: () => void): void {
    this.at(this.now + ms, action);
  }

  /** Lets everything happen that is due until then. */
  runUntil(time: number): void {
    for (let next = this.#heap[0]; next && next.at <= time; next = this.#heap[0]) {
      this.#removeFirst();
      this.now = next.at;
      next.action();
    }
    this.now = time;
  }

  #rise(index: number): void {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, child)) return;
      child = parent;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const smaller = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#swapUnlessOrdered(parent, smaller)) return;
      parent = smaller;
    }
  }

  #isBefore(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [above, below] = [this.#heap[parent], this.#heap[child]];
    if (above === undefined || below === undefined || !this.#isBefore(child, parent)) return false;
    this.#heap[parent] = below;
    this.#heap[child] = above;
    return true;
  }
}
