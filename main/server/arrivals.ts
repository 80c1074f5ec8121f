/** Who is at the door: every connection, counted and timed on its way to the first thing it says. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Admission } from './admission.ts';
import { sourceOf } from './client-address.ts';
import { HalfOpen } from './half-open.ts';
import { HTTP_REFUSALS, refuse } from './http-refusals.ts';
import type { HttpRefusal } from './http-refusals.ts';
import type { ServerLimits } from './limits.ts';

/** A TCP connection, for as long as it lasts. */
export interface Arrival {
  readonly tcp: Socket;
  /** By then it has to be a WebSocket. */
  readonly deadline: NodeJS.Timeout;
  /** What an answer in HTTP is written to: null before TLS, and once it was answered. */
  answerable: Duplex | null;
  stage: 'on-its-way' | 'silent' | 'settled' | 'gone';
}

export class Arrivals {
  readonly #limits: ServerLimits;
  /** By both ends of their connection. */
  readonly #byEnds = new Map<string, Arrival>();
  /** Those that have yet to become a WebSocket. */
  readonly #halfOpen: HalfOpen<Arrival>;
  /** WebSockets that have yet to say something; how many come from one address is Admission's. */
  readonly #silent: HalfOpen<Arrival>;
  readonly #admission: Admission;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
    this.#halfOpen = new HalfOpen(limits.halfOpen, limits.halfOpenPerSource);
    this.#silent = new HalfOpen(limits.halfOpen, limits.halfOpen);
    this.#admission = new Admission(limits);
  }

  /** True when as many are on their way from where this address is as may be (F9). */
  isFull(address: string): boolean {
    return this.#halfOpen.isFull(sourceOf(address));
  }

  /** A connection has come from this address; null for a proxy's, which brings many people. */
  add(tcp: Socket, address: string | null): void {
    const ends = endsOf(tcp);
    const timedOut = () => this.turnAway(arrival, HTTP_REFUSALS.timedOut);
    const deadline = setTimeout(timedOut, this.#limits.helloMs);
    const arrival: Arrival = { tcp, deadline, answerable: null, stage: 'on-its-way' };
    this.#byEnds.set(ends, arrival);
    tcp.once('close', () => {
      arrival.stage = 'gone';
      clearTimeout(deadline);
      this.#byEnds.delete(ends);
      this.#halfOpen.remove(arrival);
      this.#silent.remove(arrival);
    });
    if (address !== null) this.#count(arrival, address, this.#halfOpen);
  }

  /** Whose connection this is, of TCP or of TLS over it. */
  on(stream: Socket): Arrival | undefined {
    return this.#byEnds.get(endsOf(stream));
  }

  /** Those who say goodbye by themselves are left out, unless `all` have to go. */
  drop(all: boolean): void {
    for (const { tcp, stage } of this.#byEnds.values()) {
      if (all || stage === 'on-its-way') tcp.destroy();
    }
  }

  /** Counts one in as a WebSocket from this address; or turns it away, and returns false. */
  letIn(arrival: Arrival, address: string): boolean {
    const refusal = this.#admission.refuse(address);
    if (refusal) {
      this.turnAway(arrival, refusal);
      return false;
    }
    clearTimeout(arrival.deadline);
    arrival.answerable = null;
    arrival.stage = 'silent';
    this.#halfOpen.remove(arrival);
    this.#count(arrival, address, this.#silent);
    arrival.tcp.once('close', () => this.#admission.release(address));
    return true;
  }

  /** It has said something. */
  settle(arrival: Arrival): void {
    // What came before the end may be heard after it.
    if (arrival.stage !== 'silent') return;
    arrival.stage = 'settled';
    this.#silent.remove(arrival);
    arrival.tcp.once('close', this.#admission.settle());
  }

  /** Ends it, in words where they can be heard. */
  turnAway(arrival: Arrival, refusal: HttpRefusal, lingerMs?: number): void {
    const { tcp, answerable } = arrival;
    arrival.answerable = null;
    if (answerable) refuse(answerable, refusal, lingerMs);
    else tcp.destroy();
  }

  #count(arrival: Arrival, address: string, among: HalfOpen<Arrival>): void {
    const oldest = among.add(arrival, sourceOf(address));
    if (oldest) this.turnAway(oldest, HTTP_REFUSALS.tooManyFromHere, 0);
  }
}

/** No two connections have both ends in common. */
function endsOf({ localAddress, remoteAddress, remotePort }: Socket): string {
  return `${localAddress} ${remoteAddress} ${remotePort}`;
}
