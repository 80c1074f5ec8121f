/** Entries of a room as they come in, chained and made by somebody. */
import type { Reference } from '../../main/events/event.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { BEGINNING, chained } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry, ReceivedEntry } from '../../main/timeline/entry.ts';
import { identityOf } from '../support/identities.ts';

const FOUNDER = identityOf('Ann');

/** A room that Ann founded. */
export const LAB = {
  id: roomIdOf(FOUNDER.id, 'a-nonce', sha256),
  founder: FOUNDER.id,
  nonce: 'a-nonce',
  name: 'Lab',
};

/** Where everybody in it talks. */
export const TALK = firstConversationOf(LAB.id, sha256);

/** The place before a log's first item. */
export interface Wanted {
  /** Who makes it; Ann unless told otherwise. */
  readonly by?: string;
  readonly references?: readonly Reference[];
  /** The policy log's link it was judged under. */
  readonly policy?: string;
}

/** The log of one conversation as it grows: each item follows the one before. */
export class GrowingLog {
  readonly conversation: string;
  #end: ChainEnd;

  /** Begins after this place. */
  constructor(conversation: string, after: ChainEnd = BEGINNING) {
    this.conversation = conversation;
    this.#end = after;
  }

  get end(): ChainEnd {
    return this.#end;
  }

  /** The next item. */
  add(kind: string, content: object, wanted: Wanted = {}): Entry {
    const { by = 'Ann', references = [], policy = '' } = wanted;
    const seq = this.#end.seq + 1;
    const place = { room: LAB.id, conversation: this.conversation };
    const wish = { ...place, kind, content, references, written: seq * 1_000 - 5 };
    const { event } = makeEvent(wish, signerOf(identityOf(by)), sha256);
    const { room: _, conversation: _where, ...made } = event;
    const at = seq * 1_000;
    const received: ReceivedEntry = {
      ...made,
      epoch: 'epoch',
      seq,
      at,
      origin: null,
      policy,
      name: by,
    };
    const [entry] = chained(LAB.id, this.conversation, this.#end, [received], sha256);
    if (!entry) throw new Error('there is one');
    this.#end = { epoch: entry.epoch, seq, link: entry.link };
    return entry;
  }

  /** What somebody says next. */
  say(text: string, wanted: Wanted = {}): Entry {
    return this.add('message/text', { text }, wanted);
  }

  /** What somebody does to an item next. */
  relate(kind: string, to: Entry, content: object, wanted: Wanted = {}): Entry {
    const references = [{ as: 'to', id: to.id }];
    return this.add(`relation/${kind}`, content, { ...wanted, references });
  }

  redact(to: Entry, wanted: Wanted = {}): Entry {
    return this.relate('redaction', to, {}, wanted);
  }
}
