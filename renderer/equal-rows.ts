/** A long list of rows that are all as high: only those around what is seen are in the page. */
import type { KeyedRows } from './dom.ts';
import { keyedRows, setAttribute } from './dom.ts';

/** The most rows that are in the page, one more when that has the focus: more than a screen is high. */
const WINDOW = 100;
/** How many of them are above what is seen at least; the window moves by as many. */
const MARGIN = 20;

/**
 * Keeps the children of `list`, which has `scroller` to itself, in step with a list, as `keyedRows`
 * does. How high one of them is, its style says as `--row`. `moved` is called when scrolling has
 * brought others.
 */
export function equalRows<Item>(
  scroller: HTMLElement,
  list: HTMLElement,
  rows: KeyedRows<Item>,
  moved: () => void,
): (items: readonly Item[]) => void {
  const items = new WeakMap<Element, string>();
  const show = keyedRows(list, {
    ...rows,
    create(item) {
      const element = rows.create(item);
      items.set(element, rows.key(item));
      return element;
    },
  });
  let all: readonly Item[] = [];
  let from = 0;

  function firstRow(): number {
    if (all.length <= WINDOW || scroller.scrollTop === 0) return 0;
    const seen = (scroller.scrollTop / scroller.scrollHeight) * all.length;
    return Math.max(0, (Math.floor(seen / MARGIN) - 1) * MARGIN);
  }

  /** What has the focus stays in the page, wherever one scrolls. */
  function focusedRow(): number {
    const row = [...list.children].find((child) => child.contains(document.activeElement));
    const key = row && items.get(row);
    return key === undefined ? -1 : all.findIndex((item) => rows.key(item) === key);
  }

  function place(): void {
    const focused = focusedRow();
    const isThere = (at: number) => (at >= from && at < from + WINDOW) || at === focused;
    const places = [...all.keys()].filter(isThere);
    const above = focused !== -1 && focused < from ? from - 1 : from;
    const below = all.length - places.length - above;
    show(all.filter((_, at) => isThere(at)));
    list.style.paddingBlock = `calc(${above} * var(--row)) calc(${below} * var(--row))`;
    if (all.length > WINDOW) tellPlaces(places);
  }

  /** Who hears the page hears of the others as well. */
  function tellPlaces(places: readonly number[]): void {
    for (const [index, row] of [...list.children].entries()) {
      setAttribute(row, 'aria-setsize', all.length);
      setAttribute(row, 'aria-posinset', (places[index] ?? 0) + 1);
    }
  }

  scroller.addEventListener(
    'scroll',
    () => {
      const next = firstRow();
      if (next === from) return;
      from = next;
      place();
      moved();
    },
    { passive: true },
  );

  return (next) => {
    all = next;
    from = firstRow();
    place();
  };
}
