/** What a person sees of a room: what was said, with what was done to it, and what was done in the room. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../main/identity/sha256.ts';
import type { Doubt } from '../../main/model/entry.ts';
import type { CheckedEntry as Row } from '../../main/model/entry.ts';
import { Copy } from '../../main/replica/copy.ts';
import { Rows } from '../../main/rooms/rows.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { identityOf } from '../support/identities.ts';
import { BEGINNING } from '../../main/timeline/chain.ts';
import { GrowingLog, LAB, TALK } from './lab.ts';
import type { Wanted } from './lab.ts';

const BO = { by: 'Bo' };

/** Counts what is read of it. */
class CountedLog extends MemoryLog {
  relationReads = 0;
  itemsRead = 0;

  constructor() {
    super(sha256);
  }

  override relationsTo(ids: readonly string[]) {
    this.relationReads += 1;
    return super.relationsTo(ids);
  }

  override after(seq: number, limit: number) {
    const items = super.after(seq, limit);
    this.itemsRead += items.length;
    return items;
  }
}

/** A room as Ann has it: she founded it. */
class Lab {
  readonly talk = new GrowingLog(TALK);
  readonly acts = new GrowingLog(LAB.id);
  readonly saidLog = new CountedLog();
  readonly doneLog = new CountedLog();
  readonly said = new Copy(this.saidLog, sha256);
  readonly done = new Copy(this.doneLog, sha256);
  /** True when the room has nothing before what is here. */
  isWhole = false;
  readonly rows = new Rows({
    talk: this.said,
    acts: this.done,
    you: identityOf('Ann').id,
    founder: identityOf('Ann').id,
    isWhole: () => this.isWhole,
  });

  constructor() {
    this.act('settings', { name: 'Lab', access: 'open' });
  }

  /** What follows is judged under all that was done. */
  say(text: string, wanted: Wanted = {}): Entry {
    return this.hear(this.talk.say(text, { policy: this.acts.end.link, ...wanted }));
  }

  relate(kind: string, to: Entry, content: object, wanted: Wanted = {}): Entry {
    const under = { policy: this.acts.end.link, ...wanted };
    return this.hear(this.talk.relate(kind, to, content, under));
  }

  act(kind: string, content: object, wanted: Wanted = {}): Entry {
    const entry = this.acts.add(`act/${kind}`, content, wanted);
    this.done.append([entry]);
    return entry;
  }

  ban(name: string): Entry {
    return this.act('moderation', { act: 'ban', person: `key of ${name}`, name });
  }

  hear(entry: Entry, doubt?: Doubt): Entry {
    this.said.append([doubt === undefined ? entry : { ...entry, doubt }]);
    return entry;
  }

  get all(): readonly Row[] {
    return this.rows.before(Infinity, 1_000).rows;
  }

  get brief(): readonly string[] {
    return this.all.map(brief);
  }

  /** Every row, fetched from the newest on in pages of this size. */
  paged(size: number): readonly Row[] {
    const rows: Row[] = [];
    for (let below = Infinity, isAll = false; !isAll;) {
      const page = this.rows.before(below, size);
      expect(page.rows.length).toBeLessThanOrEqual(size);
      rows.unshift(...page.rows);
      below = rows[0]?.seq ?? 0;
      ({ isAll } = page);
    }
    return rows;
  }
}

/** A row in a word or two. */
function brief(row: Row): string {
  const doubt = row.doubt === undefined ? '' : '?';
  if (row.kind === 'said') return `${row.redacted ? 'redacted' : row.text}${doubt}`;
  return `${row.act} ${row.onName || row.on}${doubt}`.trimEnd();
}

describe('L7: what was done in the room', () => {
  test('stands where it was when the next thing was said', () => {
    const lab = new Lab();
    lab.say('one');
    lab.ban('Bo');
    lab.ban('Cy');
    lab.say('two');
    lab.act('settings', { locked: true });
    expect(lab.brief).toEqual(['one', 'ban Bo', 'ban Cy', 'two', 'lock']);
    const seqs = lab.all.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(new Set(seqs.map(Math.floor))).toEqual(new Set([1, 2]));
  });

  test('is told once, though many things were said under it, and before anything was', () => {
    const lab = new Lab();
    lab.ban('Bo');
    expect(lab.brief).toEqual(['ban Bo']);
    lab.say('one');
    lab.say('two');
    expect(lab.brief).toEqual(['ban Bo', 'one', 'two']);
  });

  test('to begin with is not told: nobody was there', () => {
    const open = new Lab();
    expect(open.brief).toEqual([]);
    open.act('settings', { access: 'invite' });
    expect(open.brief).toEqual(['access invite']);

    const guarded = new Lab();
    guarded.done.reset(BEGINNING);
    const acts = new GrowingLog(LAB.id);
    const secret = { setup: 's', record: 'r' };
    const founding = [
      acts.add('act/settings', { name: 'Lab' }),
      acts.add('act/passphrase', secret),
    ];
    guarded.done.append(founding);
    expect(guarded.brief).toEqual([]);
    guarded.done.append([acts.add('act/passphrase', secret)]);
    expect(guarded.brief).toEqual(['access passphrase']);
  });

  test.for([
    ['settings', { slowSeconds: 30 }, 'slow 30'],
    ['settings', { locked: false }, 'unlock'],
    ['settings', { access: 'invite' }, 'access invite'],
    ['passphrase', { setup: 's', record: 'r' }, 'access passphrase'],
    ['topic', { conversation: TALK, text: 'Thursday' }, 'topic Thursday'],
    ['moderation', { act: 'appoint', person: 'bo', name: 'Bo' }, 'appoint Bo'],
    ['grant', { whatever: 1 }, 'unknown'],
    ['moderation', { act: 'promote', person: 'bo', name: 'Bo' }, 'unknown'],
  ] as const)('is told: %s %j', ([kind, content, told]) => {
    const lab = new Lab();
    lab.act(kind, content);
    expect(lab.brief).toEqual([told]);
  });

  test.for([
    ['settings', { idleMinutes: 30 }],
    ['settings', { remembersDays: null }],
    ['invitation', { hash: 'x'.repeat(43), expiresAt: null, maxUses: 1 }],
    ['clear', {}],
  ] as const)('shows by itself or is nobody’s business: %s %j', ([kind, content]) => {
    const lab = new Lab();
    lab.act(kind, content);
    expect(lab.brief).toEqual([]);
  });

  test('is told as it comes, after what was said last', () => {
    const lab = new Lab();
    lab.say('one');
    const [bo, cy] = [lab.ban('Bo'), lab.ban('Cy')];
    const { added, changed } = lab.rows.of([bo, cy]);
    expect(added.map(brief)).toEqual(['ban Bo', 'ban Cy']);
    expect(changed).toEqual([]);
    expect(added).toEqual(lab.all.slice(1));
  });

  test('is told in its place, also when what was said under it is there already', () => {
    const lab = new Lab();
    const one = lab.say('one');
    const act = lab.ban('Bo');
    for (let n = 2; n < 300; n += 1) lab.say(`line ${n}`);
    const { added } = lab.rows.of([act]);
    expect(added.map(brief)).toEqual(['ban Bo']);
    expect(Math.floor(added[0]?.seq ?? 0)).toBe(one.seq);
  });
});

describe('T1: what was done to a message', () => {
  test('stands in its row, its answer’s and its reactions’', () => {
    const lab = new Lab();
    const one = lab.say('one');
    const edited = lab.relate('edit', one, { text: 'one, better' });
    lab.say('two', { references: [{ as: 're', id: one.id }] });
    lab.relate('reaction', one, { emoji: '👍' }, BO);
    const mine = lab.relate('reaction', one, { emoji: '👍' });
    lab.relate('pin', one, { pinned: true });
    const [first, second] = lab.all;
    expect(first).toMatchObject({
      id: one.id,
      seq: 1,
      text: 'one, better',
      editedAt: edited.at,
      reactions: [{ emoji: '👍', names: ['Bo', 'Ann'], mine: mine.id }],
      pinned: true,
    });
    expect(second).toMatchObject({
      text: 'two',
      answers: { id: one.id, name: 'Ann', text: 'one, better' },
    });
    expect(lab.all).toHaveLength(2);
  });

  test('a long message is quoted by its beginning, and what is gone or elsewhere not at all', () => {
    const lab = new Lab();
    const long = lab.say('x'.repeat(4_000));
    const gone = lab.say('gone');
    lab.relate('redaction', gone, {});
    for (const id of [long.id, gone.id, 'unheard-of']) {
      lab.say('answer', { references: [{ as: 're', id }] });
    }
    const quotes = lab.all.flatMap((row) =>
      row.kind === 'said' && row.text === 'answer' ? [row.answers] : [],
    );
    expect(quotes[0]?.text.length).toBeLessThanOrEqual(200);
    expect(quotes[1]).toEqual({ id: gone.id, name: 'Ann', text: '' });
    expect(quotes[2]).toBeUndefined();
  });

  test('M4: removed it says nothing, and a line says who did it', () => {
    const lab = new Lab();
    const one = lab.say('one', BO);
    lab.relate('reaction', one, { emoji: '👍' });
    const gone = lab.relate('redaction', one, {});
    const [first, second] = lab.all;
    expect(first).toMatchObject({ redacted: true, text: '' });
    expect(first).not.toHaveProperty('reactions');
    expect(second).toMatchObject({ kind: 'act', seq: gone.seq, act: 'redact', name: 'Ann' });
    expect(second).toMatchObject({ on: one.id, onName: 'Bo' });
    expect(JSON.stringify(lab.all)).not.toContain('"one"');
  });

  test('a reaction that is taken back leaves no line', () => {
    const lab = new Lab();
    const one = lab.say('one');
    const liked = lab.relate('reaction', one, { emoji: '👍' }, BO);
    lab.relate('redaction', liked, {}, BO);
    expect(lab.all).toHaveLength(1);
    expect(lab.all[0]).not.toHaveProperty('reactions');
  });

  test('E5: of an unknown kind has its author’s words for it', () => {
    const lab = new Lab();
    const poll = lab.talk.add('message/poll', { fallback: 'A poll: tea or coffee?' });
    const other = lab.talk.add('message/map', { at: 1 });
    lab.hear(poll);
    lab.hear(other);
    lab.hear(lab.talk.relate('vote', poll, { for: 'tea' }));
    expect(lab.all).toMatchObject([
      { text: 'A poll: tea or coffee?', unknown: true },
      { text: '', unknown: true },
    ]);
  });

  test('is told as a change of its row', () => {
    const lab = new Lab();
    const [one, two] = [lab.say('one'), lab.say('two', BO)];
    const news = [
      lab.relate('edit', one, { text: 'better' }),
      lab.relate('reaction', two, { emoji: '👍' }),
    ];
    const { added, changed } = lab.rows.of(news);
    expect(added).toEqual([]);
    expect(changed).toEqual(lab.all);

    const [, liked] = news;
    if (!liked) throw new Error('there are two');
    const back = lab.rows.of([lab.relate('redaction', liked, {})]);
    expect([back.added, back.changed]).toEqual([[], [lab.all[1]]]);

    const gone = lab.rows.of([lab.relate('redaction', two, {})]);
    expect(gone.added.map(brief)).toEqual(['redact Bo']);
    expect(gone.changed.map(brief)).toEqual(['redacted']);
  });

  test('comes with it when both come at once', () => {
    const lab = new Lab();
    const one = lab.say('one');
    const { added, changed } = lab.rows.of([one, lab.relate('edit', one, { text: 'better' })]);
    expect([added.map(brief), changed]).toEqual([['better'], []]);
  });

  test('to what is not here is nothing to tell', () => {
    const lab = new Lab();
    const elsewhere = new GrowingLog(TALK).say('elsewhere');
    const news = [
      lab.relate('edit', elsewhere, { text: 'x' }),
      lab.relate('redaction', elsewhere, {}),
    ];
    expect(lab.rows.of(news)).toEqual({ added: [], changed: [], isAnother: false });
    expect(lab.all).toEqual([]);
  });
});

describe('E1: what is doubted', () => {
  test('is marked', () => {
    const lab = new Lab();
    const forged = lab.hear(lab.talk.say('forged'), 'signature');
    expect(lab.all).toMatchObject([{ text: 'forged', doubt: 'signature' }]);
    // A search gives an item as it is kept.
    expect(lab.rows.message(forged)).toMatchObject({ text: 'forged', doubt: 'signature' });
  });

  test('changes nothing of what it is about', () => {
    const lab = new Lab();
    const [one, two] = [lab.say('one'), lab.say('two')];
    const forged = [
      lab.hear(lab.talk.relate('edit', one, { text: 'put into her mouth' }), 'signature'),
      lab.hear(lab.talk.redact(two), 'signature'),
    ].map((entry) => ({ ...entry, doubt: 'signature' as const }));
    expect(lab.brief).toEqual(['one', 'two', 'redact Ann?']);
    const { added, changed } = lab.rows.of(forged);
    expect([added.map(brief), changed]).toEqual([['redact Ann?'], []]);
  });
});

describe('L3: pages', () => {
  test.for([1, 2, 3, 5, 7, 100])('of %i lead to the first, each row once', (size) => {
    const lab = new Lab();
    lab.ban('Al');
    lab.ban('Bo');
    const one = lab.say('one');
    for (let n = 0; n < 7; n += 1) lab.relate('reaction', one, { emoji: '👍' }, { by: `Fan ${n}` });
    lab.ban('Cy');
    lab.ban('Di');
    lab.ban('Ed');
    const two = lab.say('two');
    lab.relate('redaction', two, {});
    lab.say('three');
    lab.say('four');
    lab.ban('Fi');
    lab.act('settings', { locked: true });
    expect(lab.brief.join(', ')).toBe(
      'ban Al, ban Bo, one, ban Cy, ban Di, ban Ed, redacted, redact Ann, three, four, ban Fi, lock',
    );
    expect(lab.paged(size)).toEqual(lab.all);
  });

  test('begin where the copy does: what was done before has its place with what was said then', () => {
    const lab = new Lab();
    lab.ban('Al');
    const older = [lab.say('one'), lab.say('two')];
    lab.ban('Bo');
    const three = lab.say('three');
    const after = { epoch: 'epoch', seq: 2, link: older[1]?.link ?? '' };
    lab.said.reset(after);
    lab.hear(three);
    lab.ban('Cy');
    lab.say('four');
    expect(lab.brief).toEqual(['three', 'ban Cy', 'four']);
    lab.said.prepend(BEGINNING, older);
    expect(lab.brief).toEqual(['ban Al', 'one', 'two', 'ban Bo', 'three', 'ban Cy', 'four']);
  });

  test('L9: of a room that was cleared begin with what was done after it', () => {
    const lab = new Lab();
    lab.ban('Al');
    const one = lab.say('one');
    lab.act('clear', {});
    lab.said.forgetTo(one.seq);
    lab.ban('Bo');
    expect(lab.brief).toEqual(['ban Bo']);
    expect(Math.floor(lab.all[0]?.seq ?? 0)).toBe(one.seq);
  });

  test('that have everything say so', () => {
    const lab = new Lab();
    for (let n = 1; n <= 3; n += 1) lab.say(`line ${n}`);
    expect(lab.rows.before(Infinity, 2).isAll).toBe(false);
    expect(lab.rows.before(Infinity, 3).isAll).toBe(true);
    expect(lab.rows.before(1, 3)).toEqual({ rows: [], isAll: true });
    expect(new Lab().rows.before(Infinity, 3)).toEqual({ rows: [], isAll: true });
  });

  test('of a room of thousands of acts keep their order', () => {
    const lab = new Lab();
    lab.say('one');
    const act = lab.ban('Bo');
    const acts = Array.from({ length: 5_000 }, (_, n) => {
      return { ...act, seq: act.seq + n + 1, id: `${n}`, link: `${n}` };
    });
    lab.done.append(acts);
    lab.say('two', { policy: '4999' });
    const seqs = lab.rows.before(Infinity, 10_000).rows.map(({ seq }) => seq);
    expect(seqs).toHaveLength(5_003);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test('are read in one go, with the acts that stand in them alone', () => {
    const lab = new Lab();
    const one = lab.say('one');
    for (let n = 0; n < 300; n += 1) {
      lab.ban(`Nr ${n}`);
      lab.say(`line ${n}`, { references: [{ as: 're', id: one.id }] });
    }
    lab.rows.before(Infinity, 1);
    const { saidLog, doneLog } = lab;
    saidLog.relationReads = 0;
    doneLog.itemsRead = 0;
    const { rows } = lab.rows.before(150, 100);
    expect(rows).toHaveLength(100);
    // What was done to the messages, and what was done to that.
    expect(saidLog.relationReads).toBeLessThanOrEqual(2);
    expect(doneLog.itemsRead).toBeLessThanOrEqual(110);
    lab.ban('Zoe');
    doneLog.itemsRead = 0;
    lab.rows.before(Infinity, 1);
    expect(doneLog.itemsRead).toBeLessThan(10);
  });

  test('of a log whose acts are others by now are those of the others', () => {
    const lab = new Lab();
    lab.ban('Al');
    lab.say('one');
    expect(lab.brief).toEqual(['ban Al', 'one']);
    lab.act('clear', {});
    expect(lab.brief).toEqual(['one']);
    lab.done.truncate(2);
    expect(lab.brief).toEqual(['ban Al', 'one']);
    lab.done.truncate(1);
    expect(lab.brief).toEqual(['one']);
    const other = new GrowingLog(LAB.id);
    lab.done.reset(BEGINNING);
    lab.done.append([
      other.add('act/settings', { name: 'Lab', access: 'open' }),
      other.add('act/settings', { locked: true }),
    ]);
    lab.say('two', { policy: other.end.link });
    expect(lab.brief.filter((line) => line !== 'one')).toEqual(['lock', 'two']);
  });
});
