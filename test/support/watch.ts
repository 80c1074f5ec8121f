/** Lets a test wait for something that is looked for again whenever anything has happened. */
export class Watch {
  readonly #looks = new Set<() => void>();

  happened(): void {
    for (const look of this.#looks) look();
  }

  /** The first thing found, at once or later; rejects when looking throws. */
  until<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          const found = find();
          if (found === undefined) return;
          resolve(found);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        this.#looks.delete(look);
      };
      this.#looks.add(look);
      look();
    });
  }
}
