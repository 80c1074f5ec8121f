/** A session with a clock a test sets, and a record of what it did. */
import { Session } from '../../main/client/session.ts';
import type { SessionOptions } from '../../main/client/session.ts';
import type { SessionEffect, SessionEvent, SessionInput } from '../../main/client/session-types.ts';
import type { DisconnectReason } from '../../main/model/error-codes.ts';
import type {
  Entry,
  HubMessage,
  LogPosition,
  Member,
  RoomInfo,
  Welcome,
} from '../../main/protocol/messages.ts';

/** An input without its time. */
type Prompt = SessionInput extends infer Input
  ? Input extends SessionInput
    ? Omit<Input, 'now'>
    : never
  : never;

const PLAIN = { role: 'member', away: false, muted: false } as const;
export const ANN: Member = { ...PLAIN, id: 'ann', name: 'Ann', since: 1 };
export const BO: Member = { ...PLAIN, id: 'bo', name: 'Bo', role: 'host', since: 0 };

export const ROOM: RoomInfo = {
  id: 'room-1',
  name: 'Lab 3',
  access: 'open',
  locked: false,
  slowSeconds: 0,
  idleMinutes: null,
  remembersDays: null,
};

/** An entry of somebody else, unless told otherwise. */
export function entryOf(seq: number, id = `e${seq}`): Entry {
  const by = { from: BO.id, name: BO.name, written: seq, signature: `of ${id}` };
  return { kind: 'said', seq, at: seq, id, ...by, text: `text ${seq}` };
}

/** Entries `first` to `last`. */
export function entriesOf(first: number, last: number): readonly Entry[] {
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, n) => entryOf(first + n));
}

/** What a test cares about in a welcome; the log begins with its first entry unless told otherwise. */
export type WelcomeChange = Omit<Partial<Welcome>, 'log'> & { readonly log?: LogPosition };

export function welcomeOf({ log, ...change }: WelcomeChange = {}): Welcome {
  return {
    type: 'welcome',
    version: 1,
    you: ANN.id,
    room: ROOM,
    roster: [BO, ANN],
    log: { epoch: 'epoch-1', seq: 0, first: 1, ...log },
    entries: [],
    resumed: false,
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

  hear(message: HubMessage): void {
    this.input({ type: 'message', message });
  }

  hearEntries(...entries: readonly Entry[]): void {
    for (const entry of entries) this.hear({ type: 'entry', entry });
  }

  say(id: string, text = `text of ${id}`): void {
    this.input({ type: 'say', id, text });
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

type Sending = Extract<SessionEffect, { type: 'send' }>;
type Signing = Extract<SessionEffect, { type: 'sign-and-send' }>;
type Sent = (Sending | Signing)['message'];

/** What a session did, sorted. */
export class Done {
  readonly kinds: readonly string[];
  /** Also what is sent with a signature. */
  readonly sent: readonly Sent[];
  /** What is to be signed, each with the message it goes out with. */
  readonly signed: readonly Signing[];
  readonly told: readonly SessionEvent[];
  readonly wakeAt: number | undefined;

  constructor(effects: readonly SessionEffect[]) {
    this.kinds = effects.map(({ type }) => type);
    this.sent = effects.flatMap((effect) =>
      effect.type === 'send' || effect.type === 'sign-and-send' ? effect.message : [],
    );
    this.signed = effects.filter((effect) => effect.type === 'sign-and-send');
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

  get said(): readonly string[] {
    return this.sent.flatMap((message) => (message.type === 'say' ? message.id : []));
  }

  /** The numbers of the entries that were added to the copy. */
  get added(): readonly number[] {
    return this.told.flatMap((event) =>
      event.type === 'entries' ? event.entries.map(({ seq }) => seq) : [],
    );
  }

  get pending(): readonly string[] | undefined {
    return this.last('pending')?.pending.map(({ id }) => id);
  }
}
