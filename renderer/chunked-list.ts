/**
 * An immutable list that grows at both ends. A new version shares all but one chunk with the
 * old one, so adding a line to a log of ten thousand copies at most CHUNK of them.
 */
const CHUNK = 128;

export interface ChunkedList<Item> {
  readonly chunks: readonly (readonly Item[])[];
  readonly length: number;
}

/** The list of these items. */
export function chunked<Item>(items: readonly Item[]): ChunkedList<Item> {
  return append({ chunks: [], length: 0 }, items);
}

/** The list with these items after its last. */
export function append<Item>(list: ChunkedList<Item>, items: readonly Item[]): ChunkedList<Item> {
  if (items.length === 0) return list;
  const chunks = [...list.chunks];
  const tail = chunks.at(-1);
  let from = 0;
  if (tail !== undefined && tail.length < CHUNK) {
    from = CHUNK - tail.length;
    chunks[chunks.length - 1] = [...tail, ...items.slice(0, from)];
  }
  for (; from < items.length; from += CHUNK) chunks.push(items.slice(from, from + CHUNK));
  return { chunks, length: list.length + items.length };
}

/** The list with these items before its first. */
export function prepend<Item>(list: ChunkedList<Item>, items: readonly Item[]): ChunkedList<Item> {
  if (items.length === 0) return list;
  return { chunks: [items, ...list.chunks], length: list.length + items.length };
}

/** The list without the chunks that its newest `count` items do not need; the list itself when it needs all. */
export function keepNewest<Item>(list: ChunkedList<Item>, count: number): ChunkedList<Item> {
  let { length } = list;
  let dropped = 0;
  for (const chunk of list.chunks) {
    if (length - chunk.length < count) break;
    length -= chunk.length;
    dropped += 1;
  }
  return dropped === 0 ? list : { chunks: list.chunks.slice(dropped), length };
}

/** The items from index `from` up to and without `to`, both clamped to the list. */
export function slice<Item>(list: ChunkedList<Item>, from: number, to: number): readonly Item[] {
  const found: Item[] = [];
  let start = 0;
  for (const chunk of list.chunks) {
    if (start >= to) break;
    const end = start + chunk.length;
    if (end > from) found.push(...chunk.slice(Math.max(0, from - start), to - start));
    start = end;
  }
  return found;
}

/** The list with another item for each that matches; the list itself when none does. */
export function replace<Item>(
  list: ChunkedList<Item>,
  matches: (item: Item) => boolean,
  other: (item: Item) => Item,
): ChunkedList<Item> {
  let found = false;
  const chunks = list.chunks.map((chunk) => {
    if (!chunk.some(matches)) return chunk;
    found = true;
    return chunk.map((item) => (matches(item) ? other(item) : item));
  });
  return found ? { ...list, chunks } : list;
}

/** The first item, if there is one. */
export function first<Item>(list: ChunkedList<Item>): Item | undefined {
  return list.chunks[0]?.[0];
}

/** The last item, if there is one. */
export function last<Item>(list: ChunkedList<Item>): Item | undefined {
  return list.chunks.at(-1)?.at(-1);
}

/** From the end to the start. */
export function* backwards<Item>(list: ChunkedList<Item>): Generator<Item> {
  for (const chunk of list.chunks.toReversed()) yield* chunk.toReversed();
}

/** How many items come before the first that is `far`; all after that one are. */
export function countUntil<Item>(list: ChunkedList<Item>, far: (item: Item) => boolean): number {
  let count = 0;
  for (const chunk of list.chunks) {
    const end = chunk.at(-1);
    if (end !== undefined && far(end)) return count + chunk.findIndex(far);
    count += chunk.length;
  }
  return count;
}
