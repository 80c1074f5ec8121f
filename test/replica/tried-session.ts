/** A session with a clock a test sets, and a record of what it did. */
import type { Reference } from '../../main/events/event.ts';
import { message } from '../../main/events/message.ts';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import type { Member } from '../../main/model/member.ts';
import type { RoomInfo } from '../../main/model/room.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { OutboxItem } from '../../main/replica/outbox.ts';
import { Session } from '../../main/replica/session.ts';
import type { SessionOptions } from '../../main/replica/session.ts';
import type {
  SessionEffect,
  SessionEvent,
  SessionInput,
} from '../../main/replica/session-types.ts';
import type { ClientMessage, HubMessage, LogState, Welcome } from '../../main/wire/messages.ts';
import { NOTHING_SAID } from '../support/nothing-said.ts';
import { eventOf } from '../hub/tried-hub.ts';
import { hash, verify } from '../simulation/crypto.ts';
import { keyOf, ROOM as IDENTITY, TALK } from '../simulation/names.ts';
import { TriedLog } from './tried-log.ts';

/** An input without its time. */
type Prompt = SessionInput extends infer Input
  ? Input extends SessionInput
    ? Omit<Input, 'now'>
    : never
  : never;

const PLAIN = { role: 'member', away: false, muted: false } as const;
export const ANN: Member = { ...PLAIN, id: keyOf(1), name: 'Ann', since: 1 };
export const BO: Member = { ...PLAIN, id: keyOf(0), name: 'Bo', role: 'host', since: 0 };

export const ROOM: RoomInfo = {
  ...IDENTITY,
  name: 'Lab 3',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
};

/** What Ann posts under a label, as it lies in her outbox. */
export function itemOf(label: string, references: readonly Reference[] = []): OutboxItem {
  const kind = label.startsWith('redaction') ? 'relation/redaction' : message.name;
  const wanted = { kind, content: { text: label }, references };
  const { id, event } = eventOf(ANN.id, wanted);
  labels.set(id, label);
  return { id, event: { ...event, room: ROOM.id }, refused: null };
}

/** The id of what Ann posts under a label. */
export function idOf(label: string): string {
  return itemOf(label).id;
}

/** By id. */
const labels = new Map<string, string>();

/** What a test cares about in a welcome. */
export interface WelcomeChange extends Partial<Welcome> {
  readonly log?: TriedLog;
  /** How far Ann's copy is the same; null when it is not at all. */
  readonly common?: number | null;
  /** What comes with it follows this. */
  readonly after?: number;
  readonly state?: Partial<LogState>;
}

export function welcomeOf(wanted: WelcomeChange = {}): Welcome {
  const { log = new TriedLog(), common = null, after = common ?? 0, state, ...change } = wanted;
  return {
    type: 'welcome',
    version: PROTOCOL_VERSION,
    you: ANN.id,
    room: ROOM,
    roster: [BO, ANN],
    epoch: log.epoch.record,
    logs: [{ conversation: ROOM.id, ...NOTHING_SAID }, log.state(common, after, state)],
    ...change,
  };
}

export class TriedSession {
  now = 1_000;
  readonly #session: Session;
  #effects: SessionEffect[] = [];

  constructor(options: Partial<SessionOptions> = {}) {
    this.#session = new Session({
      name: 'Ann',
      roomId: null,
      you: null,
      outbox: [],
      doubtHost: () => null,
      copyOf: () => null,
      hash,
      verify,
      ...options,
    });
  }

  /** One that is in the room. */
  static here(welcome: WelcomeChange = {}): TriedSession {
    const session = new TriedSession();
    session.comeIn(welcome);
    session.take();
    return session;
  }

  input(prompt: Prompt): void {
    this.#effects.push(...this.#session.handle({ ...prompt, now: this.now }));
  }

  hear(heard: HubMessage): void {
    this.input({ type: 'message', message: heard });
  }

  say(label: string, references: readonly Reference[] = []): string {
    const item = itemOf(label, references);
    this.input({ type: 'post', item });
    return item.id;
  }

  lose(reason: DisconnectReason = 'connection-lost', random = 0): void {
    this.input({ type: 'closed', reason, random });
  }

  comeIn(welcome: WelcomeChange = {}): void {
    this.input({ type: 'start' });
    this.input({ type: 'opened' });
    this.hear(welcomeOf(welcome));
  }

  /** After a loss: waits, connects and is welcomed. */
  comeBack(welcome: WelcomeChange): void {
    this.input({ type: 'timer' });
    this.input({ type: 'opened' });
    this.hear(welcomeOf(welcome));
  }

  /** Everything it did since the last time. */
  take() {
    const effects = this.#effects;
    this.#effects = [];
    return new Done(effects);
  }
}

const labelsOf = (items: readonly { readonly id: string }[]) =>
  items.map(({ id }) => labels.get(id) ?? id);

/** What a session did, sorted. */
export class Done {
  readonly kinds: readonly string[];
  readonly sent: readonly ClientMessage[];
  readonly told: readonly SessionEvent[];
  readonly wakeAt: number | undefined;

  constructor(effects: readonly SessionEffect[]) {
    this.kinds = effects.map(({ type }) => type);
    this.sent = effects.flatMap((effect) => (effect.type === 'send' ? effect.message : []));
    this.told = effects.flatMap((effect) => (effect.type === 'tell' ? effect.event : []));
    this.wakeAt = effects.flatMap((effect) => (effect.type === 'wake' ? effect.at : []))[0];
  }

  /** The last event of a kind. */
  last<Type extends SessionEvent['type']>(
    type: Type,
  ): Extract<SessionEvent, { type: Type }> | undefined {
    return this.told.findLast(
      (event): event is Extract<SessionEvent, { type: Type }> => event.type === type,
    );
  }

  /** What was posted, by its labels. */
  get said(): readonly string[] {
    return labelsOf(this.sent.flatMap((sent) => (sent.type === 'post' ? sent : [])));
  }

  /** The numbers of the entries that were added to the copy. */
  get added(): readonly number[] {
    return this.told.flatMap((event) =>
      event.type === 'entries' ? event.entries.map(({ seq }) => seq) : [],
    );
  }

  /** What is not in the log as far as is known, by its labels. */
  get waiting(): readonly string[] | undefined {
    const outbox = this.last('outbox');
    return outbox && labelsOf(outbox.waiting);
  }

  /** What is kept because nobody has vouched for it, by its labels. */
  get kept(): readonly string[] | undefined {
    const outbox = this.last('outbox');
    return outbox && labelsOf(outbox.items);
  }

  /** The request for what is missing. */
  get asked() {
    return this.sent.find((sent) => sent.type === 'history');
  }

  /** Why it ended; undefined when it did not. */
  get ended(): DisconnectReason | undefined {
    const status = this.last('status')?.status;
    return status?.state === 'ended' ? status.reason : undefined;
  }

  /** What the hello says of this device's copy of what everybody says. */
  get ancestry() {
    const hello = this.sent.find((sent) => sent.type === 'hello');
    return hello?.resume.find(({ conversation }) => conversation === TALK)?.ancestry;
  }
}
