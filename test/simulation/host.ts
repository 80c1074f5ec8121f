/** The process that runs the hub: the real engine, over a simulated disk, clock and network. */
import assert from 'node:assert/strict';
import { LanyardError } from '../../main/errors.ts';
import type { HubChanges } from '../../main/hub/engine/changes.ts';
import type { EngineStore } from '../../main/hub/engine/engine-store.ts';
import { HubEngine } from '../../main/hub/engine/hub-engine.ts';
import type { RateLimits } from '../../main/hub/engine/rate-limiter.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { KnownMember } from '../../main/hub/rules.ts';
import type { Member } from '../../main/model/member.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import type { ClientMessage, HubMessage } from '../../main/wire/messages.ts';
import type { Chronicle } from './chronicle.ts';
import { hash, sign, verify } from './crypto.ts';
import type { Device } from './device.ts';
import { Fuse } from './fuse.ts';
import { HubDisk } from './hub-disk.ts';
import { HubPeer } from './hub-peer.ts';
import { keyDoorkeeper } from './key-doorkeeper.ts';
import { Link } from './link.ts';
import { HOST_KEY, keyOf, ROOM, TALK } from './names.ts';
import type { Person } from './person.ts';
import { virtualClock } from './virtual-clock.ts';

const TICK_MS = 5_000;
const GENEROUS: RateLimits = { burst: 200, perSecond: 40, pauseMs: 2_000, patience: 500 };
const STRICT: RateLimits = { burst: 12, perSecond: 8, pauseMs: 2_000, patience: 500 };

/** The host's own connection. */
const HOST_CONNECTION: ConnectionId = 0;

export interface HostOptions {
  readonly device: Device;
  readonly chronicle: Chronicle;
  readonly strict: boolean;
  readonly capacity: number;
  /** The host's own session ends with the hub. */
  readonly onCrash: (silent: boolean) => void;
  readonly onRestart: () => void;
}

/** What lives as long as the process. */
interface Running {
  readonly engine: HubEngine;
  readonly kept: RoomStorage;
  readonly disk: HubDisk;
  readonly peers: Map<ConnectionId, HubPeer>;
}

export class Host {
  /** What the hub was brought to do, so that a test can tell that it was tried at all. */
  readonly reached = new Set<string>();
  /** Events that were refused once, whether their authors heard of it or not: they have lost their turn. */
  readonly refused = new Set<string>();
  readonly fuse = new Fuse();
  readonly #options: HostOptions;
  /** Whose each connection is. */
  readonly #keys = new Map<ConnectionId, string>();
  #running: Running | null = null;
  #dialled = HOST_CONNECTION;
  #ticking = true;

  constructor(options: HostOptions) {
    this.#options = options;
    options.device.disk.open().add(hostedRecord({ ...ROOM, name: 'Lab 3' }, 'Ann'));
    this.start();
    this.#tick();
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  /** The log of a conversation. */
  log(conversation: string) {
    return this.#now.disk.log(conversation);
  }

  get epochs() {
    return this.#now.disk.epochs();
  }

  get room() {
    return this.#now.engine.room;
  }

  /** What is kept of everybody who was ever in the room. */
  get known(): readonly KnownMember[] {
    return this.#running?.disk.known() ?? [];
  }

  start(): void {
    if (this.#running) return;
    const { device, capacity, strict } = this.#options;
    const kept = device.disk.open().room(ROOM.id);
    assert(kept, 'the room was not kept');
    const isUp = () => this.#running?.disk === disk;
    const disk: HubDisk = new HubDisk({
      device,
      hub: kept.hub,
      isUp,
      onWritten: (changes) => this.#onWritten(changes, kept.hub),
      onRest: () => this.#checkBans(),
      onRefused: ({ entries }) => {
        for (const { id, conversation } of entries) {
          this.refused.add(id);
          if (conversation === ROOM.id) this.reached.add('act not kept');
        }
      },
    });
    const keys = this.#keys;
    const engine = new HubEngine({
      clock: virtualClock(device.time, isUp, () => device.now),
      store: disk,
      doorkeeper: keyDoorkeeper((connection) => keys.get(connection) ?? ''),
      room: ROOM,
      firstConversation: TALK,
      hostId: HOST_KEY,
      capacity,
      rate: strict ? STRICT : GENEROUS,
      hash,
      sign: (text) => sign(HOST_KEY, text),
      verify,
      onCount: () => undefined,
      onRoom: () => undefined,
      onProblem: passOver,
    });
    this.#running = { engine, kept, disk, peers: new Map() };
  }

  crash(silent: boolean): void {
    const running = this.#running;
    if (!running) return;
    this.reached.add(running.disk.isBusy ? 'crash while storing' : 'crash of the hub');
    this.#running = null;
    running.disk.end(silent);
    for (const { link } of running.peers.values()) {
      // When the whole machine ends nobody is told.
      if (silent) link.vanishHub();
      else link.closeByHub('connection-lost');
    }
    this.#options.onCrash(silent);
  }

  /** Every connection the hub has not given up. */
  openLinks(): readonly Link[] {
    return Array.from(this.#running?.peers.values() ?? [], ({ link }) => link);
  }

  /** Who is here, as the hub itself says it. */
  roster(): readonly Member[] {
    return this.#now.engine.roster;
  }

  /** Time has passed: only the newest so many items are young enough (L9). */
  forget(keep: number): void {
    const running = this.#running;
    if (!running || running.disk.isBusy) return;
    const log = running.disk.log(TALK);
    const at = keep === 0 ? Infinity : (log.before(Infinity, keep)[0]?.at ?? 0);
    if (!log.forgetOlder(at)) return;
    this.reached.add('forgot');
    running.engine.input({ type: 'forgotten', conversation: TALK, everywhere: true });
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
    /** The hub's process that has this connection, while it does. */
    const having = () => {
      const running = this.#running;
      return running?.peers.get(connection)?.link === link ? running : null;
    };
    const link: Link = new Link(device.time, delay, {
      hubReceives: (message) => this.#receive(having(), connection, message),
      hubLoses: (reason) => {
        having()?.engine.detach(connection, reason);
        this.#check();
      },
      memberReceives: (message) => person.receives(link, message),
      memberLoses: (reason) => person.loses(link, reason),
    });
    const accept = () => {
      const running = this.#running;
      if (!running) return false;
      const peer = new HubPeer({
        link,
        isHost,
        onSend: (message) => this.#onSend(running, message),
        onClose: (reason) => {
          this.reached.add(reason);
          if (running.peers.get(connection) === peer) running.peers.delete(connection);
        },
      });
      this.#keys.set(connection, keyOf(person.number));
      running.peers.set(connection, peer);
      running.engine.attach(connection, peer, isHost);
      return true;
    };
    return { link, accept };
  }

  get #now(): Running {
    assert(this.#running, 'the hub is down');
    return this.#running;
  }

  #receive(running: Running | null, connection: ConnectionId, message: ClientMessage): void {
    running?.engine.receive(connection, encodeClientMessage(message));
    this.#check();
  }

  /** O20: a member has one connection, whatever became of the ones before. */
  #check(): void {
    const running = this.#running;
    if (!running) return;
    const { engine, peers } = running;
    for (const [connection, { link }] of peers) {
      // What it said last is heard first.
      if (!link.hubOpen && !engine.isWaiting(connection)) peers.delete(connection);
    }
    const admitted = [...peers.keys()].filter((connection) => engine.isAdmitted(connection));
    assert.equal(admitted.length, engine.memberCount, 'one connection a member');
  }

  /** One step further towards a crash, unless the process is gone; false when it is. */
  #onSend(running: Running, message: HubMessage): boolean {
    if (this.#running !== running) return false;
    this.#note(message);
    return !this.#burns();
  }

  #burns(): boolean {
    const crash = this.fuse.burn();
    if (crash === null) return false;
    this.crash(crash.silent);
    this.#options.device.time.after(crash.ms, this.#options.onRestart);
    return true;
  }

  #onWritten(changes: HubChanges, hub: EngineStore): void {
    const { chronicle } = this.#options;
    chronicle.add(changes, (conversation) => hub.log(conversation).floor.seq);
    for (const { kind } of changes.entries) this.reached.add(kind);
  }

  /** M3: nobody is in whose ban is on the disk. */
  #checkBans(): void {
    const { conduct } = this.#options.chronicle;
    for (const { id } of this.#running?.engine.roster ?? []) {
      assert(!conduct.isBanned(id), `${id} is banned and in the room`);
    }
  }

  #note(message: HubMessage): void {
    if (message.type === 'refused') {
      this.reached.add(message.code);
      if (message.code === 'muted' && message.id !== undefined) this.refused.add(message.id);
    }
    if (message.type === 'confirmed') this.reached.add('said twice');
    if (message.type === 'page' && message.more) this.reached.add('several pages');
    if (message.type === 'floor') this.reached.add('told to forget');
    const isResumed =
      message.type === 'welcome' && message.logs.some(({ common }) => common !== null);
    if (isResumed) this.reached.add('resumed');
  }

  #tick(): void {
    if (!this.#ticking) return;
    this.#running?.engine.tick();
    this.#options.device.time.after(TICK_MS, () => this.#tick());
  }
}

/** What the host would be told of. */
function passOver(error: unknown): void {
  if (!(error instanceof LanyardError)) throw error;
}
