/**
 * A member's process as the application runs it: a real session, and what is kept on the device's
 * disk. It may end between any two effects; the next one begins with what is on the disk.
 */
import assert from 'node:assert/strict';
import { Session } from '../../main/client/session.ts';
import type { OutboxMessage } from '../../main/client/outbox.ts';
import type {
  SessionEffect,
  SessionEvent,
  SessionInput,
  SessionStatus,
} from '../../main/client/session-types.ts';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import { LanyardError } from '../../main/errors.ts';
import { PAGE_MAX } from '../../main/protocol/limits.ts';
import type {
  ActName,
  Entry,
  HubMessage,
  MemberId,
  RoomInfo,
} from '../../main/protocol/messages.ts';
import { KeptRoom } from '../../main/rooms/kept-room.ts';
import type { RoomCopy } from '../../main/rooms/room-copy.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import type { Chronicle } from './chronicle.ts';
import type { Device } from './device.ts';
import { Fuse } from './fuse.ts';
import type { Link } from './link.ts';
import { keyOf, ROOM_ID } from './names.ts';
import { sign } from './signatures.ts';
import { Window } from './window.ts';

/** An input without the time and the chance a device adds. */
type Prompt = SessionInput extends infer Input
  ? Input extends SessionInput
    ? Omit<Input, 'now' | 'random'>
    : never
  : never;

const NO_DOUBTS = new Map<number, never>();

export interface PersonOptions {
  readonly number: number;
  readonly name: string;
  readonly device: Device;
  readonly chronicle: Chronicle;
  /** Opens a connection; its outcome is told by `opened` or `loses`. */
  readonly dial: (person: Person) => Link;
}

export class Person {
  readonly number: number;
  readonly device: Device;
  status: SessionStatus | null = null;
  you: string | null = null;
  window: Window;
  pending: readonly OutboxMessage[] = [];
  /** The ids of everything typed here, in the order it was typed. */
  readonly typed: string[] = [];
  readonly cancelled = new Set<string>();
  readonly retried = new Set<string>();
  readonly fuse = new Fuse();
  readonly #options: PersonOptions;
  #session: Session | null = null;
  #kept: KeptRoom | null = null;
  #link: Link | null = null;
  #room: RoomInfo | null = null;
  #wakes = 0;
  #asked = 0;

  constructor(options: PersonOptions) {
    this.number = options.number;
    this.device = options.device;
    this.#options = options;
    this.window = this.#openWindow(null);
  }

  get random(): SeededRandom {
    return this.device.random;
  }

  get key(): MemberId {
    return keyOf(this.number);
  }

  get isRunning(): boolean {
    return this.#session !== null;
  }

  get isHere(): boolean {
    return this.status?.state === 'here';
  }

  get hasEnded(): boolean {
    return this.status === null || this.status.state === 'ended';
  }

  get link(): Link | null {
    return this.#link;
  }

  /** This device's copy as it is on the disk; null when there is none. */
  copyOnDisk(): readonly Entry[] | null {
    const copy = this.#kept?.copy;
    return copy ? copy.before(copy.position.seq + 1, Number.MAX_SAFE_INTEGER) : null;
  }

  /** Starts the process, if it does not run, with what is on the disk. */
  start(): void {
    if (this.#session) return;
    const isHost = this.number === 0;
    const kept = new KeptRoom({
      storage: this.device.disk.open(),
      roomId: ROOM_ID,
      own: isHost,
      onProblem: () => undefined,
    });
    const { record, copy } = kept;
    this.#kept = kept;
    this.you = record?.you ?? null;
    this.pending = kept.outbox();
    this.window = this.#openWindow(copy);
    this.status = null;
    this.#session = new Session({
      name: record?.ownName || this.#options.name,
      roomId: ROOM_ID,
      you: this.you,
      outbox: this.pending,
      doubtHost: () => null,
      copyOf: (id) => kept.positionIn(id),
    });
    this.come();
  }

  /** The process ends; when the whole machine does it is silent. */
  crash(silent: boolean): void {
    this.#session = null;
    this.#kept = null;
    this.device.disk.letGo();
    this.status = null;
    this.#wakes += 1;
    if (silent) this.#link?.vanishMember();
    else this.#link?.closeByMember();
    this.#link = null;
  }

  come(): void {
    if (this.hasEnded) this.prompt({ type: 'start' });
  }

  /** Kept before it is sent; what cannot be kept is not taken (S2). */
  say(text: string): void {
    if (!this.#kept?.record) return;
    const id = `${this.number}-${this.typed.length}`;
    const message = { id, text, at: this.device.now, refused: null };
    try {
      this.#kept.saveOutbox([...this.pending, message]);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      return;
    }
    this.typed.push(id);
    this.prompt({ type: 'say', id, text });
  }

  retry(): void {
    const refused = this.pending.find((message) => message.refused !== null);
    if (!refused) return;
    this.retried.add(refused.id);
    this.prompt({ type: 'retry', id: refused.id });
  }

  cancel(): void {
    const message = this.pending.at(-1);
    if (!message) return;
    this.cancelled.add(message.id);
    this.prompt({ type: 'cancel', id: message.id });
  }

  rename(name: string): void {
    this.#asked += 1;
    this.prompt({ type: 'ask', request: { type: 'rename', id: `ask-${this.#asked}`, name } });
  }

  /** Tries to look after the room. */
  act(act: ActName, on: string): void {
    this.#asked += 1;
    const written = this.device.now;
    const id = `${this.number}-does-${this.#asked}-at-${written}`;
    this.prompt({ type: 'ask', request: { type: 'act', id, act, on, written } });
  }

  /** Reads what is older than the copy. */
  scroll(): void {
    const before = this.#kept?.copy?.first;
    if (before === undefined || !this.isHere) return;
    this.#asked += 1;
    const id = `ask-${this.#asked}`;
    this.prompt({ type: 'ask', request: { type: 'history', id, before, limit: PAGE_MAX } });
  }

  opened(link: Link): void {
    if (this.#link === link) this.prompt({ type: 'opened' });
  }

  receives(link: Link, message: HubMessage): void {
    if (this.#link !== link) return;
    if (message.type === 'welcome') this.window.checkResumed(message);
    this.prompt({ type: 'message', message });
  }

  loses(link: Link, reason: DisconnectReason): void {
    if (this.#link !== link) return;
    this.#link = null;
    this.prompt({ type: 'closed', reason });
  }

  prompt(prompt: Prompt): void {
    const session = this.#session;
    if (!session) return;
    const input = { ...prompt, now: this.device.now, random: this.random.next() };
    for (const effect of session.handle(input)) {
      this.#carryOut(effect);
      const crash = this.fuse.burn();
      if (crash) {
        this.crash(crash.silent);
        this.device.time.after(crash.ms, () => this.start());
      }
      if (this.#session !== session) return;
    }
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#wakes += 1;
        this.#link = this.#options.dial(this);
        break;
      case 'send':
        this.#link?.sendUp(effect.message);
        break;
      case 'sign-and-send': {
        const signature = sign(this.key, effect.content);
        this.#link?.sendUp({ ...effect.message, signature });
        break;
      }
      case 'disconnect':
        this.#wakes += 1;
        this.#link?.closeByMember();
        this.#link = null;
        break;
      case 'wake': {
        this.#wakes += 1;
        const wake = this.#wakes;
        this.device.time.after(Math.max(0, effect.at - this.device.now), () => {
          if (this.#wakes === wake) this.prompt({ type: 'timer' });
        });
        break;
      }
      case 'tell':
        this.#onEvent(effect.event);
        break;
    }
  }

  /** What is told is kept in the order it is told. */
  #onEvent(event: SessionEvent): void {
    this.window.show(event);
    const kept = this.#kept;
    switch (event.type) {
      case 'status':
        this.status = event.status;
        break;
      case 'room':
        this.#room = event.room;
        kept?.identify(event.room.id);
        this.#remember();
        break;
      case 'welcomed':
        this.you = event.you;
        kept?.forgetBefore(event.logFirst);
        this.#remember();
        break;
      case 'presence':
        this.#remember();
        break;
      case 'reset':
        assert(this.#room, 'a log before its room');
        kept?.reset(this.#room, event.position, event.entries, NO_DOUBTS, this.pending);
        this.#remember();
        break;
      case 'entries':
        kept?.append(event.entries, NO_DOUBTS);
        break;
      case 'pending':
        this.pending = event.pending;
        kept?.updateOutbox(event.pending);
        break;
      case 'answer':
        if (event.answer.ok && event.answer.type === 'history') {
          kept?.prepend(event.answer.entries, NO_DOUBTS);
        }
        break;
      case 'typing':
        break;
    }
  }

  #openWindow(copy: RoomCopy | null): Window {
    const { chronicle } = this.#options;
    const entries = copy?.newest() ?? [];
    return new Window(`p${this.number}`, chronicle, copy?.position ?? null, entries);
  }

  #remember(): void {
    const ownName = this.window.roster.find(({ id }) => id === this.you)?.name;
    const name = ownName === undefined ? {} : { ownName };
    this.#kept?.change({ you: this.you, ...name });
  }
}
