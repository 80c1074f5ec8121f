/**
 * An event as its author made it, before it has a place in any log: what is signed, what it is known
 * by, and a body that can be taken out of it without making the rest unverifiable (E1-E4).
 */

/** SHA-256 of a text's UTF-8, in base64url. */
export type Hash = (text: string) => string;

/** Whether a signature of a text is this key's (E1). */
export type Verify = (key: string, text: string, signature: string) => boolean;

/** What an unknown kind can be treated as (E5). */
export type EventClass = 'message' | 'relation' | 'act';

/** How an event refers to another one (E6). */
export interface Reference {
  /** `to`: what a relation belongs to; `re`: what a message answers; `after`: the last acts its author had seen. */
  readonly as: string;
  /** The other event's id. */
  readonly id: string;
}

/** What an event says, or what is left of it. */
export type Body =
  | { readonly state: 'whole'; readonly salt: string; readonly text: string }
  /** Removed for good (M4). */
  | { readonly state: 'redacted'; readonly digest: string }
  /** Not this device's to read. */
  | { readonly state: 'withheld'; readonly digest: string };

export interface SignedEvent {
  readonly room: string;
  readonly conversation: string;
  /** Its class and its name: `message/text`. */
  readonly kind: string;
  /** The author: the key of a person's first device. */
  readonly person: string;
  /** The key that signed. */
  readonly device: string;
  /** ms since 1970 on the author's clock. */
  readonly written: number;
  readonly references: readonly Reference[];
  readonly body: Body;
  /** The device's, over what `signedContent` gives. */
  readonly signature: string;
}

/** The class in a kind's name; what is of none that is known here is something said (E5). */
export function classOf(kind: string): EventClass {
  switch (kind.slice(0, kind.indexOf('/') + 1)) {
    case 'relation/':
      return 'relation';
    case 'act/':
      return 'act';
    default:
      return 'message';
  }
}

/** The first event this one refers to in this way. */
export function referred(event: Pick<SignedEvent, 'references'>, as: string): string | undefined {
  return event.references.find((reference) => reference.as === as)?.id;
}

/** What stands for a body in what is signed: its words cannot be guessed from it, for the salt is random (E2). */
export function digestOf(body: Body, hash: Hash): string {
  return body.state === 'whole' ? hash(`lanyard body 2\n${body.salt}\n${body.text}`) : body.digest;
}

/**
 * The text an author signs, in UTF-8 (E1). It names neither a log, nor a place in it, nor who hosts it.
 * Nothing in it has a line break or, in a reference, a space, so that no two events have the same content.
 */
export function signedContent(event: Omit<SignedEvent, 'signature'>, hash: Hash): string {
  const { room, conversation, kind, person, device, written, references, body } = event;
  const referring = references.map(({ as, id }) => `${as} ${id}`).join(',');
  return [
    'lanyard event 2',
    room,
    conversation,
    kind,
    person,
    device,
    written,
    referring,
    digestOf(body, hash),
  ].join('\n');
}

/** What an event is known by, in every log: the hash of its signed content (E3). */
export function idOf(event: Omit<SignedEvent, 'signature'>, hash: Hash): string {
  return hash(signedContent(event, hash));
}

/** What is left when what it said is removed: it still verifies (E4). */
export function redacted(body: Body, hash: Hash): Body {
  return { state: 'redacted', digest: digestOf(body, hash) };
}
