/**
 * One person's place in one room, as a state machine: joining, staying, coming back, and what was
 * typed but not confirmed. No clock, no sockets, no randomness.
 */
import type { DisconnectReason, RefusalReason } from '../model/error-codes.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import type {
  AdmissionRefusal,
  Entry,
  HubMessage,
  LogPosition,
  MemberId,
  Refusal,
  Welcome,
} from '../protocol/messages.ts';
import { isAdmissionRefusal } from '../protocol/refusals.ts';
import { signedContent } from '../protocol/signed-content.ts';
import { backoffMs } from './backoff.ts';
import { CatchUp } from './catch-up.ts';
import { isFinal } from './disconnects.ts';
import { gaplessUpTo, isWithin } from './joining-up.ts';
import { Outbox } from './outbox.ts';
import type { OutboxMessage } from './outbox.ts';
import type {
  Answer,
  Request,
  SessionEffect,
  SessionEvent,
  SessionInput,
  SessionStatus,
  Unsigned,
} from './session-types.ts';

/** Where the connection stands; the outside sees `SessionStatus`. */
type Phase = 'new' | 'connecting' | 'greeting' | 'here' | 'waiting' | 'ended';

export interface SessionOptions {
  readonly name: string;
  /** The room it must be, when that is known from an advertisement or a link. */
  readonly roomId: string | null;
  /** Who one was there, when one was there before. */
  readonly you: MemberId | null;
  /** What was typed before and is not confirmed. */
  readonly outbox: readonly OutboxMessage[];
  /** Whether the connection's hub may be this room's: null when it may, otherwise why not (I3). */
  readonly doubtHost: (roomId: string) => 'host-key-changed' | null;
  /** Where this device's copy of a room's log ends; null when it has none. */
  readonly copyOf: (roomId: string) => LogPosition | null;
}

export class Session {
  #name: string;
  #roomId: string | null;
  #phase: Phase = 'new';
  #failures = 0;
  #you: MemberId | null = null;
  /** Where the copy of the log ends; null before the first welcome. */
  #position: LogPosition | null = null;
  readonly #catchUp = new CatchUp();
  /** When the wake that was asked for last comes, null when it came. */
  #wakeAt: number | null = null;
  /** Why the hub does not let one in; the connection's end follows. */
  #turnedAway: AdmissionRefusal | null = null;
  readonly #outbox: Outbox;
  readonly #copyOf: SessionOptions['copyOf'];
  readonly #doubtHost: SessionOptions['doubtHost'];
  readonly #requests = new Map<string, Request>();
  #effects: SessionEffect[] = [];

  constructor(options: SessionOptions) {
    this.#name = options.name;
    this.#roomId = options.roomId;
    this.#you = options.you;
    this.#doubtHost = options.doubtHost;
    this.#outbox = new Outbox(options.outbox);
    this.#copyOf = options.copyOf;
    if (options.roomId !== null) this.#position = options.copyOf(options.roomId);
  }

  /** Takes in one thing that happened; never throws. */
  handle(input: SessionInput): readonly SessionEffect[] {
    this.#effects = [];
    switch (input.type) {
      case 'start':
        if (this.#phase === 'new' || this.#phase === 'ended') {
          this.#failures = 0;
          this.#connect();
        }
        break;
      case 'opened':
        if (this.#phase === 'connecting') this.#greet();
        break;
      case 'message':
        this.#onMessage(input.now, input.message);
        break;
      case 'closed':
        this.#onClosed(input.now, input.reason, input.random);
        break;
      case 'timer':
      case 'retry-now':
        if (this.#phase === 'waiting') this.#connect();
        else if (input.type === 'timer') this.#resume();
        break;
      case 'leave':
        if (this.#phase === 'here') this.#send({ type: 'leave' });
        if (this.#phase !== 'new' && this.#phase !== 'ended') this.#end('left');
        break;
      case 'say':
        this.#outbox.add(input.id, input.text, input.now);
        this.#tellPending();
        this.#sendWaiting();
        break;
      case 'retry':
        if (!this.#outbox.requeue(input.id)) break;
        this.#tellPending();
        this.#sendWaiting();
        break;
      case 'cancel':
        this.#settle([input.id]);
        break;
      case 'typing':
        if (this.#phase === 'here') this.#send({ type: 'typing', on: input.on });
        break;
      case 'ask':
        this.#ask(input.request);
        break;
    }
    return this.#effects;
  }

  #connect() {
    this.#phase = 'connecting';
    this.#turnedAway = null;
    this.#wakeAt = null;
    this.#tellStatus({ state: 'connecting' });
    this.#effects.push({ type: 'connect' });
  }

  /** H1, H5. */
  #greet() {
    this.#phase = 'greeting';
    const hello = { type: 'hello', version: PROTOCOL_VERSION, name: this.#name } as const;
    this.#send(this.#position ? { ...hello, resume: this.#position } : hello);
  }

  #onMessage(now: number, message: HubMessage) {
    if (message.type === 'welcome') {
      if (this.#phase === 'greeting') this.#onWelcome(message);
      return;
    }
    if (message.type === 'refused') {
      this.#onRefused(now, message);
      return;
    }
    if (this.#phase !== 'here') return;
    switch (message.type) {
      case 'entry':
        this.#onEntry(message.entry);
        break;
      case 'page':
        this.#onPage(message);
        break;
      case 'presence':
        for (const change of message.changes) {
          if (change.change !== 'renamed' || change.id !== this.#you) continue;
          this.#name = change.name;
          this.#answerFirst('rename', { ok: true, type: 'rename' });
        }
        this.#tell({ type: 'presence', changes: message.changes });
        break;
      case 'roster':
        this.#answer(message.id, { ok: true, type: 'who', roster: message.roster });
        break;
      case 'bans':
        this.#answer(message.id, { ok: true, type: 'bans', bans: message.bans });
        break;
      case 'room':
        this.#tell({ type: 'room', room: message.room });
        // Nobody has to wait any more (M2).
        if (message.room.slowSeconds === 0) this.#resume();
        break;
      case 'cleared':
        this.#catchUp.begin(message.log.seq);
        this.#beginAgain(message.log, []);
        break;
      case 'typing':
        this.#tell({ type: 'typing', id: message.id, on: message.on });
        break;
      case 'challenge':
      case 'passphrase':
        // The connection answered these on the way in.
        break;
    }
  }

  #onWelcome(welcome: Welcome) {
    if (this.#roomId !== null && welcome.room.id !== this.#roomId) {
      this.#end('wrong-room');
      return;
    }
    const doubt = this.#doubtHost(welcome.room.id);
    if (doubt) {
      this.#end(doubt);
      return;
    }
    this.#roomId = welcome.room.id;
    this.#failures = 0;
    this.#you = welcome.you;
    const self = welcome.roster.find((member) => member.id === welcome.you);
    if (self) this.#name = self.name;
    this.#tell({ type: 'room', room: welcome.room });
    const { you, roster } = welcome;
    this.#tell({ type: 'welcomed', you, roster, logFirst: welcome.log.first });
    this.#catchUp.begin(welcome.log.seq);
    // Without a resume point, a copy of this very log may still turn out to be here.
    if (!this.#position) this.#position = this.#copyOf(welcome.room.id);
    if (this.#position && isWithin(this.#position, welcome)) {
      this.#append(welcome.entries);
    } else {
      const { epoch, seq } = welcome.log;
      this.#beginAgain({ epoch, seq }, welcome.entries);
    }
    // Only now: what was confirmed above must not let anything out before what was said first.
    this.#phase = 'here';
    this.#tellStatus({ state: 'here' });
    this.#outbox.begin();
    this.#resume();
  }

  /** Goes on with whatever is not confirmed, in the order it was typed (S5), and what is missing. */
  #resume() {
    this.#wakeAt = null;
    this.#catchUp.resume();
    this.#outbox.resume();
    this.#sendWaiting();
    this.#fetchMissing();
  }

  #sendWaiting() {
    if (this.#phase !== 'here') return;
    for (const message of this.#outbox.takeSendable()) this.#sendSigned(message);
  }

  /** These need no sending any more: confirmed, or given up. */
  #settle(ids: readonly string[]) {
    let changed = false;
    for (const id of ids) changed = this.#outbox.remove(id) || changed;
    if (changed) this.#tellPending();
    this.#sendWaiting();
  }

  #onRefused(now: number, refused: Refusal) {
    const { id, code } = refused;
    if (this.#phase === 'greeting' && isAdmissionRefusal(code)) this.#turnedAway = code;
    if (id === undefined) return;
    const isTooFast = code === 'slow-down' || code === 'slow-mode';
    if (isTooFast && (this.#catchUp.land(id) || this.#outbox.find(id))) {
      if (code === 'slow-down') this.#catchUp.pause();
      this.#outbox.land(id);
      this.#outbox.pause();
      // What was refused for coming too fast goes out later, and nothing before it (B6, M2).
      this.#wakeBy(now + (refused.seconds ?? 1) * 1000);
      return;
    }
    const problem = reasonOf(refused);
    if (this.#outbox.refuse(id, problem)) {
      this.#tellPending();
      this.#sendWaiting();
      return;
    }
    this.#answer(id, { ok: false, problem });
  }

  /** Goes on at this time, or sooner when that was said before. */
  #wakeBy(at: number) {
    if (this.#wakeAt !== null && this.#wakeAt <= at) return;
    this.#wakeAt = at;
    this.#effects.push({ type: 'wake', at });
  }

  #onEntry(entry: Entry) {
    this.#catchUp.heardOf(entry.seq);
    this.#append([entry]);
    // Also when the copy is still behind: by the time it is not, the room may have forgotten this.
    this.#settle([entry.id]);
    this.#answer(entry.id, { ok: true, type: 'act' });
    this.#fetchMissing();
  }

  #onPage(page: Extract<HubMessage, { type: 'page' }>) {
    if (!this.#catchUp.land(page.id)) {
      const { entries, more } = page;
      this.#answer(page.id, { ok: true, type: 'history', entries, more });
      return;
    }
    if (!this.#position) return;
    const { epoch, seq } = this.#position;
    switch (this.#catchUp.judge(page.entries, seq)) {
      case 'follows':
        this.#append(page.entries);
        break;
      case 'skips': {
        const last = page.entries.at(-1)?.seq ?? this.#catchUp.target;
        this.#beginAgain({ epoch, seq: last }, page.entries);
        break;
      }
      case 'leads-nowhere':
        break;
    }
    this.#fetchMissing();
  }

  /** The copy begins anew, with these entries at its end. */
  #beginAgain(position: LogPosition, entries: readonly Entry[]) {
    this.#position = position;
    const gapless = gaplessUpTo(position.seq, entries);
    this.#tell({ type: 'reset', position, entries: gapless });
    this.#settle(gapless.map(({ id }) => id));
  }

  /** Adds what follows the copy without a gap; the rest is fetched (L4). */
  #append(entries: readonly Entry[]) {
    if (!this.#position) return;
    let { seq } = this.#position;
    const following: Entry[] = [];
    for (const entry of entries) {
      if (entry.seq !== seq + 1) continue;
      seq = entry.seq;
      following.push(entry);
    }
    if (following.length === 0) return;
    this.#position = { ...this.#position, seq };
    this.#tell({ type: 'entries', entries: following });
    this.#settle(following.map(({ id }) => id));
  }

  #fetchMissing() {
    const request = this.#catchUp.next(this.#position?.seq ?? 0);
    if (request) this.#send(request);
  }

  #onClosed(now: number, closed: DisconnectReason, random: number) {
    if (this.#phase === 'ended' || this.#phase === 'new') return;
    const reason = this.#turnedAway ?? closed;
    const neverIn = this.#you === null;
    if (isFinal(reason) || neverIn) {
      this.#end(reason);
      return;
    }
    this.#dropRequests(reason);
    this.#failures += 1;
    this.#phase = 'waiting';
    const until = now + backoffMs(this.#failures, random);
    this.#tellStatus({ state: 'waiting', until, reason });
    this.#effects.push({ type: 'wake', at: until });
  }

  #end(reason: DisconnectReason) {
    this.#dropRequests(reason);
    this.#phase = 'ended';
    this.#effects.push({ type: 'disconnect' });
    this.#tellStatus({ state: 'ended', reason });
  }

  #ask(request: Request) {
    if (this.#phase === 'here') {
      this.#requests.set(request.id, request);
      if (request.type === 'act') this.#sendSigned(request);
      else this.#send(request);
      return;
    }
    const answer = { ok: false, problem: { code: 'not-here' } } as const;
    this.#tell({ type: 'answer', id: request.id, answer });
  }

  #answer(id: string, answer: Answer) {
    if (this.#requests.delete(id)) this.#tell({ type: 'answer', id, answer });
  }

  /** The hub carries out requests in order, so the oldest one of a kind is the one answered. */
  #answerFirst(type: Request['type'], answer: Answer) {
    for (const request of this.#requests.values()) {
      if (request.type !== type) continue;
      this.#answer(request.id, answer);
      return;
    }
  }

  #dropRequests(reason: DisconnectReason) {
    for (const id of this.#requests.keys()) {
      this.#answer(id, { ok: false, problem: { code: reason } });
    }
  }

  #send(message: Extract<SessionEffect, { type: 'send' }>['message']) {
    this.#effects.push({ type: 'send', message });
  }

  #sendSigned(message: Unsigned) {
    const room = this.#roomId ?? '';
    const content =
      message.type === 'say'
        ? signedContent(room, { kind: 'said', ...message })
        : signedContent(room, { kind: 'act', ...message });
    this.#effects.push({ type: 'sign-and-send', message, content });
  }

  #tellPending() {
    this.#tell({ type: 'pending', pending: this.#outbox.messages });
  }

  #tellStatus(status: SessionStatus) {
    this.#tell({ type: 'status', status });
  }

  #tell(event: SessionEvent) {
    this.#effects.push({ type: 'tell', event });
  }
}

/** What a refusal says, without which request it is about. */
function reasonOf(refused: Refusal): RefusalReason {
  return refused.code === 'unknown-refusal'
    ? { code: refused.code, details: refused.details }
    : { code: refused.code };
}
