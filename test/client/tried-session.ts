/** A session with a clock a test sets, and a record of what it did. */
import { Session } from '../../main/client/session.ts';
import type { SessionEffect, SessionEvent, SessionInput } from '../../main/client/session-types.ts';
import type { DisconnectReason } from '../../main/client/disconnects.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  LogPosition,
  Member,
  Welcome,
} from '../../main/protocol/messages.ts';

/** An input without its time. */
type Prompt = SessionInput extends infer Input
  ? Input extends SessionInput
    ? Omit<Input, 'now'>
    : never
  : never;

export const ANN: Member = { id: 'ann', name: 'Ann', host: false, away: false, since: 1 };
export const BO: Member = { id: 'bo', name: 'Bo', host: true, away: false, since: 0 };

/** An entry of somebody else, unless told otherwise. */
export function entryOf(seq: number, id = `e${seq}`): Entry {
  return { kind: 'said', seq, at: seq, id, from: BO.id, name: BO.name, text: `text ${seq}` };
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
    token: 'secret',
    room: { id: 'room-1', name: 'Lab 3', locked: false, idleMinutes: null, remembersDays: null },
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

  constructor(roomId: string | null = null) {
    this.#session = new Session({
      name: 'Ann',
      roomId,
      you: null,
      token: null,
      outbox: [],
      copyOf: () => null,
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
