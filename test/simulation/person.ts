/** A member as the application sees it: a real session, and what it has been told so far. */
import assert from 'node:assert/strict';
import { Session } from '../../main/client/session.ts';
import type { OutboxMessage } from '../../main/client/outbox.ts';
import type {
  SessionEffect,
  SessionEvent,
  SessionInput,
  SessionStatus,
} from '../../main/client/session-types.ts';
import type { DisconnectReason } from '../../main/client/disconnects.ts';
import type {
  Entry,
  HubMessage,
  Member,
  PresenceChange,
  Welcome,
} from '../../main/protocol/messages.ts';
import { withChange } from '../../main/rooms/presence.ts';
import type { Link } from './link.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Opens a connection for somebody. */
export type Dial = (person: Person) => void;

export class Person {
  readonly number: number;
  readonly random: () => number;
  link: Link | null = null;
  status: SessionStatus | null = null;
  you: string | null = null;
  roster: readonly Member[] = [];
  entries: Entry[] = [];
  pending: readonly OutboxMessage[] = [];
  /** The ids of everything typed here, in the order it was typed. */
  readonly typed: string[] = [];
  readonly cancelled = new Set<string>();
  readonly retried = new Set<string>();
  readonly #session: Session;
  readonly #time: VirtualTime;
  readonly #dial: Dial;
  #wakeAt = 0;
  /** Where the copy of the log ends, also when nothing of it is shown. */
  #last = 0;

  constructor(number: number, name: string, time: VirtualTime, random: () => number, dial: Dial) {
    this.number = number;
    this.random = random;
    this.#time = time;
    this.#dial = dial;
    this.#session = new Session({
      name,
      roomId: null,
      you: null,
      token: null,
      outbox: [],
      copyOf: () => null,
    });
  }

  get isHere(): boolean {
    return this.status?.state === 'here';
  }

  get hasEnded(): boolean {
    return this.status === null || this.status.state === 'ended';
  }

  say(text: string): void {
    const id = `${this.number}-${this.typed.length}`;
    this.typed.push(id);
    this.input({ type: 'say', now: this.#time.now, id, text });
  }

  retry(id: string): void {
    this.retried.add(id);
    this.input({ type: 'retry', now: this.#time.now, id });
  }

  cancel(id: string): void {
    this.cancelled.add(id);
    this.input({ type: 'cancel', now: this.#time.now, id });
  }

  opened(link: Link): void {
    if (this.link === link) this.input({ type: 'opened', now: this.#time.now });
  }

  receives(link: Link, message: HubMessage): void {
    if (this.link !== link) return;
    if (message.type === 'welcome') this.#checkResumed(message);
    this.input({ type: 'message', now: this.#time.now, message });
  }

  loses(link: Link, reason: DisconnectReason): void {
    if (this.link !== link) return;
    this.link = null;
    this.input({ type: 'closed', now: this.#time.now, reason, random: this.random() });
  }

  input(input: SessionInput): void {
    for (const effect of this.#session.handle(input)) this.#carryOut(effect);
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#wakeAt = 0;
        this.#dial(this);
        break;
      case 'send':
        this.link?.sendUp(effect.message);
        break;
      case 'disconnect':
        this.#wakeAt = 0;
        this.link?.closeByMember();
        this.link = null;
        break;
      case 'wake': {
        const { at } = effect;
        this.#wakeAt = at;
        this.#time.at(at, () => {
          if (this.#wakeAt === at) this.input({ type: 'timer', now: this.#time.now });
        });
        break;
      }
      case 'tell':
        this.#onEvent(effect.event);
        break;
    }
  }

  #onEvent(event: SessionEvent): void {
    switch (event.type) {
      case 'status':
        this.status = event.status;
        break;
      case 'welcomed':
        this.you = event.you;
        this.roster = event.roster;
        assert(
          event.roster.some(({ id }) => id === event.you),
          'a welcome without oneself',
        );
        break;
      case 'presence':
        for (const change of event.changes) this.#onChange(change);
        break;
      case 'reset':
        this.entries = [...event.entries];
        this.#last = event.position.seq;
        this.#checkGapless(event.entries);
        break;
      case 'entries':
        this.#checkGapless([...this.entries.slice(-1), ...event.entries]);
        this.entries.push(...event.entries);
        this.#last = event.entries.at(-1)?.seq ?? this.#last;
        break;
      case 'pending':
        this.pending = event.pending;
        break;
      case 'room':
      case 'typing':
      case 'answer':
        break;
    }
  }

  /** W4: what comes with a welcome follows the copy. */
  #checkResumed({ resumed, entries }: Welcome): void {
    const [first] = entries;
    if (!resumed || !first) return;
    assert.equal(first.seq, this.#last + 1, `p${this.number}: resumed at the wrong place`);
  }

  /** P1: a change fits the roster it is told to, and its count is the number of people after it. */
  #onChange(change: PresenceChange): void {
    const id = change.change === 'joined' ? change.member.id : change.id;
    const known = this.roster.some((member) => member.id === id);
    assert.equal(known, change.change !== 'joined', `p${this.number}: ${change.change} of ${id}`);
    this.roster = withChange(this.roster, change);
    assert.equal(this.roster.length, change.count, `p${this.number}: count after ${change.change}`);
  }

  #checkGapless(entries: readonly Entry[]): void {
    entries.forEach((entry, index) => {
      const before = entries[index - 1];
      if (before) assert.equal(entry.seq, before.seq + 1, `p${this.number}: a gap in the log`);
    });
  }
}
