/** A room, its people, their devices and the network between them, from one plan. */
import assert from 'node:assert/strict';
import { classOf, referred } from '../../main/events/event.ts';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { Chronicle } from './chronicle.ts';
import { Device } from './device.ts';
import { Disk, memoryDisk } from './disk.ts';
import type { OpenStorage } from './disk.ts';
import { Host } from './host.ts';
import type { Link } from './link.ts';
import { keyOf, TALK } from './names.ts';
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
        this.people[0]?.act('act/settings', { remembersDays: step.days });
        break;
      case 'clear':
        this.people[0]?.act('act/clear', {});
        break;
      case 'idle':
        this.people[0]?.act('act/settings', { idleMinutes: step.minutes });
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
        person.prompt({ type: 'typing', conversation: TALK, on: true });
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
        person.post({ kind: message.name, content: { text: ' \n ' } });
        break;
      case 'say':
        for (let line = 0; line < step.lines; line += 1) {
          person.post({
            kind: message.name,
            content: { text: step.long ? LONG : `short ${line}` },
          });
        }
        break;
      case 'rename':
        person.rename(step.name);
        break;
      case 'edit':
      case 'redact':
      case 'react':
      case 'unreact':
      case 'reply':
      case 'pin':
      case 'unknown':
        this.#touch(person, step.do, step.on);
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

  /**
   * Does something to the message that stands so far from the newest in this person's copy; what only
   * its author may do is mostly done to one of their own.
   */
  #touch(person: Person, what: string, on: number): void {
    const copy = person.replica?.copy(TALK);
    const recent = copy?.before(Infinity, 40) ?? [];
    const messages = recent.filter(({ kind }) => classOf(kind) === 'message');
    const own = messages.filter((each) => each.person === person.key);
    const isOwn = (what === 'edit' || what === 'redact') && on % 4 > 0;
    const target = isOwn ? own.at(-1 - (on % 2)) : messages.at(-1 - on);
    if (!target) return;
    const to = [{ as: 'to', id: target.id }];
    switch (what) {
      case 'edit':
        person.post({ kind: 'relation/edit', content: { text: `edited ${on}` }, references: to });
        break;
      case 'redact':
        person.post({ kind: 'relation/redaction', content: {}, references: to });
        break;
      case 'react':
        person.post({
          kind: 'relation/reaction',
          content: { emoji: on % 2 === 0 ? '👍' : '🎉' },
          references: to,
        });
        break;
      case 'unreact': {
        const mine = recent.find(
          (entry) =>
            entry.kind === 'relation/reaction' &&
            entry.person === person.key &&
            referred(entry, 'to') === target.id,
        );
        const taken = [{ as: 'to', id: mine?.id ?? target.id }];
        person.post({ kind: 'relation/redaction', content: {}, references: taken });
        break;
      }
      case 'reply': {
        const text = `to ${bodyOf(message, target)?.text.slice(0, 20) ?? 'that'}`;
        person.post({
          kind: message.name,
          content: { text },
          references: [{ as: 're', id: target.id }],
        });
        break;
      }
      case 'pin':
        person.post({ kind: 'relation/pin', content: { pinned: on % 2 === 0 }, references: to });
        break;
      default:
        person.post({ kind: 'message/poll', content: { fallback: 'A poll', on } });
    }
  }

  #act(person: Person, act: Extract<Step, { do: 'act' }>['act'], on: number): void {
    switch (act) {
      case 'lock':
      case 'unlock':
        person.act('act/settings', { locked: act === 'lock' });
        break;
      case 'slow':
        person.act('act/settings', { slowSeconds: on });
        break;
      case 'access':
        person.act('act/settings', { access: on === 0 ? 'open' : 'invite' });
        break;
      case 'topic':
        person.act('act/topic', { conversation: TALK, text: `Topic ${on}` });
        break;
      case 'remove':
      case 'ban':
      case 'lift':
      case 'mute':
      case 'unmute':
      case 'appoint':
      case 'dismiss':
        person.act('act/moderation', { act, person: keyOf(on), name: `p${on}` });
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
    host.act('act/settings', {
      locked: false,
      slowSeconds: 0,
      access: 'open',
      idleMinutes: null,
    });
    for (const { key } of this.people) {
      if (!this.chronicle.conduct.isMuted(key)) continue;
      host.act('act/moderation', { act: 'unmute', person: key, name: '' });
    }
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
