import * as v from 'valibot';
import type { SignedEvent } from './event.ts';
import { ID_MAX } from '../protocol/limits.ts';
import { bodyOf } from './kind.ts';
import type { Kind } from './kind.ts';

const short = v.pipe(v.string(), v.maxLength(ID_MAX));

const schema = v.object({
  /** Whose it was, by their key. */
  from: short,
  /** What they were called then. */
  name: v.string(),
  /** ms since 1970 on their clock. */
  written: v.number(),
  /** Theirs, over what protocol 1 signed; empty from before there were signatures. */
  signature: v.string(),
  /** What protocol 1 knew it by. */
  id: v.string(),
  /** Empty for an act, and for what was removed. */
  text: v.string(),
  removed: v.exactOptional(v.literal(true)),
  /** What the host or a moderator did, to whom or what, and what they were called. */
  act: v.exactOptional(v.object({ name: short, on: v.string(), onName: v.string() })),
});

export type ImportedBody = Readonly<v.InferOutput<typeof schema>>;

/**
 * A line of a log of Lanyard 0.1.0, said or done; signed by the device that brought it over, and
 * taken for another person's only from the founder or this device itself (E8).
 */
export const imported: Kind<ImportedBody> = { name: 'message/imported', body: schema };

/** Whose a message is: its person's, or theirs for whom it was brought over (E8). */
export function authorOf(said: Pick<SignedEvent, 'kind' | 'body' | 'person'>): string {
  return bodyOf(imported, said)?.from ?? said.person;
}
