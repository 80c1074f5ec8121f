/** What a person sees of a room: what was said, and in its place what was done in the room. */
import { classOf, referred } from '../events/event.ts';
import { imported } from '../events/imported.ts';
import type { Line } from '../export/line.ts';
import type { CheckedEntry as Row } from '../model/entry.ts';
import type { MemberId } from '../model/member.ts';
import type { Copy } from '../replica/copy.ts';
import type { CheckedEntry, Entry } from '../timeline/entry.ts';
import { ActPlaces } from './act-places.ts';
import { actRow } from './act-row.ts';
import { TalkRows } from './talk-rows.ts';

/** How far apart acts stand between two things that were said. */
const STEP = 1 / 2 ** 20;

/** What there is to tell of items that just came. */
export interface News {
  readonly added: readonly Row[];
  /** Earlier rows that are others by them, or stand elsewhere. */
  readonly changed: readonly Row[];
  /** True when earlier rows are there no more: all are to be shown anew. */
  readonly isAnother: boolean;
}

export interface RowsOptions {
  readonly talk: Copy;
  readonly acts: Copy;
  readonly you: MemberId;
  readonly founder: MemberId;
  /** True when the room has nothing before the first item here: what was done before that has its place here. */
  readonly isWhole: () => boolean;
}

export class Rows {
  readonly #talk: Copy;
  readonly #acts: ActPlaces;
  readonly #talkRows: TalkRows;
  readonly #isWhole: () => boolean;

  constructor({ talk, acts, you, founder, isWhole }: RowsOptions) {
    this.#talk = talk;
    this.#acts = new ActPlaces(acts, founder);
    this.#talkRows = new TalkRows(talk, you, founder);
    this.#isWhole = isWhole;
  }

  /** At most `limit` rows below this place, oldest first, and whether the copy has older ones. */
  before(place: number, limit: number): { readonly rows: readonly Row[]; readonly isAll: boolean } {
    // One more than is given tells whether there are more.
    for (let wanted = Math.min(limit + 1, Number.MAX_SAFE_INTEGER); ; wanted *= 2) {
      const items = this.#talk.before(Math.ceil(place), wanted);
      const rows = rowsIn(this.#linesOf(items, place)).filter(({ seq }) => seq < place);
      if (rows.length > limit) return { rows: rows.slice(-limit), isAll: false };
      if (items.length < wanted) return { rows, isAll: true };
    }
  }

  /** Every item of both logs, each in its place. */
  lines(): readonly Line[] {
    return this.#linesOf(this.#talk.after(0, Number.MAX_SAFE_INTEGER), Infinity);
  }

  /** What items that just came, the last of their log, change of the rows. */
  of(entries: readonly CheckedEntry[]): News {
    const [first] = entries;
    if (!first) return { added: [], changed: [], isAnother: false };
    this.#acts.follow();
    return classOf(first.kind) === 'act' ? this.#ofActs(entries) : this.#ofTalk(entries, first);
  }

  /** The row of a message, with what is doubted of it. */
  message(entry: Entry): Row {
    const [checked] = this.#talk.before(entry.seq + 1, 1);
    return this.#talkRows.message(checked?.id === entry.id ? checked : entry);
  }

  #ofTalk(entries: readonly CheckedEntry[], first: CheckedEntry): News {
    const rows = rowsIn(this.#linesOf(entries, Infinity));
    const fresh = new Set(entries.map(({ id }) => id));
    const there = new Set(rows.map(({ id }) => id));
    const told = this.#toldAfter(this.#talk.before(first.seq, 1).at(-1));
    return {
      added: rows.filter(({ id }) => fresh.has(id)),
      changed: [
        ...this.#changedBy(entries),
        // What was done last is found to have been done after this was said.
        ...rows.filter(({ id, seq }) => !fresh.has(id) && seq > first.seq),
      ],
      isAnother: told.some(({ id }) => !there.has(id)),
    };
  }

  /** The acts that stood after this item while it was the last. */
  #toldAfter(last: CheckedEntry | undefined): readonly Row[] {
    const { hidden } = this.#acts;
    const done = Math.max(last ? this.#acts.under(last) : 0, hidden);
    return this.#acts.between(done, this.#acts.last).flatMap((act) => actRow(act, 0) ?? []);
  }

  #changedBy(entries: readonly CheckedEntry[]): readonly Row[] {
    const touched = new Set<string>();
    for (const entry of entries) {
      const to = entry.doubt === undefined ? referred(entry, 'to') : undefined;
      if (to !== undefined) touched.add(this.#messageOf(to));
    }
    for (const { id } of entries) touched.delete(id);
    const changed = [...touched].flatMap((id) => {
      const target = this.#talk.find(id);
      // As it is shown, which is not always as it is found.
      const [item] = target ? this.#talk.before(target.seq + 1, 1) : [];
      return item && classOf(item.kind) === 'message' ? item : [];
    });
    return [...this.#talkRows.of(changed).values()];
  }

  /** A redaction may be about a reaction: then it is that one's message that changes. */
  #messageOf(id: string): string {
    const target = this.#talk.find(id);
    const to = target && classOf(target.kind) === 'relation' ? referred(target, 'to') : undefined;
    return to ?? id;
  }

  /** Acts that just came: what was said under them may have come before. */
  #ofActs(entries: readonly CheckedEntry[]): News {
    const isAnother = entries.some((act) => this.#acts.clears(act));
    const fresh = new Set(entries.map(({ id }) => id));
    const oldest = entries[0]?.seq ?? 0;
    for (let count = 1; ; count *= 8) {
      const items = this.#talk.before(Infinity, count);
      const [first] = items;
      if (!first || items.length < count || this.#acts.under(first) < oldest) {
        const rows = rowsIn(this.#linesOf(items, Infinity));
        return { added: rows.filter(({ id }) => fresh.has(id)), changed: [], isAnother };
      }
    }
  }

  /** These items, the acts that stand before each, and those after the last that are below this place. */
  #linesOf(items: readonly CheckedEntry[], below: number): readonly Line[] {
    const acts = this.#acts;
    acts.follow();
    const rows = this.#talkRows.of(items);
    const [next] = this.#talk.after(Math.ceil(below) - 1, 1);
    const first = items[0] ?? next;
    const before = first ? this.#talk.before(first.seq, 1).at(-1) : undefined;
    const { start } = this.#talk;
    let place = before?.seq ?? start.seq;
    let done = before ? acts.under(before) : 0;
    let { hidden } = acts;
    // What was done before the copy begins has its place with what was said then.
    if (first && !before && start.seq > 0 && !this.#isWhole()) {
      hidden = Math.max(hidden, acts.under(first));
    }
    const lines: Line[] = [];
    const put = (until: number) => {
      for (const [index, act] of acts.between(done, until).entries()) {
        const row = act.seq > hidden ? actRow(act, place + (index + 1) * STEP) : null;
        lines.push({ entry: act, row });
      }
      done = Math.max(done, until);
    };
    for (const item of items) {
      const under = acts.under(item);
      // What held in a room that was brought over was not done again.
      if (item.kind === imported.name) hidden = Math.max(hidden, under);
      put(under);
      place = item.seq;
      lines.push({ entry: item, row: rows.get(item.seq) ?? null });
    }
    put(next ? acts.under(next) : acts.last);
    return lines;
  }
}

function rowsIn(lines: readonly Line[]): readonly Row[] {
  return lines.flatMap(({ row }) => row ?? []);
}
