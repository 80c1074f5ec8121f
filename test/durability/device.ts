/** A device without windows and without discovery: its rooms, and what it keeps in a folder. */
import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { BridgeEvent } from '../../preload/contract.ts';
import type { Discovery } from '../../main/discovery/discovery.ts';
import { Rooms } from '../../main/rooms/rooms.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { Storage } from '../../main/storage/storage.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { identityOf } from '../support/identities.ts';
import { talkOf, textsOf } from './lanyard.ts';

/** Nobody is found: rooms are joined by address. */
const NO_DISCOVERY: Discovery = {
  advertise: () => ({ update: () => undefined, stop: () => Promise.resolve() }),
  browse: () => ({ stop: () => undefined }),
  stop: () => Promise.resolve(),
};

export class Device {
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly events: BridgeEvent[] = [];
  #isOff = false;

  /** Starts it over a folder; it is turned off with the test at the latest. */
  constructor(folder: string, name: string) {
    this.storage = openSqliteStorage(folder);
    this.rooms = new Rooms({
      discovery: NO_DISCOVERY,
      storage: this.storage,
      // Whoever has the folder is the same device.
      identity: identityOf(folder),
      transport: 'tls',
      listenAt: null,
      trustedProxies: [],
      ownName: () => name,
      emit: (event) => this.events.push(event),
      onSaid: () => undefined,
      onProblem: (problem) => {
        throw problem;
      },
    });
    onTestFinished(() => this.turnOff());
  }

  /** Ends it, as quitting does; harmless when called twice. */
  async turnOff(): Promise<void> {
    if (this.#isOff) return;
    this.#isOff = true;
    await this.rooms.stop();
    this.storage.close();
  }

  /** What it keeps of what was said in the one room it knows. */
  get kept(): readonly Entry[] {
    const [room] = this.storage.rooms();
    return room ? talkOf(room).after(0, 1_000) : [];
  }

  get texts(): readonly string[] {
    return textsOf(this.kept);
  }

  /** Resolves once it keeps exactly these. */
  async keeps(...texts: readonly string[]): Promise<void> {
    while (this.texts.join('\n') !== texts.join('\n')) await turn();
  }
}
