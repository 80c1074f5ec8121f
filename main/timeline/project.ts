/**
 * What a person sees of a message: itself, and all that was done to it. The order in which relations
 * come in does not matter, nor whether their target was there before them (T1).
 */
import { edit } from '../events/edit.ts';
import { referred } from '../events/event.ts';
import { imported } from '../events/imported.ts';
import { bodyOf, fallbackIn } from '../events/kind.ts';
import { isKnownKind } from '../events/kinds.ts';
import { message } from '../events/message.ts';
import { pin } from '../events/pin.ts';
import { reaction } from '../events/reaction.ts';
import { redaction } from '../events/redaction.ts';
import { byPlace } from './entry.ts';
import type { Entry } from './entry.ts';

/** A person who did something to a message. */
export interface Doer {
  readonly person: string;
  /** Their name then. */
  readonly name: string;
  /** ms since 1970 on the host's clock. */
  readonly at: number;
}

export interface Reacted {
  readonly emoji: string;
  /** Each person once, in the order they did it, with the reaction's id, by which it is taken back. */
  readonly by: readonly (Doer & { readonly id: string })[];
}

/** What a message says now. */
export type Says =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'redacted'; readonly by: Doer | null }
  /** A kind this Lanyard does not know; `fallback` is its author's own words for that. */
  | { readonly as: 'unknown'; readonly fallback: string | null };

export interface MessageView {
  readonly entry: Entry;
  readonly says: Says;
  /** When its text was last changed, ms since 1970 on the host's clock. */
  readonly editedAt: number | null;
  /** The id of the message it answers. */
  readonly answers: string | null;
  /** In the order each emoji was first chosen. */
  readonly reactions: readonly Reacted[];
  readonly pinned: boolean;
}

/** A message with the relations to it, in any order, and the redactions of those. */
export function project(target: Entry, relations: readonly Entry[]): MessageView {
  const ordered = relations.toSorted(byPlace);
  const goneBy = new Map(
    ordered.flatMap((it): [string, Entry][] => {
      const to = referred(it, 'to');
      return it.kind === redaction.name && to !== undefined ? [[to, it]] : [];
    }),
  );
  const alive = ordered.filter(
    (it) => referred(it, 'to') === target.id && !goneBy.has(it.id) && it.body.state === 'whole',
  );
  const edits = alive.flatMap((it) => {
    // Nobody edits what another person said, whatever a host let through (M5).
    const isTheirs = it.person === target.person && target.kind !== imported.name;
    const body = isTheirs ? bodyOf(edit, it) : null;
    return body === null ? [] : [{ at: it.at, text: body.text }];
  });
  const isGone = target.body.state !== 'whole' || goneBy.has(target.id);
  const last = edits.at(-1);
  return {
    entry: target,
    says: isGone
      ? gone(goneBy.get(target.id))
      : last
        ? { as: 'text', text: last.text }
        : saidIn(target),
    editedAt: isGone ? null : (last?.at ?? null),
    answers: referred(target, 're') ?? null,
    reactions: isGone ? [] : reactionsIn(alive),
    pinned: !isGone && (alive.flatMap((it) => bodyOf(pin, it) ?? []).at(-1)?.pinned ?? false),
  };
}

function gone(by: Entry | undefined): Says {
  return { as: 'redacted', by: by === undefined ? null : doerOf(by) };
}

function saidIn(target: Entry): Says {
  const old = bodyOf(imported, target);
  if (old?.removed) return { as: 'redacted', by: null };
  const said = old ?? bodyOf(message, target);
  if (said) return { as: 'text', text: said.text };
  // A kind that is known and says nothing that can be read says nothing.
  if (isKnownKind(target.kind)) return { as: 'text', text: '' };
  return { as: 'unknown', fallback: fallbackIn(target.body) };
}

function reactionsIn(alive: readonly Entry[]): readonly Reacted[] {
  const byEmoji = new Map<string, Map<string, Doer & { readonly id: string }>>();
  for (const it of alive) {
    const body = bodyOf(reaction, it);
    if (body === null) continue;
    const by = byEmoji.get(body.emoji) ?? new Map<string, Doer & { readonly id: string }>();
    byEmoji.set(body.emoji, by);
    if (!by.has(it.person)) by.set(it.person, { ...doerOf(it), id: it.id });
  }
  return Array.from(byEmoji, ([emoji, by]) => ({ emoji, by: [...by.values()] }));
}

function doerOf({ person, name, at }: Entry): Doer {
  return { person, name, at };
}
