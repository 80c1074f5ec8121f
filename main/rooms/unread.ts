/** What others said in a room and this person has not seen (E5). */
import type { Unread as Counts } from '../model/room.ts';

/** Further unread messages than these are not counted. */
const UNREAD_MAX = 1_000;

export class Unread {
  #read: number;
  #list: { readonly id: string; readonly seq: number; readonly mention: boolean }[] = [];

  /** `read` is the newest item that was seen. */
  constructor(read: number) {
    this.#read = read;
  }

  /** The newest item that was seen. */
  get read(): number {
    return this.#read;
  }

  get counts(): Counts {
    const mentions = this.#list.filter(({ mention }) => mention).length;
    return { count: this.#list.length, mentions };
  }

  /** Another person said this; it counts once, until it is read. */
  add(id: string, seq: number, mention: boolean): void {
    const isNew = seq > this.#read && !this.#list.some((each) => each.id === id);
    if (isNew && this.#list.length < UNREAD_MAX) this.#list.push({ id, seq, mention });
  }

  /** It says nothing any more. */
  drop(id: string): void {
    this.#list = this.#list.filter((each) => each.id !== id);
  }

  /** Everything up to `seq` has been seen. */
  markRead(seq: number): void {
    this.#read = Math.max(this.#read, seq);
    this.#list = this.#list.filter((each) => each.seq > seq);
  }

  /** There is nothing after `last` any more. */
  cut(last: number): void {
    this.#read = Math.min(this.#read, last);
    this.#list = this.#list.filter((each) => each.seq <= last);
  }

  /** Another log begins; what is in it when this device comes in counts as read. */
  reset(seq: number): void {
    this.#read = seq;
    this.#list = [];
  }
}
