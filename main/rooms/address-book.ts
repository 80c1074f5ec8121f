/** The addresses of rooms: those discovery tells, those the person gave, and those from before. */
import type { RoomKey } from '../model/room.ts';
import type { FoundRoom } from '../discovery/discovery.ts';
import type { Storage } from '../storage/storage.ts';

/** How many addresses of one room are tried and remembered. */
const ADDRESSES_KEPT = 8;

/** A room of this device's list; its id is empty until it is known. */
interface Listed {
  readonly key: RoomKey;
  readonly id: string;
}

export class AddressBook {
  readonly #storage: Storage;
  /** The addresses the person gave for a room. */
  readonly #said = new Map<RoomKey, readonly string[]>();
  /** Where a room's host answered last. */
  readonly #answered = new Map<RoomKey, string>();
  /** What is announced on the network now. */
  found: readonly FoundRoom[] = [];

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The person gave these addresses for it. */
  say(key: RoomKey, addresses: readonly string[]): void {
    this.#said.set(key, addresses);
  }

  /** Its host answered there. */
  answered(key: RoomKey, address: string): void {
    this.#answered.set(key, address);
  }

  forget(key: RoomKey): void {
    this.#said.delete(key);
    this.#answered.delete(key);
  }

  /**
   * What to try: the addresses that are announced now come first, then those from before. The one its
   * host answered at last is always among them, however many impostors are announced.
   */
  toTry({ key, id }: Listed): readonly string[] {
    const said = this.#said.get(key) ?? [];
    const found = this.found.find((room) => room.id === id)?.addresses ?? [];
    const known = this.#storage.room(id)?.record.addresses ?? [];
    const likeliest = [...new Set([...found, ...said, ...known])].slice(0, ADDRESSES_KEPT);
    const answered = this.#answered.get(key) ?? known[0];
    if (answered === undefined || likeliest.includes(answered)) return likeliest;
    return [...likeliest.slice(0, ADDRESSES_KEPT - 1), answered];
  }

  /** What to remember of it, the address its host answered at last first. */
  toKeep(room: Listed): readonly string[] {
    const answered = this.#answered.get(room.key);
    const first = answered === undefined ? [] : [answered];
    return [...new Set([...first, ...this.toTry(room)])];
  }
}
