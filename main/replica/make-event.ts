import { idOf, signedContent } from '../events/event.ts';
import type { Hash, Reference } from '../events/event.ts';
import type { MemberId } from '../model/member.ts';
import type { OutboxItem } from './outbox.ts';

/** The keys and the chance of this device. */
export interface Signer {
  readonly person: MemberId;
  readonly device: MemberId;
  sign(text: string): string;
  /** A fresh one that nobody can guess, of 22 to 43 characters of base64url (E2). */
  salt(): string;
}

/** An event as it is wanted. */
export interface Wish {
  readonly room: string;
  readonly conversation: string;
  readonly kind: string;
  readonly content: object;
  readonly references?: readonly Reference[];
  /** ms since 1970. */
  readonly written: number;
}

/** An event that is signed once, here, whatever becomes of it (E1). */
export function makeEvent(wish: Wish, signer: Signer, hash: Hash): OutboxItem {
  const { room, conversation, kind, content, references = [], written } = wish;
  const unsigned = {
    room,
    conversation,
    kind,
    person: signer.person,
    device: signer.device,
    written,
    references,
    body: { state: 'whole', salt: signer.salt(), text: JSON.stringify(content) },
  } as const;
  const event = { ...unsigned, signature: signer.sign(signedContent(unsigned, hash)) };
  return { id: idOf(event, hash), event, refused: null };
}
