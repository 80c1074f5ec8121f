/** One hub, twenty people and the network between them, for one seed. */
import assert from 'node:assert/strict';
import { HOST_CONNECTION, Hub } from '../../main/hub/hub.ts';
import type { HubEffect, HubInput } from '../../main/hub/hub-types.ts';
import type { ConnectionId } from '../../main/hub/roster.ts';
import type { Entry, HubMessage, Member } from '../../main/protocol/messages.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { Link } from './link.ts';
import { Person } from './person.ts';
import { VirtualTime } from './virtual-time.ts';

const PEOPLE = 20;
const TICK_MS = 5_000;
/** How many messages may wait for one member before the hub lets it go (B4). */
const QUEUE_MAX = 50;
/** Few and alike, so that people often want the same one. */
export const NAMES = ['Ann', 'ann', 'A nn', 'Ann 2', 'Bo', 'Zoë', 'Zoe\u0308', '李雷', '🦊 Fox'];

export class RoomWorld {
  readonly time = new VirtualTime();
  readonly random: SeededRandom;
  readonly log = new MemoryEntries('epoch-1');
  readonly people: readonly Person[];
  /** How likely an attempt to connect fails; 0 once the network has healed. */
  unreachable = 0.2;
  /** What the hub was brought to do, so that a test can tell that it was tried at all. */
  readonly reached = new Set<string>();
  readonly #hub: Hub;
  readonly #links = new Map<ConnectionId, Link>();
  readonly #admitted = new Set<ConnectionId>();
  /** Found not to read while the others were being served (B4). */
  readonly #tooSlow: ConnectionId[] = [];
  readonly #toStore: Entry[] = [];
  #connections = HOST_CONNECTION;
  #fresh = 0;
  #ticking = true;
  #rosterTold: readonly Member[] = [];

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    const place = { id: 'room-1', name: 'Lab 3', locked: false };
    const room = { ...place, idleMinutes: null, remembersDays: null };
    this.#hub = new Hub({ room, log: this.log, capacity: PEOPLE });
    this.people = Array.from({ length: PEOPLE }, (_, number) => {
      const random = () => this.random.next();
      return new Person(number, this.random.pick(NAMES), this.time, random, (person) =>
        this.#dial(person),
      );
    });
    this.#tick();
  }

  /** Every connection the hub has not given up. */
  openLinks(): readonly Link[] {
    return [...this.#links.values()];
  }

  /** Who is here, as the hub itself says it. */
  roster(): readonly Member[] {
    const message = { type: 'who', id: 'asked' } as const;
    const [host] = this.people;
    assert(host?.isHere, 'the host has left its own room');
    this.#message(HOST_CONNECTION, message);
    return this.#rosterTold;
  }

  setIdleMinutes(minutes: number | null): void {
    this.#input({ type: 'set-idle', minutes });
  }

  /** The host's own connection is the first one and never fails. */
  #dial(person: Person): void {
    const isHost = person.number === 0;
    const connection = isHost ? HOST_CONNECTION : (this.#connections += 1);
    const slow = this.random.chance(0.15);
    const delay = () => (isHost ? 0 : this.random.between(1, slow ? 3_000 : 80));
    const link: Link = new Link(this.time, delay, {
      hubReceives: (message) => this.#message(connection, message),
      hubLoses: (reason) => {
        this.#forget(connection);
        this.#input({ type: 'closed', now: this.time.now, connection, reason });
      },
      memberReceives: (message) => person.receives(link, message),
      memberLoses: (reason) => person.loses(link, reason),
    });
    person.link = link;
    const fails = !isHost && this.random.chance(this.unreachable);
    this.time.after(this.random.between(1, 200), () => {
      if (fails) person.loses(link, 'unreachable');
      if (fails || person.link !== link) return;
      this.#links.set(connection, link);
      person.opened(link);
    });
  }

  #message(connection: ConnectionId, message: Parameters<Link['sendUp']>[0]): void {
    this.#fresh += 1;
    const fresh = { member: `member-${this.#fresh}`, token: `token-${this.#fresh}` };
    this.#input({ type: 'message', now: this.time.now, connection, message, fresh });
  }

  #input(input: HubInput): void {
    for (const effect of this.#hub.handle(input)) this.#carryOut(effect);
    for (const connection of this.#tooSlow.splice(0)) {
      this.#close(connection, 'too-slow');
      this.#input({ type: 'closed', now: this.time.now, connection, reason: 'too-slow' });
    }
    // O20: a member has one connection, whatever became of the ones before.
    assert.equal(this.#admitted.size, this.#hub.memberCount, 'one admitted connection a member');
  }

  #carryOut(effect: HubEffect): void {
    switch (effect.type) {
      case 'send':
        this.#onAnswer(effect.message);
        this.#send(effect.to, effect.message);
        break;
      case 'store':
        if (this.#toStore.push(effect.entry) === 1) this.time.after(1, () => this.#store());
        break;
      case 'admit':
        this.#admitted.add(effect.connection);
        break;
      case 'broadcast':
        for (const connection of this.#admitted) {
          if (connection !== effect.except) this.#send(connection, effect.message);
        }
        break;
      case 'close':
        this.#close(effect.connection, effect.reason);
        break;
    }
  }

  /** Everything of one turn together, as the server does it (S7). */
  #store(): void {
    this.log.append(this.#toStore.splice(0));
    this.#input({ type: 'stored' });
  }

  #onAnswer(message: HubMessage): void {
    if (message.type === 'roster') this.#rosterTold = message.roster;
    if (message.type === 'refused') this.reached.add(message.code);
    if (message.type === 'entry') this.reached.add('said twice');
    if (message.type === 'page' && message.more) this.reached.add('several pages');
    if (message.type === 'welcome' && message.resumed) this.reached.add('resumed');
  }

  #send(to: ConnectionId, message: HubMessage): void {
    const link = this.#links.get(to);
    if (!link) return;
    if (link.down.waiting > QUEUE_MAX && to !== HOST_CONNECTION) this.#tooSlow.push(to);
    else link.sendDown(message);
  }

  #close(connection: ConnectionId, reason: Parameters<Link['closeByHub']>[0]): void {
    this.reached.add(reason);
    this.#links.get(connection)?.closeByHub(reason);
    this.#forget(connection);
  }

  #forget(connection: ConnectionId): void {
    this.#links.delete(connection);
    this.#admitted.delete(connection);
  }

  /** From now on nobody becomes away any more. */
  stopClock(): void {
    this.#ticking = false;
  }

  #tick(): void {
    if (!this.#ticking) return;
    this.#input({ type: 'tick', now: this.time.now });
    this.time.after(TICK_MS, () => this.#tick());
  }
}
