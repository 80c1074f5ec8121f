/**
 * Connections that are on their way in, by where they come from. Nobody holds the door with them: a
 * source has only so many, and past the bound in all the oldest from wherever most come from has to
 * go, so that a newcomer from elsewhere always gets in.
 */
export class HalfOpen<Connection> {
  readonly #most: number;
  readonly #mostPerSource: number;
  /** The oldest first. */
  readonly #bySource = new Map<string, Set<Connection>>();
  readonly #sources = new Map<Connection, string>();

  /** At most so many in all, and from one source. */
  constructor(most: number, mostPerSource: number) {
    this.#most = most;
    this.#mostPerSource = mostPerSource;
  }

  /** True when no further one from this source may be added. */
  isFull(source: string): boolean {
    return (this.#bySource.get(source)?.size ?? 0) >= this.#mostPerSource;
  }

  /** Counts one in that is not counted yet; returns the one that has to go for it, counted out. */
  add(connection: Connection, source: string): Connection | null {
    const here = this.#bySource.get(source) ?? new Set();
    this.#bySource.set(source, here.add(connection));
    this.#sources.set(connection, source);
    if (this.#sources.size <= this.#most) return null;
    const [oldest] = this.#largest();
    if (oldest === undefined) return null;
    this.remove(oldest);
    return oldest;
  }

  /** Counts it out; harmless when it is not counted. */
  remove(connection: Connection): void {
    const source = this.#sources.get(connection);
    if (source === undefined) return;
    this.#sources.delete(connection);
    const here = this.#bySource.get(source);
    here?.delete(connection);
    if (here?.size === 0) this.#bySource.delete(source);
  }

  /** Those of the source with the most; among equals of the one that came first. */
  #largest(): ReadonlySet<Connection> {
    let largest: ReadonlySet<Connection> = new Set();
    for (const here of this.#bySource.values()) if (here.size > largest.size) largest = here;
    return largest;
  }
}
