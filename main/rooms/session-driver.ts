/** Runs a member session: gives it time and chance, and does what it says with a real connection. */
import type { DisconnectReason } from '../model/error-codes.ts';
import { Session } from '../client/session.ts';
import type { SessionOptions } from '../client/session.ts';
import type { SessionEffect, SessionEvent, SessionInput } from '../client/session-types.ts';
import { throwLater } from '../errors.ts';
import type { Connect, Connection, ConnectionListener } from '../transport/connection.ts';

/** An input of each kind without the time the driver adds. */
type Untimed<Input> = Input extends SessionInput ? Omit<Input, 'now'> : never;

/** What the application may ask for; the rest comes from connections and timers. */
export type Prompt = Untimed<
  Exclude<SessionInput, { type: 'opened' | 'message' | 'closed' | 'timer' }>
>;

export class SessionDriver {
  readonly #session: Session;
  readonly #connect: Connect;
  readonly #sign: (content: string) => string;
  readonly #listener: (event: SessionEvent) => void;
  #connection: Connection | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** `sign` gives this device's signature of a text (E1). */
  constructor(
    options: SessionOptions,
    connect: Connect,
    sign: (content: string) => string,
    listener: (event: SessionEvent) => void,
  ) {
    this.#session = new Session(options);
    this.#connect = connect;
    this.#sign = sign;
    this.#listener = listener;
  }

  prompt(prompt: Prompt): void {
    this.#input({ ...prompt, now: Date.now() });
  }

  /**
   * Makes a new connection at once, for this one may be dead without knowing. It is not closed: if
   * it lives, the hub ends it when the new one takes over, and nobody there notices (H6).
   */
  reconnect(): void {
    if (!this.#connection) return;
    this.#connection = null;
    const now = Date.now();
    this.#input({ type: 'closed', now, reason: 'connection-lost', random: 0 });
    this.#input({ type: 'retry-now', now });
  }

  #input(input: SessionInput): void {
    for (const effect of this.#session.handle(input)) {
      try {
        this.#carryOut(effect);
      } catch (error) {
        // The session counts on each of them: a timer or a goodbye that is left out never comes.
        throwLater(error);
      }
    }
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'connect':
        clearTimeout(this.#timer);
        this.#open();
        break;
      case 'send':
        this.#connection?.send(effect.message);
        break;
      case 'sign-and-send':
        this.#connection?.send({ ...effect.message, signature: this.#sign(effect.content) });
        break;
      case 'disconnect':
        clearTimeout(this.#timer);
        this.#connection?.close();
        this.#connection = null;
        break;
      case 'wake':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(
          () => this.#input({ type: 'timer', now: Date.now() }),
          Math.max(0, effect.at - Date.now()),
        );
        break;
      case 'tell':
        this.#listener(effect.event);
        break;
    }
  }

  #open(): void {
    const listener: ConnectionListener = {
      opened: () => {
        if (this.#connection === connection) this.#input({ type: 'opened', now: Date.now() });
      },
      message: (message) => {
        if (this.#connection !== connection) return;
        this.#input({ type: 'message', now: Date.now(), message });
      },
      closed: (reason: DisconnectReason) => {
        if (this.#connection !== connection) return;
        this.#connection = null;
        this.#input({ type: 'closed', now: Date.now(), reason, random: Math.random() });
      },
    };
    const connection = this.#connect(listener);
    this.#connection = connection;
  }
}
