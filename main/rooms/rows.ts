/** What a person sees of a room: what was said, with all that was done to it, and what was done in the room. */
import { clear } from '../events/clear.ts';
import { classOf, referred } from '../events/event.ts';
import { imported } from '../events/imported.ts';
import type { ImportedBody } from '../events/imported.ts';
import { moderation } from '../events/moderation.ts';
import { bodyOf } from '../events/kind.ts';
import { passphrase } from '../events/passphrase.ts';
import { redaction } from '../events/redaction.ts';
import { settings } from '../events/settings.ts';
import { ACT_NAMES } from '../model/act-names.ts';
import type { ActName } from '../model/act-names.ts';
import type { CheckedEntry as Row } from '../model/entry.ts';
import type { MemberId } from '../model/member.ts';
import { deedOf } from '../policy/act.ts';
import type { Copy } from '../replica/copy.ts';
import type { CheckedEntry, Entry } from '../timeline/entry.ts';
import { project } from '../timeline/project.ts';

/** How much of a message is shown where another one answers it, in UTF-16 units. */
const QUOTED_UNITS = 200;

/** How far apart acts stand between two things that were said. */
const STEP = 1 / 2 ** 20;

type Checked = CheckedEntry;

export class Rows {
  readonly #talk: Copy;
  readonly #acts: Copy;
  readonly #you: MemberId;
  /** Whose word counts on what another person said in protocol 1 (E8). */
  readonly #trusted: ReadonlySet<MemberId>;

  constructor(talk: Copy, acts: Copy, you: MemberId, founder: MemberId) {
    this.#talk = talk;
    this.#acts = acts;
    this.#you = you;
    this.#trusted = new Set([you, founder]);
  }

  /** At most `limit` rows below this place, oldest first, and whether the copy has older ones. */
  before(place: number, limit: number): { readonly rows: readonly Row[]; readonly isAll: boolean } {
    // One more than is given tells whether there are more.
    for (let wanted = Math.min(limit + 1, Number.MAX_SAFE_INTEGER); ; wanted *= 2) {
      const items = this.#talk.before(Math.ceil(place), wanted);
      const rows = this.#rowsOf(items, place);
      if (rows.length > limit) return { rows: rows.slice(-limit), isAll: false };
      if (items.length < wanted) return { rows, isAll: true };
    }
  }

  /** The rows of items that just came, and the earlier rows that are others by them. */
  of(entries: readonly Checked[]): {
    readonly added: readonly Row[];
    readonly changed: readonly Row[];
  } {
    const [first] = entries;
    if (!first) return { added: [], changed: [] };
    if (classOf(first.kind) === 'act') return { added: this.#actsAfter(entries), changed: [] };
    const touched = new Set<string>();
    for (const entry of entries) {
      const to = entry.doubt === undefined ? referred(entry, 'to') : undefined;
      if (to !== undefined) touched.add(this.#messageOf(to));
    }
    for (const { id } of entries) touched.delete(id);
    const changed = [...touched].flatMap((id) => {
      const target = this.#talk.find(id);
      const [row] = target ? this.#talk.before(target.seq + 1, 1) : [];
      return row && classOf(row.kind) === 'message' ? [this.#messageRow(row)] : [];
    });
    return { added: entries.flatMap((entry) => this.#talkRow(entry) ?? []), changed };
  }

  /** The row of a message, with what is doubted of it. */
  message(entry: Entry): Row {
    const [checked] = this.#talk.before(entry.seq + 1, 1);
    return this.#messageRow(checked?.id === entry.id ? checked : entry);
  }

  /** A redaction may be about a reaction: then it is that one's message that changes. */
  #messageOf(id: string): string {
    const target = this.#talk.find(id);
    const to = target && classOf(target.kind) === 'relation' ? referred(target, 'to') : undefined;
    return to ?? id;
  }

  /** These items, the acts that stand before each, and those after the last that are below this place. */
  #rowsOf(items: readonly Checked[], below: number): readonly Row[] {
    const acts = this.#acts.after(0, Number.MAX_SAFE_INTEGER);
    const under = underIn(acts);
    const hidden = hiddenIn(acts);
    const [first] = items;
    const before = first ? this.#talk.before(first.seq, 1).at(-1) : undefined;
    const { start } = this.#talk;
    // What was done before the copy begins has its place with what was said then.
    const isCut = first !== undefined && before === undefined && start.seq > 0;
    let place = before?.seq ?? start.seq;
    let done = isCut ? under(first) : before ? under(before) : 0;
    const rows: Row[] = [];
    const put = (until: number) => {
      for (const [index, act] of acts.slice(done, until).entries()) {
        if (done + index < hidden) continue;
        rows.push(...this.#actRow(act, place + (index + 1) * STEP));
      }
      done = Math.max(done, until);
    };
    for (const item of items) {
      // What held in a room that was brought over was not done again.
      if (item.kind === imported.name) done = Math.max(done, under(item));
      else put(under(item));
      place = item.seq;
      rows.push(...(this.#talkRow(item) ?? []));
    }
    const [next] = this.#talk.after(Math.ceil(below) - 1, 1);
    put(next ? under(next) : acts.length);
    return rows.filter(({ seq }) => seq < below);
  }

  /** Acts that just came: what was said under them may have come before. */
  #actsAfter(entries: readonly Checked[]): readonly Row[] {
    const acts = this.#acts.after(0, Number.MAX_SAFE_INTEGER);
    const under = underIn(acts);
    const fresh = new Set(entries.map(({ id }) => id));
    const old = acts.findIndex(({ id }) => fresh.has(id));
    for (let count = 1; ; count *= 8) {
      const items = this.#talk.before(Infinity, count);
      const [first] = items;
      if (!first || items.length < count || under(first) <= old) {
        return this.#rowsOf(items, Infinity).filter(({ id }) => fresh.has(id));
      }
    }
  }

  #talkRow(entry: Checked): readonly Row[] | null {
    switch (classOf(entry.kind)) {
      case 'message':
        return [this.#importedAct(entry) ?? this.#messageRow(entry)];
      case 'relation':
        return this.#redactionRow(entry);
      default:
        return null;
    }
  }

  /** That a message was removed stands where it was done. */
  #redactionRow(entry: Checked): readonly Row[] | null {
    const target =
      entry.kind === redaction.name ? this.#talk.find(referred(entry, 'to') ?? '') : null;
    if (!target || classOf(target.kind) !== 'message') return null;
    return [{ ...headOf(entry), kind: 'act', act: 'redact', on: target.id, onName: target.name }];
  }

  /** An item that was brought over, if its word counts. */
  #importedBody(entry: Checked): ImportedBody | null {
    return this.#trusted.has(entry.person) && entry.doubt === undefined
      ? bodyOf(imported, entry)
      : null;
  }

  #importedAct(entry: Checked): Row | null {
    const old = this.#importedBody(entry);
    if (!old?.act) return null;
    const { name, on, onName } = old.act;
    // Protocol 1 had another name for it.
    const named = name === 'strike' ? 'redact' : name;
    const act = ACT_NAMES.find((known) => known === named) ?? 'unknown';
    return { ...this.#headOf(entry), kind: 'act', act, on, onName };
  }

  #headOf(entry: Checked) {
    const old = this.#importedBody(entry);
    const head = headOf(entry);
    return old ? { ...head, from: old.from, name: old.name, written: old.written } : head;
  }

  #messageRow(entry: Checked): Row {
    const view = project(entry, this.#talk.relations([entry.id]));
    const { says, editedAt, answers, reactions, pinned } = view;
    const answered = answers === null ? null : this.#quoted(answers);
    return {
      ...this.#headOf(entry),
      kind: 'said',
      text: says.as === 'text' ? says.text : says.as === 'unknown' ? (says.fallback ?? '') : '',
      ...(says.as === 'redacted' && { redacted: true }),
      ...(says.as === 'unknown' && { unknown: true }),
      ...(editedAt !== null && { editedAt }),
      ...(answered && { answers: answered }),
      ...(reactions.length > 0 && {
        reactions: reactions.map(({ emoji, by }) => ({
          emoji,
          names: by.map(({ name }) => name),
          mine: by.find(({ person }) => person === this.#you)?.id ?? null,
        })),
      }),
      ...(pinned && { pinned }),
    };
  }

  #quoted(
    id: string,
  ): { readonly id: string; readonly name: string; readonly text: string } | null {
    const entry = this.#talk.find(id);
    if (!entry) return null;
    const { says } = project(entry, this.#talk.relations([id]));
    const text = says.as === 'text' ? says.text.slice(0, QUOTED_UNITS) : '';
    return { id, name: entry.name, text };
  }

  #actRow(entry: Checked, seq: number): readonly Row[] {
    const shown = actOf(entry);
    return shown ? [{ ...headOf(entry), seq, kind: 'act', ...shown }] : [];
  }
}

/** How many of these acts were done when an item was said. */
function underIn(acts: readonly Checked[]): (item: Checked) => number {
  const links = new Map(acts.map(({ link }, index) => [link, index + 1]));
  return ({ policy }) => links.get(policy) ?? 0;
}

/** How many of these acts are not told: what made the room, and what was cleared away with the log (L9). */
function hiddenIn(acts: readonly Checked[]): number {
  const [first, second] = acts;
  const made = first ? bodyOf(settings, first) : null;
  const isGuarded =
    made?.access === undefined && second?.kind === passphrase.name && second.epoch === first?.epoch;
  const founding = made?.name === undefined ? 0 : isGuarded ? 2 : 1;
  return Math.max(founding, acts.findLastIndex(({ kind }) => kind === clear.name) + 1);
}

function headOf({ id, seq, at, person, name, written, doubt }: Checked) {
  const head = { id, seq, at, from: person, name, written };
  return doubt === undefined ? head : { ...head, doubt };
}

/** What is told of an act, null for one that shows by itself. */
function actOf(
  entry: Checked,
): { readonly act: ActName; readonly on: string; readonly onName: string } | null {
  const moderated = bodyOf(moderation, entry);
  if (moderated) return { act: moderated.act, on: moderated.person, onName: moderated.name };
  const deed = deedOf(entry);
  switch (deed.do) {
    case 'set': {
      const { locked, slowSeconds, access } = deed.settings;
      if (access !== undefined) return { act: 'access', on: access, onName: '' };
      if (locked !== undefined) return { act: locked ? 'lock' : 'unlock', on: '', onName: '' };
      return slowSeconds === undefined
        ? null
        : { act: 'slow', on: String(slowSeconds), onName: '' };
    }
    case 'passphrase':
      return { act: 'access', on: 'passphrase', onName: '' };
    case 'topic':
      return { act: 'topic', on: deed.text, onName: '' };
    case 'unknown':
      return { act: 'unknown', on: '', onName: '' };
    default:
      return null;
  }
}
