/**
 * One person's place in one room, as a state machine: joining, staying, coming back, and what was
 * made but is not vouched for. No clock, no sockets, no randomness; hashing and checking come in as
 * functions.
 */
import { idOf, referred, signedContent } from '../events/event.ts';
import type { Hash, Verify } from '../events/event.ts';
import { redaction } from '../events/redaction.ts';
import { roomIdOf } from '../events/room-id.ts';
import type { AdmissionRefusal, DisconnectReason, RefusalReason } from '../model/error-codes.ts';
import type { MemberId } from '../model/member.ts';
import type { RoomInfo } from '../model/room.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { ReceivedEntry } from '../timeline/entry.ts';
import type {
  EpochRecord,
  HubMessage,
  LogState,
  NewEntries,
  Page,
  Refusal,
  SignedHead,
  Welcome,
} from '../wire/messages.ts';
import { isAdmissionRefusal } from '../wire/refusals.ts';
import { backoffMs } from './backoff.ts';
import { isFinal } from './disconnects.ts';
import { epochOf } from './joining.ts';
import { Logs } from './logs.ts';
import type { CopyOf } from './logs.ts';
import { Outbox } from './outbox.ts';
import type { OutboxItem } from './outbox.ts';
import { Requests } from './requests.ts';
import type {
  Request,
  SessionEffect,
  SessionEvent,
  SessionInput,
  SessionStatus,
} from './session-types.ts';
import type { Track } from './track.ts';

/** Where the connection stands; the outside sees `SessionStatus`. */
type Phase = 'new' | 'connecting' | 'greeting' | 'here' | 'waiting' | 'ended';

export interface SessionOptions {
  readonly name: string;
  /** The room it must be, when that is known from an advertisement or a link. */
  readonly roomId: string | null;
  /** Who one was there, when one was there before. */
  readonly you: MemberId | null;
  /** What was made before and is not vouched for. */
  readonly outbox: readonly OutboxItem[];
  /**
   * Whether the connection's hub may be this room's, in whose log that device writes: null when it
   * may, otherwise why not (I3, L2).
   */
  readonly doubtHost: (
    roomId: string,
    writer: MemberId,
  ) => 'host-key-changed' | 'log-forged' | null;
  readonly copyOf: CopyOf;
  readonly hash: Hash;
  readonly verify: Verify;
}

export class Session {
  readonly #options: SessionOptions;
  #name: string;
  #roomId: string | null;
  #phase: Phase = 'new';
  #failures = 0;
  #you: MemberId | null = null;
  readonly #logs: Logs;
  /** The epoch the hub writes in, and its writer. */
  #epoch = { id: '', writer: '' };
  /** When the wake that was asked for last comes, null when it came. */
  #wakeAt: number | null = null;
  /** Why the hub does not let one in; the connection's end follows. */
  #turnedAway: AdmissionRefusal | null = null;
  readonly #outbox: Outbox;
  readonly #requests = new Requests((id, answer) => this.#tell({ type: 'answer', id, answer }));
  #effects: SessionEffect[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#name = options.name;
    this.#roomId = options.roomId;
    this.#you = options.you;
    this.#logs = new Logs(options.copyOf, options.hash);
    this.#outbox = new Outbox(options.outbox);
    if (options.roomId !== null) this.#follow(options.roomId);
  }

  /** What was made here and is not in the log, as far as is known. */
  get waiting(): readonly OutboxItem[] {
    return this.#outbox.waiting;
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
      case 'post':
        this.#outbox.add(input.item);
        this.#tellOutbox();
        this.#sendWaiting();
        break;
      case 'retry':
        if (!this.#outbox.requeue(input.id)) break;
        this.#tellOutbox();
        this.#sendWaiting();
        break;
      case 'cancel':
        if (this.#outbox.remove(input.id)) this.#tellOutbox();
        this.#sendWaiting();
        break;
      case 'typing': {
        const { conversation, on } = input;
        if (this.#phase === 'here') this.#send({ type: 'typing', conversation, on });
        break;
      }
      case 'ask':
        this.#ask(input.request);
        break;
    }
    return this.#effects;
  }

  /** The room is known, and with it what is kept of its logs. */
  #follow(roomId: string) {
    if (!this.#logs.follow(roomId)) return;
    for (const { id, event } of this.#outbox.items) {
      const seq = this.#options.copyOf(roomId, event.conversation)?.seqOf(id) ?? null;
      if (seq !== null) this.#outbox.confirm(id, seq);
    }
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
    const { resume } = this.#logs;
    this.#send({ type: 'hello', version: PROTOCOL_VERSION, name: this.#name, resume });
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
      case 'entries': {
        const track = this.#logs.of(message.conversation);
        const told = track?.take(message.after, message.entries);
        if (told) this.#tellTaken(told);
        else this.#settleMine(message);
        this.#moveOn(track);
        break;
      }
      case 'confirmed':
        this.#onConfirmed(message.id);
        break;
      case 'page':
        this.#onPage(message);
        break;
      case 'head':
        this.#onHead(message);
        this.#moveOn(this.#logs.of(message.conversation));
        break;
      case 'floor': {
        const { conversation, floor } = message;
        this.#tell({ type: 'forgotten', conversation, floor: floor.seq });
        break;
      }
      case 'presence':
        for (const change of message.changes) {
          if (change.change !== 'renamed' || change.id !== this.#you) continue;
          this.#name = change.name;
          this.#requests.answerFirst('rename', { ok: true, type: 'rename' });
        }
        this.#tell({ type: 'presence', changes: message.changes });
        break;
      case 'roster':
        this.#requests.answer(message.id, { ok: true, type: 'who', roster: message.roster });
        break;
      case 'bans':
        this.#requests.answer(message.id, { ok: true, type: 'bans', bans: message.bans });
        break;
      case 'room':
        // What is signed from now on would be good in that room (E1).
        if (!this.#isThisRoom(message.room)) {
          this.#end('wrong-room');
          break;
        }
        this.#tell({ type: 'room', room: message.room });
        // Nobody has to wait any more (M2).
        if (message.room.slowSeconds === 0) this.#resume();
        break;
      case 'typing': {
        const { conversation, id, on } = message;
        this.#tell({ type: 'typing', conversation, id, on });
        break;
      }
      case 'challenge':
      case 'passphrase':
        // The connection answered these on the way in.
        break;
    }
  }

  #onWelcome(welcome: Welcome) {
    const { hash, verify, doubtHost } = this.#options;
    const { room, you, roster } = welcome;
    if (this.#roomId !== null && room.id !== this.#roomId) {
      this.#end('wrong-room');
      return;
    }
    const epoch = epochOf(welcome, hash, verify);
    const doubt = doubtHost(room.id, welcome.epoch.writer);
    if (doubt !== null || epoch === null) {
      this.#end(doubt ?? 'log-forged');
      return;
    }
    this.#follow(room.id);
    this.#roomId = room.id;
    this.#epoch = { id: epoch, writer: welcome.epoch.writer };
    const events = this.#logs.join(welcome);
    if (events === null) {
      this.#end('log-forged');
      return;
    }
    for (const state of welcome.logs) this.#settleBefore(welcome.epoch, state);
    this.#failures = 0;
    this.#you = you;
    const self = roster.find((member) => member.id === you);
    if (self) this.#name = self.name;
    this.#tell({ type: 'room', room });
    this.#tell({ type: 'welcomed', you, roster });
    for (const event of events) {
      if (event.type === 'entries') this.#tellTaken(event);
      else this.#tell(event);
    }
    // Only now: what was confirmed above must not let anything out before what was said first.
    this.#phase = 'here';
    this.#tellStatus({ state: 'here' });
    this.#outbox.begin();
    for (const { head } of welcome.logs) if (head) this.#onHead(head);
    this.#resume();
  }

  /** X1. */
  #isThisRoom({ id, founder, nonce }: RoomInfo): boolean {
    return id === this.#roomId && id === roomIdOf(founder, nonce, this.#options.hash);
  }

  /** What was told before and is not in the log any more is posted again; the rest is vouched for (L2, S5). */
  #settleBefore({ parent, places }: EpochRecord, { conversation, common, last }: LogState) {
    const place = places.find((each) => each.conversation === conversation)?.seq ?? 0;
    const isCommon = (epoch: string) => common?.epoch === epoch;
    // Nothing is taken back of what was told in this epoch, nor in the one before up to its end.
    const there = isCommon(this.#epoch.id) ? last.seq : isCommon(parent) ? place : common?.seq;
    const isCut = this.#outbox.cut(conversation, there ?? 0);
    const covered = Math.min(place, there ?? 0);
    this.#logs.of(conversation)?.cover(covered);
    const isCovered = this.#outbox.cover(conversation, covered);
    if (isCut || isCovered) this.#tellOutbox();
  }

  /** Goes on with whatever is not confirmed, in the order it was made (S5), and what is missing. */
  #resume() {
    this.#wakeAt = null;
    this.#outbox.resume();
    this.#sendWaiting();
    for (const track of this.#logs.all()) {
      track.catchUp.resume();
      this.#fetchMissing(track);
    }
  }

  #sendWaiting() {
    if (this.#phase !== 'here') return;
    for (const message of this.#outbox.takeSendable()) this.#send(message);
  }

  /** The copy is still behind these: by the time it is not, the room may have forgotten them. */
  #settleMine({ conversation, entries }: NewEntries) {
    const room = this.#roomId ?? '';
    for (const entry of entries) {
      this.#eraseFrom(conversation, entry);
      if (entry.person !== this.#you) continue;
      this.#settle(idOf({ ...entry, room, conversation }, this.#options.hash), entry.seq);
    }
  }

  /** It is in the log, somewhere in what was told by now. */
  #onConfirmed(id: string) {
    const track = this.#logs.of(this.#outbox.find(id)?.event.conversation ?? '');
    this.#settle(id, track?.catchUp.newest ?? 0);
    if (track && this.#outbox.cover(track.conversation, track.covered)) this.#tellOutbox();
  }

  /** It is in the log, there or before. */
  #settle(id: string, seq: number) {
    if (this.#outbox.confirm(id, seq)) this.#tellOutbox();
    this.#requests.answer(id, { ok: true, type: 'post' });
    this.#sendWaiting();
  }

  #onRefused(now: number, refused: Refusal) {
    const { id, code, seconds } = refused;
    if (this.#phase === 'greeting' && isAdmissionRefusal(code)) this.#turnedAway = code;
    if (id === undefined) return;
    const isTooFast = code === 'slow-down' || code === 'slow-mode';
    const landed = this.#logs.all().some((track) => track.catchUp.land(id));
    if (isTooFast && (landed || this.#outbox.find(id))) {
      if (code === 'slow-down') for (const { catchUp } of this.#logs.all()) catchUp.pause();
      this.#outbox.land(id);
      this.#outbox.pause();
      // What was refused for coming too fast goes out later, and nothing before it (B6, M2).
      this.#wakeBy(now + (seconds ?? 1) * 1000);
      return;
    }
    const reason = reasonOf(refused);
    if (this.#outbox.refuse(id, reason)) {
      this.#tellOutbox();
      this.#sendWaiting();
      return;
    }
    this.#requests.answer(id, { ok: false, problem: reason });
  }

  /** Goes on at this time, or sooner when that was said before. */
  #wakeBy(at: number) {
    if (this.#wakeAt !== null && this.#wakeAt <= at) return;
    this.#wakeAt = at;
    this.#effects.push({ type: 'wake', at });
  }

  #onPage(page: Page) {
    const track = this.#logs.of(page.conversation);
    if (!track?.catchUp.land(page.id)) {
      const { conversation, after, more } = page;
      const entries = track?.older(page) ?? [];
      this.#requests.answer(page.id, {
        ok: true,
        type: 'history',
        conversation,
        after,
        entries,
        more,
      });
      return;
    }
    for (const event of track.page(page)) {
      if (event.type === 'entries') this.#tellTaken(event);
      else this.#tell(event);
    }
    this.#moveOn(track);
  }

  #onHead(head: SignedHead) {
    const track = this.#logs.of(head.conversation);
    const { id, writer } = this.#epoch;
    const covered = track?.judgeHead(head, id, writer, this.#options.verify) ?? null;
    if (covered === false) this.#end('log-forged');
    else if (covered !== null && this.#outbox.cover(head.conversation, covered)) this.#tellOutbox();
  }

  #tellTaken(taken: Extract<SessionEvent, { type: 'entries' }>) {
    this.#tell(taken);
    let isMine = false;
    for (const entry of taken.entries) {
      isMine = this.#outbox.confirm(entry.id, entry.seq) || isMine;
      this.#requests.answer(entry.id, { ok: true, type: 'post' });
      this.#eraseFrom(taken.conversation, entry);
    }
    if (isMine) this.#tellOutbox();
    this.#sendWaiting();
  }

  /** What is taken away is in no outbox any more either (X17); a host alone takes nothing away (E1). */
  #eraseFrom(conversation: string, entry: ReceivedEntry) {
    const gone = entry.kind === redaction.name ? referred(entry, 'to') : undefined;
    if (gone === undefined || !this.#outbox.find(gone)) return;
    const { hash, verify } = this.#options;
    const { person, device, signature } = entry;
    const content = signedContent({ ...entry, room: this.#roomId ?? '', conversation }, hash);
    const isTheirs = device === person && verify(device, content, signature);
    if (isTheirs && this.#outbox.remove(gone)) this.#tellOutbox();
  }

  #moveOn(track: Track | undefined) {
    if (!track || this.#phase !== 'here') return;
    const head = track.takeHead();
    if (head) this.#onHead(head);
    this.#fetchMissing(track);
  }

  #fetchMissing(track: Track) {
    if (this.#phase !== 'here') return;
    const request = track.catchUp.next(track.end?.seq ?? 0);
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
    this.#requests.drop(reason);
    this.#failures += 1;
    this.#phase = 'waiting';
    const until = now + backoffMs(this.#failures, random);
    this.#tellStatus({ state: 'waiting', until, reason });
    this.#effects.push({ type: 'wake', at: until });
  }

  #end(reason: DisconnectReason) {
    this.#requests.drop(reason);
    this.#phase = 'ended';
    this.#effects.push({ type: 'disconnect' });
    this.#tellStatus({ state: 'ended', reason });
  }

  #ask(request: Request) {
    if (this.#phase === 'here') {
      this.#requests.add(request);
      this.#send(request);
      return;
    }
    const answer = { ok: false, problem: { code: 'not-here' } } as const;
    this.#tell({ type: 'answer', id: request.id, answer });
  }

  #send(message: Extract<SessionEffect, { type: 'send' }>['message']) {
    this.#effects.push({ type: 'send', message });
  }

  #tellOutbox() {
    const { items, waiting } = this.#outbox;
    this.#tell({ type: 'outbox', items, waiting });
  }

  #tellStatus(status: SessionStatus) {
    this.#tell({ type: 'status', status });
  }

  #tell(event: SessionEvent) {
    this.#effects.push({ type: 'tell', event });
  }
}

function reasonOf(refused: Refusal): RefusalReason {
  return refused.code === 'unknown-refusal'
    ? { code: refused.code, details: refused.details }
    : { code: refused.code };
}
