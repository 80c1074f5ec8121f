/**
 * The process that runs the hub: the real hub, flood gates and store. What it has told to be stored
 * and not stored yet is gone when it crashes.
 */
import assert from 'node:assert/strict';
import { LanyardError } from '../../main/errors.ts';
import { Hub } from '../../main/hub/hub.ts';
import type { Greeting, HubEffect, HubInput } from '../../main/hub/hub-types.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { KnownMember } from '../../main/hub/rules.ts';
import type { CloseName } from '../../main/protocol/close-codes.ts';
import type { ClientMessage, HubMessage, Member } from '../../main/protocol/messages.ts';
import { refusal } from '../../main/protocol/refusals.ts';
import { FloodGate } from '../../main/server/flood-gate.ts';
import type { FloodLimits } from '../../main/server/flood-gate.ts';
import { Unkept } from '../../main/server/unkept.ts';
import type { KeepEffect } from '../../main/server/unkept.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import type { Chronicle } from './chronicle.ts';
import { Connections, HOST_CONNECTION } from './connections.ts';
import type { Device } from './device.ts';
import { Fuse } from './fuse.ts';
import { Link } from './link.ts';
import { HOST_KEY, keyOf, ROOM_ID } from './names.ts';
import type { Person } from './person.ts';

const TICK_MS = 5_000;
/** How long writing to the disk may take; a busy one takes its time. */
const WRITE_MS = 30;
const BUSY_MS = 1_000;
const GENEROUS: FloodLimits = { burst: 200, perSecond: 40, pauseMs: 2_000, patience: 500 };
const STRICT: FloodLimits = { burst: 12, perSecond: 8, pauseMs: 2_000, patience: 500 };

const ROOM = { id: ROOM_ID, name: 'Lab 3', idleMinutes: null, remembersDays: null };

export interface HostOptions {
  readonly device: Device;
  readonly chronicle: Chronicle;
  readonly strict: boolean;
  readonly capacity: number;
  /** The host's own session ends with the hub. */
  readonly onCrash: (silent: boolean) => void;
  readonly onRestart: () => void;
}

export class Host {
  /** What the hub was brought to do, so that a test can tell that it was tried at all. */
  readonly reached = new Set<string>();
  /** Messages that were refused once, whether their authors heard of it or not: they have lost their turn. */
  readonly refused = new Set<string>();
  readonly fuse = new Fuse();
  readonly #options: HostOptions;
  #hub: Hub | null = null;
  #kept: RoomStorage | null = null;
  readonly #connections = new Connections();
  #unkept = new Unkept();
  #dialled = HOST_CONNECTION;
  #epochs = 1;
  #ticking = true;
  #rosterTold: readonly Member[] = [];

  constructor(options: HostOptions) {
    this.#options = options;
    options.device.disk.open().add(hostedRecord(ROOM, 'Ann'), 'epoch-1', 0);
    this.start();
    this.#tick();
  }

  get isUp(): boolean {
    return this.#hub !== null;
  }

  get log() {
    assert(this.#kept, 'the hub is down');
    return this.#kept.entries;
  }

  /** What is kept of everybody who was ever in the room. */
  get known(): readonly KnownMember[] {
    return this.#kept?.hub.known() ?? [];
  }

  start(): void {
    if (this.#hub) return;
    const kept = this.#options.device.disk.open().room(ROOM_ID);
    assert(kept, 'the room was not kept');
    this.#kept = kept;
    const { idleMinutes, remembersDays } = kept.record;
    const room = { ...ROOM, idleMinutes, remembersDays };
    this.#hub = new Hub({
      room,
      hostId: HOST_KEY,
      rules: kept.hub.rules(),
      known: kept.hub.known(),
      log: kept.entries,
      capacity: this.#options.capacity,
    });
  }

  crash(silent: boolean): void {
    if (!this.#hub) return;
    this.reached.add(this.#unkept.isEmpty ? 'crash of the hub' : 'crash while storing');
    this.#hub = null;
    this.#kept = null;
    this.#unkept = new Unkept();
    this.#connections.crash(silent);
    this.#options.onCrash(silent);
  }

  /** Every connection the hub has not given up. */
  openLinks(): readonly Link[] {
    return this.#connections.links;
  }

  /** Who is here, as the hub itself says it. */
  roster(): readonly Member[] {
    this.#message(HOST_CONNECTION, { type: 'who', id: 'asked' });
    return this.#rosterTold;
  }

  setIdleMinutes(minutes: number | null): void {
    this.#settle(() => {
      this.#kept?.change({ idleMinutes: minutes });
      this.#input({ type: 'set-idle', minutes });
    });
  }

  setRemembers(days: 0 | null): void {
    this.#settle(() => {
      this.#kept?.change({ remembersDays: days });
      this.#input({ type: 'set-remembers', days });
      if (days === 0) this.#forgetAll();
    });
  }

  /** Time has passed: only the newest so many entries are young enough (L5). */
  forget(keep: number): void {
    this.#settle(() => {
      if (!this.#kept) return;
      const { entries } = this.#kept;
      if (entries.last - keep >= entries.first) this.reached.add('forgot');
      entries.forgetBefore(entries.last - keep + 1);
    });
  }

  /** As the server does it (L6). */
  clear(): void {
    this.#settle(() => {
      this.#store();
      if (!this.#kept) return;
      this.#epochs += 1;
      this.#kept.entries.reset(`epoch-${this.#epochs}`, 0);
      this.reached.add('cleared');
      this.#input({ type: 'cleared' });
    });
  }

  /** From now on nobody becomes away any more. */
  stopClock(): void {
    this.#ticking = false;
  }

  /** A connection on its way; the host's own is never slow and never fails. */
  link(person: Person): { readonly link: Link; readonly accept: () => boolean } {
    const { device } = this.#options;
    const isHost = person.device === device;
    if (!isHost) this.#dialled += 1;
    const connection = isHost ? HOST_CONNECTION : this.#dialled;
    const slow = person.random.chance(0.15);
    const delay = () => (isHost ? 0 : person.random.between(1, slow ? 3_000 : 80));
    const link: Link = new Link(device.time, delay, {
      hubReceives: (message) => this.#receive(connection, message),
      hubLoses: (reason) => {
        if (!this.#connections.isOn(connection, link)) return;
        this.#connections.forget(connection);
        this.#input({ type: 'closed', now: device.now, connection, reason });
      },
      memberReceives: (message) => person.receives(link, message),
      memberLoses: (reason) => person.loses(link, reason),
    });
    const accept = () => {
      if (!this.#hub) return false;
      const limits = this.#options.strict ? STRICT : GENEROUS;
      const gate = isHost ? null : new FloodGate(limits, device.time.now);
      this.#connections.open(connection, keyOf(person.number), link, gate);
      return true;
    };
    return { link, accept };
  }

  /** What is too much is refused unread (B6). */
  #receive(connection: ConnectionId, message: ClientMessage): void {
    const gate = this.#connections.gateOf(connection);
    const { now } = this.#options.device.time;
    const says = message.type !== 'say' ? 'nothing' : message.again ? 'again' : 'more';
    const verdict = gate?.judge(JSON.stringify(message).length, now, says) ?? 'read';
    if (verdict === 'read' || !gate) {
      this.#message(connection, message);
      return;
    }
    if (verdict === 'remove') {
      this.#close(connection, 'flooding');
      const reason = 'flooding';
      this.#input({ type: 'closed', now: this.#options.device.now, connection, reason });
      return;
    }
    this.reached.add('slow-down');
    const id = 'id' in message ? message.id : undefined;
    this.#connections.send(connection, {
      ...refusal('slow-down', id),
      seconds: gate.secondsLeft(now),
    });
    this.#dismissTooSlow();
  }

  #message(connection: ConnectionId, message: ClientMessage): void {
    const member = this.#connections.keyOf(connection);
    const identity = { member, inviteHash: null, passphrase: null };
    this.#input({ type: 'message', now: this.#options.device.now, connection, message, identity });
  }

  #input(input: HubInput): void {
    const hub = this.#hub;
    if (!hub) return;
    for (const effect of hub.handle(input)) {
      this.#carryOut(effect);
      if (this.#hub !== hub || this.#burns()) return;
    }
    this.#dismissTooSlow();
    // O20: a member has one connection, whatever became of the ones before.
    assert.equal(
      this.#connections.admitted.length,
      this.#hub?.memberCount ?? 0,
      'one connection a member',
    );
  }

  /** One step further towards a crash; true when that has come. */
  #burns(): boolean {
    const crash = this.fuse.burn();
    if (crash === null) return false;
    this.crash(crash.silent);
    this.#options.device.time.after(crash.ms, this.#options.onRestart);
    return true;
  }

  #carryOut(effect: HubEffect): void {
    switch (effect.type) {
      case 'send':
        this.#onAnswer(effect.message);
        this.#connections.send(effect.to, effect.message);
        break;
      case 'store':
      case 'strike':
      case 'keep-known':
      case 'keep-rules':
        this.#keep(effect);
        break;
      case 'challenge':
        throw new Error('nobody brings a passphrase');
      case 'admit':
        this.#welcome(effect.connection, effect.greeting);
        break;
      case 'broadcast':
        this.#connections.broadcast(effect.message, effect.except);
        break;
      case 'close':
        this.#close(effect.connection, effect.reason);
        break;
    }
  }

  #welcome(connection: ConnectionId, greeting: Greeting): void {
    const welcome = { ...greeting, roster: this.#hub?.roster ?? [] };
    this.#onAnswer(welcome);
    this.#connections.send(connection, welcome);
    if (!this.#burns()) this.#connections.admit(connection);
  }

  #keep(effect: KeepEffect): void {
    if (this.#unkept.isEmpty) {
      const hub = this.#hub;
      const { time, random } = this.#options.device;
      const ms = random.between(0, random.chance(0.1) ? BUSY_MS : WRITE_MS);
      time.after(ms, () => {
        if (this.#hub === hub) this.#store();
      });
    }
    this.#unkept.add(effect);
  }

  /** As the server does it: everything of one turn together (S7). */
  #store(): void {
    const hub = this.#hub;
    if (this.#unkept.isEmpty || !this.#kept) return;
    const changes = this.#unkept.takeAll();
    const { device, chronicle } = this.#options;
    if (!device.disk.isFull) chronicle.add(this.#kept.entries, changes);
    try {
      this.#kept.hub.commit(changes);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      for (const { id, kind } of changes.entries) {
        this.refused.add(id);
        if (kind === 'act') this.reached.add('act taken back');
      }
      this.#input({ type: 'not-stored' });
      this.#checkBans();
      return;
    }
    for (const entry of changes.entries) if (entry.kind === 'act') this.reached.add(entry.act);
    if (this.#burns()) return;
    this.#input({ type: 'stored' });
    this.#checkBans();
    if (this.#hub === hub && hub?.room.remembersDays === 0) this.#settle(() => this.#forgetAll());
  }

  /** M3: nobody is in whose ban is on the disk. */
  #checkBans(): void {
    const { conduct } = this.#options.chronicle;
    for (const key of this.#connections.admitted) {
      assert(!conduct.isBanned(key), `${key} is banned and in the room`);
    }
  }

  #forgetAll(): void {
    this.#kept?.entries.forgetBefore(this.#kept.entries.last + 1);
  }

  /** Does something the host is told about when the disk is full. */
  #settle(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
    }
  }

  #onAnswer(message: HubMessage): void {
    if (message.type === 'refused') {
      this.reached.add(message.code);
      if (message.code === 'muted' && message.id !== undefined) this.refused.add(message.id);
    }
    if (message.type === 'roster') this.#rosterTold = message.roster;
    if (message.type === 'entry') this.reached.add('said twice');
    if (message.type === 'page' && message.more) this.reached.add('several pages');
    if (message.type === 'welcome' && message.resumed) this.reached.add('resumed');
  }

  #dismissTooSlow(): void {
    for (const connection of this.#connections.takeTooSlow()) {
      this.#close(connection, 'too-slow');
      const reason = 'too-slow';
      this.#input({ type: 'closed', now: this.#options.device.now, connection, reason });
    }
  }

  #close(connection: ConnectionId, reason: CloseName): void {
    this.reached.add(reason);
    this.#connections.close(connection, reason);
  }

  #tick(): void {
    if (!this.#ticking) return;
    this.#input({ type: 'tick', now: this.#options.device.now });
    this.#options.device.time.after(TICK_MS, () => this.#tick());
  }
}
