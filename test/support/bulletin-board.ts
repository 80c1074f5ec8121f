import type { Advert, Discovery, FoundRoom } from '../../main/discovery/discovery.ts';

/** Discovery inside one process: what one app advertises, those who share the board find. */
export class BulletinBoard {
  readonly #adverts = new Map<string, Advert>();
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

  #rooms(): readonly FoundRoom[] {
    return Array.from(this.#adverts.values(), ({ port, ...advert }) => ({
      ...advert,
      version: 1,
      addresses: [`127.0.0.1:${port}`],
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
