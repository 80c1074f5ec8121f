/** Who says a hello, and the proof that they know the passphrase (I2, I4, K2-K4). */
import { createHash } from 'node:crypto';
import type { Doorkeeper } from '../hub/engine/doorkeeper.ts';
import type { Greeting, Hello, Identity } from '../hub/hub-types.ts';
import type { ConnectionId } from '../hub/roster.ts';
import { answerPassphrase } from '../passphrase/passphrase-record.ts';
import type { PassphraseAnswer, PassphraseRecord } from '../passphrase/passphrase-record.ts';
import type { MemberId } from '../model/member.ts';
import type { HubMessage } from '../wire/messages.ts';
import { refusal } from '../wire/refusals.ts';
import type { Refusal } from '../wire/refusals.ts';
import { isProven } from '../transport/hello-proof.ts';
import type { Caller } from './caller.ts';
import { sourceOf } from './client-address.ts';
import { GuessLimiter } from './guess-limiter.ts';

/** A caller who was answered and has yet to finish. */
interface Waiting {
  readonly hello: Hello;
  readonly identity: Identity;
  readonly from: string;
  readonly answer: PassphraseAnswer;
}

export interface CallerDoorkeeperOptions {
  readonly room: string;
  /** Empty where there is no TLS that would prove it. */
  readonly hostKey: MemberId;
  readonly passphrase: () => PassphraseRecord | null;
  /** A proof could not be answered; the host should know. */
  readonly onProblem: (error: unknown) => void;
}

/** Tells by what each connection's transport proves of its caller. */
export class CallerDoorkeeper implements Doorkeeper {
  readonly #options: CallerDoorkeeperOptions;
  readonly #callers = new Map<ConnectionId, Caller>();
  readonly #limiter = new GuessLimiter();
  readonly #waiting = new Map<ConnectionId, Waiting>();
  /** The hub's proofs for the welcomes of those who have just proven themselves. */
  readonly #proofs = new Map<ConnectionId, string>();

  constructor(options: CallerDoorkeeperOptions) {
    this.#options = options;
  }

  /** This connection is this caller's. */
  meet(connection: ConnectionId, caller: Caller): void {
    this.#callers.set(connection, caller);
  }

  identityOf(connection: ConnectionId, hello: Hello): Identity | null {
    const caller = this.#callers.get(connection);
    const member = caller ? memberOf(caller, hello) : null;
    if (member === null) return null;
    const inviteHash = hello.invite === undefined ? null : inviteHashOf(hello.invite);
    return { member, inviteHash, passphrase: hello.passphrase === undefined ? null : 'offered' };
  }

  begin(...[connection, hello, now, answer]: Parameters<Doorkeeper['begin']>): void {
    void this.#begin(connection, hello, now).then(answer, (error: unknown) => {
      // It is the host who can do something about it, and nobody else is to suffer from it.
      this.#options.onProblem(error);
      answer(null);
    });
  }

  async #begin(
    connection: ConnectionId,
    hello: Hello,
    now: number,
  ): Promise<Extract<HubMessage, { type: 'passphrase' }> | Refusal> {
    const identity = this.identityOf(connection, hello);
    if (!identity) return refusal('key-not-proven');
    const from = sourceOf(this.#callers.get(connection)?.address ?? '');
    const seconds = this.#limiter.begin(identity.member, from, now);
    if (seconds > 0) return { ...refusal('too-many-guesses'), seconds };
    const record = this.#options.passphrase();
    const answer = record && (await answerPassphrase(record, hello.passphrase ?? ''));
    if (!answer) return refusal('passphrase-wrong');
    this.#waiting.set(connection, { hello, identity, from, answer });
    return { type: 'passphrase', room: this.#options.room, response: answer.response };
  }

  isWaiting(connection: ConnectionId): boolean {
    return this.#waiting.has(connection);
  }

  finish(
    connection: ConnectionId,
    finish: string,
    proof: string,
  ): { readonly hello: Hello; readonly identity: Identity } | null {
    const waiting = this.#waiting.get(connection);
    if (!waiting) return null;
    this.#waiting.delete(connection);
    const { hello, identity, from, answer } = waiting;
    const { room, hostKey } = this.#options;
    const hubProof = answer.check(finish, proof, { room, client: identity.member, hub: hostKey });
    if (hubProof === null) return null;
    this.#limiter.right(identity.member, from);
    this.#proofs.set(connection, hubProof);
    return { hello, identity: { ...identity, passphrase: 'proven' } };
  }

  withProof(connection: ConnectionId, greeting: Greeting): Greeting {
    const proof = this.#proofs.get(connection);
    return proof === undefined ? greeting : { ...greeting, proof };
  }

  forget(connection: ConnectionId): void {
    this.#callers.delete(connection);
    this.#waiting.delete(connection);
    this.#proofs.delete(connection);
  }
}

function memberOf(caller: Caller, { key, proof }: Hello): MemberId | null {
  if (caller.by === 'key') return caller.member;
  if (key === undefined || proof === undefined) return null;
  return isProven({ key, proof }, caller.nonce) ? key : null;
}

/** What is kept of an invitation's token (K2). */
export function inviteHashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
