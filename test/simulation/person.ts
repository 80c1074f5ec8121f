/**
 * A member's process: the real engine over a simulated disk, clock and network. It may end between
 * any two things it does; the next one begins with what is on the disk.
 */
import { LanyardError } from '../../main/errors.ts';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import type { MemberId } from '../../main/model/member.ts';
import { PAGE_MAX } from '../../main/protocol/limits.ts';
import { LateStore } from '../../main/replica/late-store.ts';
import type { ConnectionListener } from '../../main/replica/link.ts';
import type { OutboxItem } from '../../main/replica/outbox.ts';
import { Replica } from '../../main/replica/replica.ts';
import type { Prompt, ReplicaEvent, Wanted } from '../../main/replica/replica.ts';
import type { SessionStatus } from '../../main/replica/session-types.ts';
import { joinedRecord } from '../../main/storage/room-record.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import type { Chronicle } from './chronicle.ts';
import { hash, sign, verify } from './crypto.ts';
import type { Device } from './device.ts';
import { Fuse } from './fuse.ts';
import type { Link } from './link.ts';
import { keyOf, ROOM, TALK } from './names.ts';
import { virtualClock } from './virtual-clock.ts';
import { Window } from './window.ts';

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
  window: Window;
  /** What was made here and is not in the log, as far as this device knows. */
  waiting: readonly OutboxItem[] = [];
  /** The ids of everything said here, in the order it was said. */
  readonly typed: string[] = [];
  readonly cancelled = new Set<string>();
  readonly retried = new Set<string>();
  readonly fuse = new Fuse();
  readonly #options: PersonOptions;
  #replica: Replica | null = null;
  #link: Link | null = null;
  #listener: ConnectionListener | null = null;
  #ownName: string | null = null;
  #asked = 0;

  constructor(options: PersonOptions) {
    this.number = options.number;
    this.device = options.device;
    this.#options = options;
    this.window = this.#openWindow();
  }

  get random(): SeededRandom {
    return this.device.random;
  }

  get key(): MemberId {
    return keyOf(this.number);
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

  get replica(): Replica | null {
    return this.#replica;
  }

  /** A conversation's copy, as it is on the disk. */
  copyOnDisk(conversation: string): readonly Entry[] | null {
    const copy = this.device.disk.open().room(ROOM.id)?.copy(conversation);
    return copy?.after(0, Number.MAX_SAFE_INTEGER) ?? null;
  }

  /** Starts the process, if it does not run, with what is on the disk. */
  start(): void {
    if (this.#replica) return;
    const { device, key } = this;
    const storage = device.disk.open();
    const kept = storage.room(ROOM.id);
    const isUp = () => this.#replica === replica;
    const store = new LateStore(kept, () => storage.add(joinedRecord({ ...ROOM, name: 'Lab 3' })));
    this.window = this.#openWindow();
    this.status = null;
    let salts = 0;
    const replica: Replica = new Replica({
      name: this.#ownName ?? this.#options.name,
      roomId: ROOM.id,
      you: kept === null ? null : key,
      doubtHost: () => null,
      clock: virtualClock(device.time, isUp, () => device.now),
      random: () => device.random.next(),
      connect: (listener) => {
        this.#listener = listener;
        const link = this.#options.dial(this);
        this.#link = link;
        return {
          send: (message) => {
            link.sendUp(message);
            this.#burn();
          },
          close: () => {
            link.closeByMember();
            if (this.#link === link) this.#link = null;
          },
        };
      },
      hash,
      verify,
      signer: {
        person: key,
        device: key,
        sign: (text) => sign(key, text),
        salt: () => {
          salts += 1;
          const fresh = Math.floor(device.random.next() * 2 ** 30);
          return `${fresh}-${salts}-`.padEnd(22, '0');
        },
      },
      storeOf: () => store,
      onEvent: (event) => {
        if (!isUp()) return;
        this.#onEvent(event);
        this.#burn();
      },
      onProblem: (error) => {
        if (!(error instanceof LanyardError)) throw error;
      },
    });
    this.#replica = replica;
    this.waiting = replica.waiting;
    this.come();
  }

  /** The process ends; when the whole machine does it is silent. */
  crash(silent: boolean): void {
    this.#replica = null;
    this.#listener = null;
    this.device.disk.letGo();
    this.status = null;
    if (silent) this.#link?.vanishMember();
    else this.#link?.closeByMember();
    this.#link = null;
  }

  come(): void {
    if (this.hasEnded) this.prompt({ type: 'start' });
  }

  prompt(prompt: Prompt): void {
    this.#replica?.prompt(prompt);
  }

  /** Kept before it is sent; what cannot be kept is not taken (S2). */
  post(wish: Omit<Wanted, 'conversation'>): void {
    try {
      const item = this.#replica?.post({ ...wish, conversation: TALK });
      if (item && wish.kind === 'message/text') this.typed.push(item.id);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
    }
  }

  retry(): void {
    const refused = this.waiting.find((item) => item.refused !== null);
    if (!refused) return;
    this.retried.add(refused.id);
    this.prompt({ type: 'retry', id: refused.id });
  }

  cancel(): void {
    const item = this.waiting.at(-1);
    if (!item) return;
    this.cancelled.add(item.id);
    this.prompt({ type: 'cancel', id: item.id });
  }

  rename(name: string): void {
    this.#asked += 1;
    this.prompt({ type: 'ask', request: { type: 'rename', id: `ask-${this.#asked}`, name } });
  }

  /** Tries to look after the room. */
  act(...what: Parameters<Replica['act']>): void {
    this.#replica?.act(...what);
  }

  /** Reads what is older than the copy. */
  scroll(): void {
    const start = this.#replica?.copy(TALK)?.start;
    if (start === undefined || start.seq === 0 || !this.isHere) return;
    this.#asked += 1;
    const wanted = { conversation: TALK, before: start.seq + 1, limit: PAGE_MAX };
    this.prompt({ type: 'ask', request: { type: 'history', id: `ask-${this.#asked}`, ...wanted } });
  }

  opened(link: Link): void {
    if (this.#link === link) this.#listener?.opened();
  }

  receives(link: Link, message: HubMessage): void {
    if (this.#link === link) this.#listener?.message(message);
  }

  loses(link: Link, reason: DisconnectReason): void {
    if (this.#link !== link) return;
    this.#link = null;
    this.#listener?.closed(reason);
  }

  #burn(): void {
    if (!this.#replica) return;
    const crash = this.fuse.burn();
    if (!crash) return;
    this.crash(crash.silent);
    this.device.time.after(crash.ms, () => this.start());
  }

  #onEvent(event: ReplicaEvent): void {
    this.window.show(event);
    switch (event.type) {
      case 'status':
        this.status = event.status;
        break;
      case 'outbox':
        this.waiting = event.waiting;
        break;
      case 'welcomed':
      case 'presence':
        this.#ownName = this.window.roster.find(({ id }) => id === this.key)?.name ?? this.#ownName;
        break;
      default:
        break;
    }
  }

  #openWindow(): Window {
    return new Window(`p${this.number}`, this.#options.chronicle);
  }
}
