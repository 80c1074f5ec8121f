/** Entries of a conversation as a test wants them. */
import { createHash } from 'node:crypto';
import type { Hash, Reference } from '../../main/events/event.ts';
import { idOf } from '../../main/events/event.ts';
import type { Entry } from '../../main/timeline/entry.ts';

export const hash: Hash = (text) => createHash('sha256').update(text).digest('base64url');

export interface Made {
  readonly kind?: string;
  readonly body?: unknown;
  readonly person?: string;
  readonly references?: readonly Reference[];
}

/** An entry with this number. */
export function entryAt(
  seq: number,
  { kind = 'message/text', body, person = 'ann', references = [] }: Made = {},
): Entry {
  const event = {
    room: 'room',
    conversation: 'conversation',
    kind,
    person,
    device: person,
    written: seq * 1_000 - 5,
    references,
    body: {
      state: 'whole',
      salt: `salt ${seq}`,
      text: JSON.stringify(body ?? { text: `line ${seq}` }),
    },
  } as const;
  const { room: _, ...rest } = event;
  return {
    ...rest,
    id: idOf(event, hash),
    epoch: 'epoch-1',
    seq,
    at: seq * 1_000,
    name: person,
    signature: `signature of ${seq}`,
    origin: null,
    policy: '',
    link: `link ${seq}`,
  };
}

/** A relation to another entry. */
export function relationAt(
  seq: number,
  kind: string,
  to: Entry,
  body: unknown,
  person = 'ann',
): Entry {
  return entryAt(seq, {
    kind: `relation/${kind}`,
    body,
    person,
    references: [{ as: 'to', id: to.id }],
  });
}
