/**
 * One person's place in one room, as a state machine: joining, staying, coming back, and what was
 * typed but not confirmed. No clock, no sockets, no randomness.
 */
import { PAGE_MAX, PROTOCOL_VERSION } from '../protocol/limits.ts';
import type {
  ClientMessage,
  Entry,
  HubMessage,
  LogPosition,
  Welcome,
} from '../protocol/messages.ts';
import { backoffMs } from './backoff.ts';
import { isFinal, sentenceFor } from './disconnects.ts';
import type { DisconnectReason } from './disconnects.ts';
import { Outbox } from './outbox.ts';
import type { OutboxMessage } from './outbox.ts';
import type {
  Answer,
  Request,
  SessionEffect,
  SessionEvent,
  SessionInput,
  SessionStatus,
} from './session-types.ts';

/** How many messages may be on their way at once; the others wait in the outbox. */
const SEND_WINDOW = 32;

/** Where the connection stands; the outside sees `SessionStatus`. */
type Phase = 'new' | 'connecting' | 'greeting' | 'here' | 'waiting' | 'ended';

export interface SessionOptions {
  readonly name: string;
  /** The room it must be, when that is known from an advertisement or a link. */
  readonly roomId: string | null;
  /** Who one was there, when one was there before. */
  readonly you: string | null;
  readonly token: string | null;
  /** What was typed before and is not confirmed. */
  readonly outbox: readonly OutboxMessage[];
  /** Where this device's copy of a room's log ends; null when it has none. */
  readonly copyOf: (roomId: string) => LogPosition | null;
}

export class Session {
  #name: string;
  #roomId: string | null;
  #phase: Phase = 'new';
  #failures = 0;
  #you: string | null = null;
  #token: string | null = null;
  /** Where the copy of the log ends; null before the first welcome. */
  #position: LogPosition | null = null;
  /** The newest seq heard of; past the position while catching up. */
  #target = 0;
  /** The request that fetches what is missing, or null when nothing is. */
  #catchUp: string | null = null;
  #catchUps = 0;
  /** Said on this connection and not answered yet. */
  readonly #inFlight = new Set<string>();
  /** True while the hub wants nothing said. */
  #isPaused = false;
  /** True until everything on its way is answered and it begins again: nothing is to overtake it (B6). */
  #isDraining = false;
  readonly #outbox: Outbox;
  readonly #copyOf: SessionOptions['copyOf'];
  readonly #requests = new Map<string, Request>();
  #effects: SessionEffect[] = [];

  constructor(options: SessionOptions) {
    this.#name = options.name;
    this.#roomId = options.roomId;
    this.#you = options.you;
    this.#token = options.token;
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
        if (this.#phase !== 'ended') this.#end('left');
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
    this.#tellStatus({ state: 'connecting' });
    this.#effects.push({ type: 'connect' });
  }

  /** H1, H5. */
  #greet() {
    this.#phase = 'greeting';
    const hello = { type: 'hello', version: PROTOCOL_VERSION, name: this.#name } as const;
    this.#send(
      this.#position && this.#token !== null
        ? { ...hello, resume: { token: this.#token, ...this.#position } }
        : hello,
    );
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
      case 'room':
        this.#tell({ type: 'room', room: message.room });
        break;
      case 'cleared':
        this.#position = message.log;
        this.#target = message.log.seq;
        this.#catchUp = null;
        this.#tell({ type: 'reset', position: message.log, entries: [] });
        break;
      case 'typing':
        this.#tell({ type: 'typing', id: message.id, on: message.on });
        break;
    }
  }

  #onWelcome(welcome: Welcome) {
    if (this.#roomId !== null && welcome.room.id !== this.#roomId) {
      this.#end('wrong-room');
      return;
    }
    this.#roomId = welcome.room.id;
    this.#failures = 0;
    this.#you = welcome.you;
    this.#token = welcome.token;
    const self = welcome.roster.find((member) => member.id === welcome.you);
    if (self) this.#name = self.name;
    this.#tell({ type: 'room', room: welcome.room });
    const { you, token, roster } = welcome;
    this.#tell({ type: 'welcomed', you, token, roster, logFirst: welcome.log.first });
    this.#catchUp = null;
    this.#target = welcome.log.seq;
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
    this.#inFlight.clear();
    this.#isDraining = false;
    this.#resume();
  }

  /** Goes on with whatever is not confirmed, in the order it was typed (S5), and what is missing. */
  #resume() {
    this.#isPaused = false;
    this.#sendWaiting();
    this.#fetchMissing();
  }

  #sendWaiting() {
    if (this.#phase !== 'here' || this.#isPaused) return;
    if (this.#isDraining && this.#inFlight.size > 0) return;
    for (const { id, text, refused } of this.#outbox.messages) {
      if (this.#inFlight.size >= SEND_WINDOW) break;
      if (refused || this.#inFlight.has(id)) continue;
      this.#inFlight.add(id);
      this.#send({ type: 'say', id, ...(this.#isDraining ? { again: true } : {}), text });
      this.#isDraining = false;
    }
  }

  /** These need no sending any more: confirmed, or given up. */
  #settle(ids: readonly string[]) {
    let changed = false;
    for (const id of ids) {
      this.#inFlight.delete(id);
      changed = this.#outbox.remove(id) || changed;
    }
    if (changed) this.#tellPending();
    this.#sendWaiting();
  }

  #onRefused(now: number, refused: Extract<HubMessage, { type: 'refused' }>) {
    const { id, code, sentence } = refused;
    if (id === undefined) return;
    const isCatchUp = id === this.#catchUp;
    if (code === 'slow-down' && (isCatchUp || this.#outbox.find(id))) {
      if (isCatchUp) this.#catchUp = null;
      this.#inFlight.delete(id);
      this.#pause(now + (refused.seconds ?? 1) * 1000);
      return;
    }
    if (this.#outbox.refuse(id, code, sentence)) {
      this.#inFlight.delete(id);
      this.#tellPending();
      this.#sendWaiting();
      return;
    }
    this.#answer(id, { ok: false, code, sentence });
  }

  /** What was refused for coming too fast goes out later, and nothing before it (B6). */
  #pause(until: number) {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#isDraining = true;
    this.#effects.push({ type: 'wake', at: until });
  }

  #onEntry(entry: Entry) {
    this.#target = Math.max(this.#target, entry.seq);
    this.#append([entry]);
    // Also when the copy is still behind: by the time it is not, the room may have forgotten this.
    this.#settle([entry.id]);
    this.#fetchMissing();
  }

  #onPage(page: Extract<HubMessage, { type: 'page' }>) {
    if (page.id !== this.#catchUp) {
      const { entries, more } = page;
      this.#answer(page.id, { ok: true, type: 'history', entries, more });
      return;
    }
    this.#catchUp = null;
    if (!this.#position) return;
    const { epoch, seq } = this.#position;
    const last = page.entries.at(-1)?.seq ?? this.#target;
    if (page.entries[0]?.seq === seq + 1) {
      this.#append(page.entries);
    } else if (last > seq) {
      // The room has forgotten what was in between (L5).
      this.#beginAgain({ epoch, seq: last }, page.entries);
    }
    // A page that led no further: the hub has nothing that joins up, so stop asking.
    if (this.#position.seq <= seq) this.#target = this.#position.seq;
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
    const seq = this.#position?.seq ?? 0;
    if (this.#isPaused || this.#catchUp !== null || seq >= this.#target) return;
    this.#catchUps += 1;
    this.#catchUp = `catch-up-${this.#catchUps}`;
    this.#send({ type: 'history', id: this.#catchUp, after: seq, limit: PAGE_MAX });
  }

  #onClosed(now: number, reason: DisconnectReason, random: number) {
    if (this.#phase === 'ended' || this.#phase === 'new') return;
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
    this.#tellStatus({ state: 'ended', reason, sentence: sentenceFor(reason) });
  }

  #ask(request: Request) {
    if (this.#phase === 'here') {
      this.#requests.set(request.id, request);
      this.#send(request);
      return;
    }
    const sentence = 'You are not connected to the room. Wait until you are back, then try again.';
    this.#tell({
      type: 'answer',
      id: request.id,
      answer: { ok: false, code: 'not-here', sentence },
    });
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
      this.#answer(id, { ok: false, code: reason, sentence: sentenceFor(reason) });
    }
  }

  #send(message: ClientMessage) {
    this.#effects.push({ type: 'send', message });
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

/** True when a copy that ends there can be continued without a gap (L4). */
function isWithin(position: LogPosition, { resumed, log }: Welcome): boolean {
  return (
    resumed ||
    (position.epoch === log.epoch && position.seq <= log.seq && position.seq >= log.first - 1)
  );
}

/** The longest run of entries that ends at `seq` and has no gap: a hub may send anything. */
function gaplessUpTo(seq: number, entries: readonly Entry[]): readonly Entry[] {
  let first = entries.length;
  while (entries[first - 1]?.seq === seq - (entries.length - first)) first -= 1;
  return entries.slice(first);
}
