import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Batch } from '../hub/engine/batch.ts';
import type { Clock } from '../model/clock.ts';
import type { Peer, PeerListener } from '../hub/engine/peer.ts';
import type { SharedRoster } from '../hub/engine/shared-roster.ts';
import type { Greeting } from '../hub/hub-types.ts';
import { CLOSE_REASONS } from '../protocol/close-codes.ts';
import type { CloseName } from '../model/error-codes.ts';
import { encodeGreeting, encodeHubMessage } from '../wire/encode.ts';
import type { HubMessage } from '../wire/messages.ts';
import type { ServerLimits } from './limits.ts';
import { PacedWriter } from './paced-writer.ts';
import { bytesOf, fragmentsOf } from './shared-bytes.ts';
import { CAN_SHARE_FRAMES, firstFragments, frameOf } from './ws-frame.ts';

/** Close codes of programs that end on purpose: normal, going away, none given (P8, O18). */
const ON_PURPOSE = new Set([1000, 1001, 1005]);

/** What fits into one record of TLS together with the head of a frame. */
const TLS_RECORD_BYTES = 16_000;
/** In one part, however long. */
const WHOLE = Number.MAX_SAFE_INTEGER;

/** A member's WebSocket: one write per turn (O19), a heartbeat, a bounded queue. */
export class WsPeer implements Peer {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #limits: ServerLimits;
  /** A welcome goes through TLS in parts. */
  readonly #paced: PacedWriter | null;
  readonly #clock: Clock;
  #corked = false;
  #heardAt: number;
  /** Pings the other side has yet to answer. */
  #unanswered = 0;

  /** `stream` is what `socket` writes to. */
  constructor(
    socket: WebSocket,
    stream: Duplex,
    limits: ServerLimits,
    clock: Clock,
    listener: PeerListener,
  ) {
    this.#clock = clock;
    this.#socket = socket;
    this.#stream = stream;
    this.#paced = stream instanceof TLSSocket ? new PacedWriter(stream) : null;
    this.#limits = limits;
    this.#heardAt = clock.monotonic();
    socket.on('ping', (data) => {
      this.#heardAt = clock.monotonic();
      if (listener.ping()) socket.pong(data);
    });
    socket.on('pong', () => {
      this.#heardAt = clock.monotonic();
      if (this.#unanswered > 0) this.#unanswered -= 1;
      else listener.ping();
    });
    socket.on('message', (data, isBinary) => {
      this.#heardAt = clock.monotonic();
      // Binary frames are no part of the protocol: read as text that cannot be parsed (F3).
      listener.frame(isBinary || !Buffer.isBuffer(data) ? '' : data.toString());
    });
    // ws closes the socket after an error and says why in the close code; `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', (code) => listener.closed(ON_PURPOSE.has(code)));
  }

  /** Only the short beginning is made for this member; thousands may be welcomed at once. */
  welcome(greeting: Greeting, roster: SharedRoster): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const beginning = encodeGreeting(greeting);
    if (!CAN_SHARE_FRAMES) {
      this.#socket.send(beginning + roster.ending);
    } else if (this.#paced) {
      this.#paced.write(firstFragments(beginning, TLS_RECORD_BYTES));
      this.#paced.write(fragmentsOf(roster, TLS_RECORD_BYTES));
    } else {
      this.#corkForTurn();
      for (const part of firstFragments(beginning, WHOLE)) this.#stream.write(part);
      for (const part of fragmentsOf(roster, WHOLE)) this.#stream.write(part);
    }
  }

  send(message: HubMessage): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const text = encodeHubMessage(message);
    if (this.#paced?.isBusy) {
      this.#paced.write([frameOf(text)]);
    } else {
      this.#corkForTurn();
      this.#socket.send(text);
    }
  }

  #corkForTurn(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#stream.cork();
    setImmediate(() => {
      this.#corked = false;
      this.#stream.uncork();
    });
  }

  /** The bytes are the same for everybody; ws would make a frame of its own for each. */
  sendBatch(batch: Batch): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#paced?.isBusy) this.#paced.write([bytesOf(batch)]);
    else if (CAN_SHARE_FRAMES) this.#stream.write(bytesOf(batch));
    else for (const { text } of batch.items) this.#socket.send(text);
  }

  isTooSlow(): boolean {
    const waiting = this.#stream.writableLength + (this.#paced?.length ?? 0);
    return waiting > this.#limits.queueBytes;
  }

  /** Pings; false when nothing was heard for too long and the connection was given up (B2). */
  beat(): boolean {
    if (this.#clock.monotonic() - this.#heardAt > this.#limits.quietMs) {
      this.#socket.terminate();
      return false;
    }
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.ping();
      this.#unanswered += 1;
    }
    return true;
  }

  close(reason: CloseName): void {
    this.#paced?.finish();
    this.#socket.close(CLOSE_REASONS[reason].code, reason);
    const limit = setTimeout(() => this.#socket.terminate(), this.#limits.closeMs);
    this.#socket.once('close', () => clearTimeout(limit));
  }
}
