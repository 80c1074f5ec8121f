import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { Advert, Discovery, FoundRoom } from '../../main/discovery/discovery.ts';

/** Discovery inside one process: what one app advertises, those who share the board find. */
export class BulletinBoard {
  readonly #adverts = new Map<string, Advert>();
  readonly #others = new Map<string, readonly number[]>();
  readonly #readers = new Set<() => void>();

  /** One app's view of the board. */
  discovery(): Discovery {
    return {
      advertise: (advert) => {
        this.#pin(advert);
        return {
          update: (change) => {
            const pinned = this.#adverts.get(advert.id);
            if (pinned) this.#pin({ ...pinned, ...change });
          },
          stop: async () => {
            this.#adverts.delete(advert.id);
            this.#tell();
          },
        };
      },
      browse: (listener) => {
        const read = () => listener(this.#rooms());
        this.#readers.add(read);
        read();
        return { stop: () => this.#readers.delete(read) };
      },
      stop: async () => undefined,
    };
  }

  /** From now on this room is said to be at these ports, and not at its own. */
  announceOnlyAt(id: string, ports: readonly number[]): void {
    this.#others.set(id, ports);
    this.#tell();
  }

  #rooms(): readonly FoundRoom[] {
    return Array.from(this.#adverts.values(), ({ port, ...advert }) => ({
      ...advert,
      version: PROTOCOL_VERSION,
      addresses: (this.#others.get(advert.id) ?? [port]).map((it) => `127.0.0.1:${it}`),
    }));
  }

  #pin(advert: Advert): void {
    this.#adverts.set(advert.id, advert);
    this.#tell();
  }

  #tell(): void {
    for (const read of this.#readers) read();
  }
}
