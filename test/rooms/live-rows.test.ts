/** A window that saw everything come shows what one shows that is opened afterwards. */
import { describe, expect, test } from 'vitest';
import type { BridgeEvent } from '../../preload/contract.ts';
import type { CheckedEntry as Row } from '../../main/model/entry.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { slice } from '../../renderer/chunked-list.ts';
import { changeRoom, openRoom } from '../../renderer/room-state.ts';
import type { Room as Shown } from '../../renderer/room-state.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { BEGINNING } from '../../main/timeline/chain.ts';
import { GrowingLog, LAB, TALK } from './lab.ts';
import { BO, toldRoom } from './told-room.ts';

/** Ann's lab as it grows, and Bo, who hears of it in frames that come one after the other. */
class LiveLab {
  readonly talk = new GrowingLog(TALK);
  readonly acts = new GrowingLog(LAB.id);
  readonly said: Entry[] = [];
  readonly done: Entry[] = [];
  /** What is on its way, by the log it is in. */
  readonly #frames: { readonly talk: (() => void)[]; readonly acts: (() => void)[] };
  readonly #told;
  #floor = BEGINNING;
  #window: Shown;

  constructor() {
    this.#frames = { talk: [], acts: [] };
    this.#told = toldRoom({ emit: (event) => this.#take(event) });
    this.#window = openRoom(this.#told.room.view());
    this.act('settings', { name: 'Lab', access: 'open' });
  }

  say(text: string): Entry {
    return this.#tell('talk', this.talk.say(text, this.#now));
  }

  /** Said before this Lanyard was there. */
  bring(text: string): Entry {
    const old = { from: 'cy', name: 'Cy', written: 1, signature: '', id: text, text };
    return this.#tell('talk', this.talk.add('message/imported', old, this.#now));
  }

  relate(kind: string, to: Entry, content: object): Entry {
    return this.#tell('talk', this.talk.relate(kind, to, content, this.#now));
  }

  act(kind: string, content: object): Entry {
    return this.#tell('acts', this.acts.add(`act/${kind}`, content));
  }

  ban(name: string): Entry {
    return this.act('moderation', { act: 'ban', person: `key of ${name}`, name });
  }

  clear(): void {
    this.act('clear', {});
    const floor = this.talk.end;
    this.#floor = floor;
    if (floor.seq > 0) this.#frames.talk.push(() => this.#told.hub.forgets(TALK, floor));
  }

  /**
   * Bo comes in, perhaps again, and is told of what was said after so many items, and what was done
   * after so many.
   */
  comeIn(from = 0, doneFrom = 0): void {
    for (const frames of Object.values(this.#frames)) frames.length = 0;
    const { hub, room } = this.#told;
    if (hub.connections === 0) void room.join();
    else {
      hub.loses();
      room.retryNow();
    }
    hub.opens();
    const later = this.said.filter(({ seq }) => seq > Math.max(from, this.#floor.seq));
    const before = this.said.findLast(({ seq }) => seq <= Math.max(from, this.#floor.seq));
    const after = before ? { epoch: 'epoch', seq: before.seq, link: before.link } : BEGINNING;
    const acts = this.done.slice(doneFrom);
    const skipped = this.done[doneFrom - 1];
    const actsAfter = skipped
      ? { epoch: 'epoch', seq: skipped.seq, link: skipped.link }
      : BEGINNING;
    hub.welcomes(BO.id, this.talk, later, { after, floor: this.#floor, acts, actsAfter });
    this.takeIn();
  }

  /** The next frame of this log comes; false when there is none. */
  hear(log: 'talk' | 'acts'): boolean {
    const frame = this.#frames[log].shift();
    frame?.();
    return frame !== undefined;
  }

  /** The oldest acts come, which Bo was not told of at first. */
  hearOlderActs(count: number): void {
    this.#told.hub.givesOlder(...this.done.slice(0, count));
  }

  takeIn(): void {
    this.#told.takeIn();
  }

  hearAll(...order: readonly ('talk' | 'acts')[]): void {
    for (const log of order) while (this.hear(log));
    this.takeIn();
  }

  /** What the window shows that was there all the time. */
  get shown(): readonly Row[] {
    return slice(this.#window.entries, 0, Infinity);
  }

  /** What one shows that is opened now, as far back as the other has asked. */
  get afresh(): readonly Row[] {
    const { entries } = this.#told.room.view();
    const oldest = this.#window.hasOlder ? (this.shown[0]?.seq ?? 0) : 0;
    return entries.filter(({ seq }) => seq >= oldest);
  }

  get brief(): readonly string[] {
    return this.shown.map((row) => (row.kind === 'said' ? row.text : `${row.act} ${row.onName}`));
  }

  get #now() {
    return { policy: this.acts.end.link };
  }

  #tell(log: 'talk' | 'acts', entry: Entry): Entry {
    (log === 'talk' ? this.said : this.done).push(entry);
    this.#frames[log].push(() => this.#told.hub.adds(entry));
    return entry;
  }

  #take(event: BridgeEvent): void {
    switch (event.type) {
      case 'room-entries':
      case 'room-entries-changed':
      case 'room-log-reset':
      case 'room-status':
        this.#window = changeRoom(this.#window, event);
        break;
      default:
        break;
    }
  }
}

function insideLab(): LiveLab {
  const lab = new LiveLab();
  lab.comeIn();
  return lab;
}

describe('L7: acts and what is said', () => {
  test('that come together stand where they were done, whichever is heard first', () => {
    for (const order of [
      ['talk', 'acts'],
      ['acts', 'talk'],
    ] as const) {
      const lab = insideLab();
      lab.say('one');
      lab.ban('Al');
      lab.say('two');
      lab.ban('Bo');
      lab.hearAll(...order);
      expect([order, lab.brief]).toEqual([order, ['one', 'ban Al', 'two', 'ban Bo']]);
      expect(lab.shown).toEqual(lab.afresh);
    }
  });

  test('that are heard apart too', () => {
    const lab = insideLab();
    lab.ban('Al');
    lab.say('one');
    lab.ban('Bo');
    lab.hearAll('acts');
    expect(lab.brief).toEqual(['ban Al', 'ban Bo']);
    lab.hearAll('talk');
    expect(lab.brief).toEqual(['ban Al', 'one', 'ban Bo']);
    expect(lab.shown).toEqual(lab.afresh);

    const other = insideLab();
    other.ban('Al');
    other.say('one');
    other.hearAll('talk');
    other.ban('Bo');
    other.say('two');
    other.hearAll('talk');
    other.hearAll('acts');
    expect(other.brief).toEqual(['ban Al', 'one', 'ban Bo', 'two']);
    expect(other.shown).toEqual(other.afresh);
  });
});

describe('L6: a clear', () => {
  test('takes away what was told before it, also where nothing was said', () => {
    const lab = insideLab();
    lab.ban('Al');
    lab.hearAll('acts');
    lab.clear();
    lab.hearAll('acts', 'talk');
    expect([lab.brief, lab.afresh]).toEqual([[], []]);
  });

  test('leaves what is done after it, now and when something was said after that', () => {
    const lab = insideLab();
    lab.say('one');
    lab.hearAll('talk');
    lab.clear();
    lab.ban('Al');
    lab.hearAll('acts', 'talk');
    expect(lab.brief).toEqual(['ban Al']);
    lab.say('two');
    lab.hearAll('talk');
    expect(lab.brief).toEqual(['ban Al', 'two']);
    expect(lab.shown).toEqual(lab.afresh);
    lab.comeIn();
    expect(lab.brief).toEqual(['ban Al', 'two']);
  });

  test('by another than the founder, or that is doubted, takes nothing away', () => {
    const lab = insideLab();
    lab.ban('Al');
    lab.done.push(lab.acts.add('act/clear', {}, { by: 'Eve' }));
    lab.comeIn();
    expect(lab.brief).toEqual(['ban Al']);
    expect(lab.shown).toEqual(lab.afresh);
  });
});

describe('L3: who comes in late', () => {
  test('is not told what was done before the first thing they are told of', () => {
    const lab = new LiveLab();
    lab.ban('Al');
    lab.say('one');
    lab.ban('Cy');
    const two = lab.say('two');
    lab.ban('Di');
    lab.say('three');
    lab.comeIn(two.seq);
    expect(lab.brief).toEqual(['three']);
    expect(lab.shown).toEqual(lab.afresh);
  });

  test('X13: is told of older acts once they come', () => {
    const lab = new LiveLab();
    lab.ban('Al');
    lab.say('one');
    lab.ban('Cy');
    lab.say('two');
    lab.comeIn(0, 2);
    lab.hearOlderActs(2);
    expect(lab.brief).toEqual(['ban Al', 'one', 'ban Cy', 'two']);
    expect(lab.shown).toEqual(lab.afresh);
  });

  test('E8: nor what held in a room that was brought over', () => {
    const lab = new LiveLab();
    lab.ban('Al');
    lab.bring('one');
    lab.ban('Cy');
    lab.comeIn();
    expect(lab.brief).toEqual(['one', 'ban Cy']);
    expect(lab.shown).toEqual(lab.afresh);
  });
});

test.each(Array.from({ length: 60 }, (_, seed) => seed))('any history, seed %i', (seed) => {
  const random = new SeededRandom(seed);
  const lab = new LiveLab();
  const somebody = () => random.pick(['Al', 'Bo', 'Cy']);
  const steps: readonly (() => void)[] = [
    () => void lab.say(`line ${lab.said.length}`),
    () => void lab.say(`line ${lab.said.length}`),
    () => void lab.ban(somebody()),
    () => void lab.act('settings', { locked: random.chance(0.5) }),
    () => void lab.act('topic', { conversation: TALK, text: somebody() }),
    () => {
      const to = lab.said.at(-1);
      if (to) lab.relate(random.pick(['reaction', 'redaction']), to, { emoji: '👍' });
    },
    () => {
      if (random.chance(0.3)) lab.clear();
    },
    () => {
      if (random.chance(0.1)) lab.comeIn(random.pick([0, 0, 5]));
    },
  ];
  const early = Math.floor(random.between(0, 8));
  for (let step = 0; step < early; step += 1) random.pick(steps)();
  if (random.chance(0.2)) lab.bring('old');
  lab.comeIn(random.chance(0.5) ? 0 : Math.floor(random.between(0, 6)));
  expect(lab.shown).toEqual(lab.afresh);
  for (let step = 0; step < 30; step += 1) {
    random.pick(steps)();
    while (random.chance(0.6)) lab.hear(random.pick(['talk', 'acts']));
    if (random.chance(0.5)) {
      lab.takeIn();
      expect(lab.shown).toEqual(lab.afresh);
    }
  }
  lab.hearAll('talk', 'acts');
  expect(lab.shown).toEqual(lab.afresh);
});
