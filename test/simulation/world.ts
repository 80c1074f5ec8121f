/** A room, its people, their devices and the network between them, from one plan. */
import assert from 'node:assert/strict';
import type { ActName } from '../../main/protocol/messages.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { Chronicle } from './chronicle.ts';
import { Device } from './device.ts';
import { Disk, memoryDisk } from './disk.ts';
import type { OpenStorage } from './disk.ts';
import { Host } from './host.ts';
import type { Link } from './link.ts';
import { keyOf } from './names.ts';
import { Person } from './person.ts';
import { NAMES } from './plan.ts';
import type { Plan, Step } from './plan.ts';
import { VirtualTime } from './virtual-time.ts';

const LONG = 'long '.repeat(700).trim();

export class World {
  readonly time = new VirtualTime();
  readonly chronicle = new Chronicle();
  readonly people: readonly Person[];
  readonly host: Host;
  /** How likely an attempt to connect fails; 0 once the network has healed. */
  unreachable = 0.2;

  constructor(plan: Plan, openDisk: (person: number) => OpenStorage = memoryDisk) {
    const { chronicle, time } = this;
    const devices = Array.from({ length: plan.people }, (_, number) => {
      const random = new SeededRandom(plan.seed * 31 + number);
      return new Device(time, random, new Disk(openDisk(number)));
    });
    const [first] = devices;
    if (!first) throw new RangeError('a room needs its host');
    this.host = new Host({
      device: first,
      chronicle,
      strict: plan.strict,
      capacity: plan.people,
      onCrash: (silent) => this.people[0]?.crash(silent),
      onRestart: () => this.startHost(),
    });
    this.people = devices.map((device, number) => {
      const name = device.random.pick(NAMES);
      const dial = (person: Person) => this.#dial(person);
      return new Person({ number, name, device, chronicle, dial });
    });
  }

  /** Lets one thing happen. */
  carryOut(step: Step): void {
    if ('person' in step) this.#happenTo(step);
    else this.#happen(step);
  }

  #happen(step: Exclude<Step, { person: number }>): void {
    const { host } = this;
    switch (step.do) {
      case 'crash-hub':
        host.fuse.light(step);
        break;
      case 'forget':
        host.forget(step.keep);
        break;
      case 'remember':
        host.setRemembers(step.days);
        break;
      case 'clear':
        host.clear();
        break;
      case 'idle':
        host.setIdleMinutes(step.minutes);
        break;
    }
  }

  #happenTo(step: Extract<Step, { person: number }>): void {
    const person = this.people[step.person];
    if (!person) return;
    switch (step.do) {
      case 'come':
        person.come();
        break;
      case 'leave':
        if (person.number !== 0) person.prompt({ type: 'leave' });
        break;
      case 'type':
        person.prompt({ type: 'typing', on: true });
        break;
      case 'scroll':
        person.scroll();
        break;
      case 'try-now':
        person.prompt({ type: 'retry-now' });
        break;
      case 'retry':
        person.retry();
        break;
      case 'cancel':
        person.cancel();
        break;
      case 'say-nothing':
        person.say(' \n ');
        break;
      case 'say':
        for (let line = 0; line < step.lines; line += 1) person.say(step.long ? LONG : 'short');
        break;
      case 'rename':
        person.rename(step.name);
        break;
      case 'act':
        this.#act(person, step.act, step.on);
        break;
      case 'cut':
        if (person.number !== 0) person.link?.reset(step.seenBy, step.loses);
        break;
      case 'stall':
        if (person.number !== 0) this.#stall(person.link, step.way, step.ms);
        break;
      case 'crash':
        if (person.number === 0) this.host.fuse.light(step);
        else person.fuse.light(step);
        break;
      case 'clock':
        person.device.setClock(step.by);
        break;
      case 'disk-full':
        person.device.disk.isFull = true;
        this.time.after(step.ms, () => {
          person.device.disk.isFull = false;
        });
        break;
    }
  }

  #act(person: Person, act: ActName, on: number): void {
    switch (act) {
      case 'lock':
      case 'unlock':
        person.act(act, '');
        break;
      case 'slow':
        person.act(act, String(on));
        break;
      case 'access':
        person.act(act, on === 0 ? 'open' : 'invite');
        break;
      case 'strike': {
        const said = person.window.entries.filter(({ kind }) => kind === 'said');
        const entry = said.at(-1 - on);
        if (entry) person.act(act, entry.id);
        break;
      }
      case 'remove':
      case 'ban':
      case 'lift':
      case 'mute':
      case 'unmute':
      case 'appoint':
      case 'dismiss':
        person.act(act, keyOf(on));
        break;
    }
  }

  isBanned({ key }: Person): boolean {
    return this.chronicle.conduct.isBanned(key);
  }

  /** The host lets everybody in and speak again, but for those who are banned. */
  calm(): void {
    const [host] = this.people;
    assert(host?.isHere, 'the host is not in its own room');
    host.act('unlock', '');
    host.act('slow', '0');
    host.act('access', 'open');
    for (const { id, muted } of this.host.known) if (muted) host.act('unmute', id);
  }

  /** The network, the disks and the machines are well again. */
  heal(): void {
    this.unreachable = 0;
    this.host.fuse.disarm();
    this.startHost();
    for (const link of this.host.openLinks()) link.thaw();
    for (const person of this.people) {
      person.fuse.disarm();
      person.device.disk.isFull = false;
      person.link?.thaw();
    }
    this.host.setIdleMinutes(null);
  }

  /** Everybody comes back. */
  gather(): void {
    for (const person of this.people) {
      person.start();
      person.come();
    }
  }

  startHost(): void {
    this.host.start();
    this.people[0]?.start();
  }

  #stall(link: Link | null, way: 'up' | 'down' | 'both', ms: number | null): void {
    link?.freeze(way);
    if (ms !== null) this.time.after(ms, () => link?.thaw());
  }

  #dial(person: Person): Link {
    const { link, accept } = this.host.link(person);
    const fails = person.number !== 0 && person.random.chance(this.unreachable);
    this.time.after(person.random.between(1, 200), () => {
      if (person.link !== link) return;
      if (fails || !accept()) person.loses(link, 'unreachable');
      else person.opened(link);
    });
    return link;
  }
}
