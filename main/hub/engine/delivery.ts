/**
 * Who gets what. Messages to everybody wait in one queue and go out in flushes, one write per
 * member: what costs is the write, not the message. Nothing sent to one member alone overtakes what
 * everybody gets.
 */
import type { Greeting } from '../hub-types.ts';
import type { ConnectionId } from '../roster.ts';
import type { Member } from '../../model/member.ts';
import type { HubMessage } from '../../wire/messages.ts';
import { Batch } from './batch.ts';
import type { Peer } from './peer.ts';
import { SharedQueue } from './shared-queue.ts';
import { SharedRoster } from './shared-roster.ts';

/** Somebody who gets what goes to everybody. */
interface Recipient {
  readonly connection: ConnectionId;
  readonly peer: Peer;
  /** Its next message in the queue. */
  next: number;
  /** Until the first flush after it came in: then it is told who is here, in one list for all. */
  greeting: Greeting | null;
}

export interface DeliveryOptions {
  /** Who is here now. */
  readonly roster: () => readonly Member[];
  /** These did not read for too long and were left out (B4). */
  readonly onTooSlow: (connections: readonly ConnectionId[]) => void;
}

export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #recipients = new Map<ConnectionId, Recipient>();
  /** Those whose next message is not the queue's first. */
  readonly #ahead = new Set<Recipient>();
  readonly #queue = new SharedQueue();
  #tooSlow: ConnectionId[] = [];

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  has(connection: ConnectionId): boolean {
    return this.#recipients.has(connection);
  }

  /** From now on this connection gets what goes to everybody, its welcome first. */
  admit(connection: ConnectionId, peer: Peer, greeting: Greeting): void {
    const recipient = { connection, peer, next: this.#queue.length, greeting };
    this.#recipients.set(connection, recipient);
    this.#ahead.add(recipient);
  }

  /** To everybody but, perhaps, one, with the next flush. */
  broadcast(message: HubMessage, except: ConnectionId | null): void {
    const left = except === null ? undefined : this.#recipients.get(except);
    // Who has just come in is told who is here by its welcome, and skips what tells of its coming.
    const isToSkip = left !== undefined && message.type !== 'presence';
    if (isToSkip) this.#catchUp(left);
    this.#queue.push(message);
    if (isToSkip) left.next = this.#queue.length;
  }

  /** To one of them alone, after what it gets with the others. */
  send(connection: ConnectionId, message: HubMessage): void {
    const recipient = this.#recipients.get(connection);
    if (!recipient) return;
    this.#catchUp(recipient);
    if (this.#isReading(recipient)) recipient.peer.send(message);
    this.#reportTooSlow();
  }

  /** It gets what was queued for it, then nothing any more. */
  remove(connection: ConnectionId): void {
    const recipient = this.#recipients.get(connection);
    if (!recipient) return;
    this.#catchUp(recipient);
    this.#recipients.delete(connection);
    this.#ahead.delete(recipient);
  }

  /** Everybody gets what waits. */
  flush(): void {
    const all = new Batch(this.#queue.from(0));
    let roster: SharedRoster | null = null;
    for (const recipient of this.#recipients.values()) {
      if (recipient.next > 0 || recipient.greeting) {
        if (recipient.greeting) roster ??= this.#rosterNow();
        this.#catchUp(recipient, roster);
      } else if (all.items.length > 0 && this.#isReading(recipient)) {
        recipient.peer.sendBatch(all);
      }
    }
    for (const recipient of this.#ahead) recipient.next = 0;
    this.#ahead.clear();
    this.#queue.clear();
    this.#reportTooSlow();
  }

  /** It gets its welcome, if it waits for that, and what was queued for it. */
  #catchUp(recipient: Recipient, roster: SharedRoster | null = null): void {
    const { peer, greeting, next } = recipient;
    const items = this.#queue.from(next);
    recipient.next = this.#queue.length;
    recipient.greeting = null;
    this.#ahead.add(recipient);
    if (!this.#isReading(recipient)) return;
    if (greeting) peer.welcome(greeting, roster ?? this.#rosterNow());
    const news = greeting ? items.filter(({ message }) => message.type !== 'presence') : items;
    if (news.length > 0) peer.sendBatch(new Batch(news));
  }

  #rosterNow(): SharedRoster {
    return new SharedRoster(this.#options.roster());
  }

  #isReading({ connection, peer }: Recipient): boolean {
    if (!peer.isTooSlow()) return true;
    this.#tooSlow.push(connection);
    return false;
  }

  /** Once everybody else has been served (O15). */
  #reportTooSlow(): void {
    const tooSlow = this.#tooSlow;
    if (tooSlow.length === 0) return;
    this.#tooSlow = [];
    this.#options.onTooSlow(tooSlow);
  }
}
