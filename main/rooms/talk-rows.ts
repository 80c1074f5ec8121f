/** What was said, with all that was done to it, as a person sees it. */
import { classOf, referred } from '../events/event.ts';
import { imported } from '../events/imported.ts';
import type { ImportedBody } from '../events/imported.ts';
import { bodyOf } from '../events/kind.ts';
import { redaction } from '../events/redaction.ts';
import { ACT_NAMES } from '../model/act-names.ts';
import type { CheckedEntry as Row } from '../model/entry.ts';
import type { MemberId } from '../model/member.ts';
import type { Copy } from '../replica/copy.ts';
import type { CheckedEntry } from '../timeline/entry.ts';
import { project } from '../timeline/project.ts';
import { headOf } from './act-row.ts';

/** How much of a message is shown where another one answers it, in UTF-16 units. */
const QUOTED_UNITS = 200;

/** The relations of so many messages are read at once. */
const BATCH = 500;

/** What was done to a message, by its id. */
type RelatedTo = (id: string) => readonly CheckedEntry[];

export class TalkRows {
  readonly #talk: Copy;
  readonly #you: MemberId;
  /** Whose word counts on what another person said in protocol 1 (E8). */
  readonly #trusted: ReadonlySet<MemberId>;

  constructor(talk: Copy, you: MemberId, founder: MemberId) {
    this.#talk = talk;
    this.#you = you;
    this.#trusted = new Set([you, founder]);
  }

  /** The row of each item, by its seq; none of what changes another one alone. */
  of(items: readonly CheckedEntry[]): ReadonlyMap<number, Row> {
    const rows = new Map<number, Row>();
    for (let from = 0; from < items.length; from += BATCH) {
      const batch = items.slice(from, from + BATCH);
      const relatedTo = this.#relations(batch);
      for (const item of batch) {
        const row = this.#row(item, relatedTo);
        if (row) rows.set(item.seq, row);
      }
    }
    return rows;
  }

  /** The row of a message. */
  message(entry: CheckedEntry): Row {
    return this.#messageRow(entry, this.#relations([entry]));
  }

  /** What was done to these messages, and to those they answer, read in one go. */
  #relations(items: readonly CheckedEntry[]): RelatedTo {
    const messages = items.filter(({ kind }) => classOf(kind) === 'message');
    const ids = messages.flatMap((item) => [item.id, referred(item, 're') ?? []].flat());
    const related = this.#talk.relations([...new Set(ids)]);
    const byTarget = Map.groupBy(related, (each) => referred(each, 'to') ?? '');
    const direct = (id: string) => byTarget.get(id) ?? [];
    return (id) => [...direct(id), ...direct(id).flatMap((each) => direct(each.id))];
  }

  #row(entry: CheckedEntry, relatedTo: RelatedTo): Row | null {
    switch (classOf(entry.kind)) {
      case 'message':
        return this.#importedAct(entry) ?? this.#messageRow(entry, relatedTo);
      case 'relation':
        return this.#redactionRow(entry);
      default:
        return null;
    }
  }

  /** That a message was removed stands where it was done. */
  #redactionRow(entry: CheckedEntry): Row | null {
    const target =
      entry.kind === redaction.name ? this.#talk.find(referred(entry, 'to') ?? '') : null;
    if (!target || classOf(target.kind) !== 'message') return null;
    return { ...headOf(entry), kind: 'act', act: 'redact', on: target.id, onName: target.name };
  }

  /** An item that was brought over, if its word counts. */
  #importedBody(entry: CheckedEntry): ImportedBody | null {
    return this.#trusted.has(entry.person) && entry.doubt === undefined
      ? bodyOf(imported, entry)
      : null;
  }

  #importedAct(entry: CheckedEntry): Row | null {
    const old = this.#importedBody(entry);
    if (!old?.act) return null;
    const { name, on, onName } = old.act;
    // Protocol 1 had another name for it.
    const named = name === 'strike' ? 'redact' : name;
    const act = ACT_NAMES.find((known) => known === named) ?? 'unknown';
    return { ...this.#headOf(entry), kind: 'act', act, on, onName };
  }

  #headOf(entry: CheckedEntry) {
    const old = this.#importedBody(entry);
    const head = headOf(entry);
    return old ? { ...head, from: old.from, name: old.name, written: old.written } : head;
  }

  #messageRow(entry: CheckedEntry, relatedTo: RelatedTo): Row {
    const view = project(entry, relatedTo(entry.id));
    const { says, editedAt, answers, reactions, pinned } = view;
    const answered = answers === null ? null : this.#quoted(answers, relatedTo);
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
    relatedTo: RelatedTo,
  ): { readonly id: string; readonly name: string; readonly text: string } | null {
    const entry = this.#talk.find(id);
    if (!entry) return null;
    const { says } = project(entry, relatedTo(id));
    const text = says.as === 'text' ? says.text.slice(0, QUOTED_UNITS) : '';
    return { id, name: this.#headOf(entry).name, text };
  }
}
