/** A room as JSON Lines: every item of its logs, which whoever has PROTOCOL.md can check. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportLog } from '../../main/export/export-log.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { Copy } from '../../main/replica/copy.ts';
import { Rows } from '../../main/rooms/rows.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import type { CheckedEntry } from '../../main/timeline/entry.ts';
import { GrowingLog, LAB, TALK } from '../rooms/lab.ts';
import { CLIENT, PYTHON } from '../second-client/second-client.ts';
import { testFolder } from '../storage/folder.ts';

/** Ann's room as a device has it, perhaps from after so many items on. */
class ExportedLab {
  readonly talk = new GrowingLog(TALK);
  readonly acts = new GrowingLog(LAB.id);
  readonly #said = new Copy(new MemoryLog(sha256), sha256);
  readonly #done = new Copy(new MemoryLog(sha256), sha256);
  readonly #rows = new Rows({
    talk: this.#said,
    acts: this.#done,
    you: LAB.founder,
    founder: LAB.founder,
    isWhole: () => true,
  });

  constructor() {
    this.do('settings', { name: 'Lab', access: 'open' });
  }

  do(kind: string, content: object): CheckedEntry {
    const entry = this.acts.add(`act/${kind}`, content);
    this.#done.append([entry]);
    return entry;
  }

  hear(add: (policy: { readonly policy: string }) => CheckedEntry): CheckedEntry {
    const entry = add({ policy: this.acts.end.link });
    this.#said.append([entry]);
    return entry;
  }

  say(text: string, by = 'Ann'): CheckedEntry {
    return this.hear((under) => this.talk.say(text, { ...under, by }));
  }

  relate(kind: string, to: CheckedEntry, content: object, by = 'Ann'): CheckedEntry {
    return this.hear((under) => this.talk.relate(kind, to, content, { ...under, by }));
  }

  forgetTo(seq: number): void {
    this.#said.forgetTo(seq);
  }

  get content(): string {
    return exportLog(LAB, this.#rows.lines(), 'jsonl').content;
  }

  get lines(): readonly Record<string, unknown>[] {
    const lines = this.content.split('\n');
    expect(lines.pop()).toBe('');
    return lines.map((line): Record<string, unknown> => JSON.parse(line));
  }
}

/** A room in which everything was done that can be. */
function everything() {
  const lab = new ExportedLab();
  const one = lab.say('one');
  lab.do('moderation', { act: 'mute', person: 'cy', name: 'Cy' });
  lab.do('passphrase', { setup: 'a setup', record: 'a record' });
  lab.do('invitation', { hash: 'h'.repeat(43), expiresAt: null, maxUses: 1 });
  const two = lab.say('plutonium', 'Bo');
  lab.relate('edit', one, { text: 'one, better' });
  lab.relate('edit', two, { text: 'polonium' }, 'Bo');
  lab.relate('reaction', one, { emoji: '👍' }, 'Bo');
  lab.relate('pin', one, { pinned: true });
  lab.relate('redaction', two, {});
  lab.do('grant', { whatever: 1 });
  lab.hear((under) => lab.talk.add('message/poll', { fallback: 'Tea or coffee?' }, under));
  lab.relate('vote', one, { for: 'tea' });
  lab.hear((under) => ({ ...lab.talk.say('forged', under), doubt: 'signature' }));
  lab.do('topic', { conversation: TALK, text: 'Thursday' });
  lab.hear((under) =>
    lab.talk.say('three', { ...under, references: [{ as: 're', id: one.id }], by: 'Bo' }),
  );
  return lab;
}

describe('a log as JSON Lines', () => {
  test('is every item of both logs in its place, and what each message says now', () => {
    const lab = everything();
    expect(lab.lines.map(({ kind, text }) => (text === undefined ? kind : [kind, text]))).toEqual([
      'act/settings',
      ['message/text', 'one, better'],
      'act/moderation',
      'act/passphrase',
      'act/invitation',
      'message/text',
      'relation/edit',
      'relation/edit',
      'relation/reaction',
      'relation/pin',
      'relation/redaction',
      'act/grant',
      ['message/poll', 'Tea or coffee?'],
      'relation/vote',
      ['message/text', 'forged'],
      'act/topic',
      ['message/text', 'three'],
    ]);
    const [made, one] = lab.lines;
    expect(made).toMatchObject({ room: LAB.id, conversation: LAB.id, seq: 1, policy: '' });
    expect(made?.['body']).toBe('{"name":"Lab","access":"open"}');
    expect(one).toMatchObject({
      room: LAB.id,
      conversation: TALK,
      epoch: 'epoch',
      policy: made?.['link'],
      name: 'Ann',
      person: LAB.founder,
      written: 995,
      body: '{"text":"one"}',
    });
    expect(lab.lines.filter(({ doubt }) => doubt !== undefined)).toMatchObject([
      { text: 'forged', doubt: 'signature' },
    ]);
    expect(lab.lines.at(-1)).toMatchObject({ refs: [['re', one?.['id']]] });
  });

  test('M4, E7: has no word that was removed, nor what hosts alone may read', () => {
    const { content, lines } = everything();
    for (const secret of ['plutonium', 'polonium', 'a setup', 'a record', 'hhhhhh']) {
      expect(content).not.toContain(secret);
    }
    const kept = (state: string) => lines.filter((line) => state in line).map(({ kind }) => kind);
    expect(kept('withheld')).toEqual(['act/passphrase', 'act/invitation']);
    expect(kept('redacted')).toEqual(['message/text', 'relation/edit']);
  });

  test('is whole, whatever is in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const lab = new ExportedLab();
        for (const each of texts)
          lab.hear((under) => lab.talk.add('message/x', { fallback: each }, under));
        expect(lab.lines.slice(1).map((line) => line['text'])).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });
});

/** What the second client, which has PROTOCOL.md alone, finds of each line. */
function checked(
  content: string,
): readonly { readonly holds: boolean; readonly signed: boolean }[] {
  const file = join(testFolder(), 'room.jsonl');
  writeFileSync(file, content);
  const said = execFileSync(PYTHON, ['-B', CLIENT, 'check-export', file], { encoding: 'utf8' });
  return said
    .trim()
    .split('\n')
    .map((line): { holds: boolean; signed: boolean } => JSON.parse(line));
}

const note = existsSync(PYTHON) ? '' : ' (skipped: there is no Python)';

describe.skipIf(note !== '')(`whoever has the protocol${note}`, () => {
  const SOUND = { holds: true, signed: true };

  test('can check each signature and the chain', () => {
    const { content, lines } = everything();
    expect(checked(content)).toEqual(lines.map(() => SOUND));
  });

  test('also of a log whose beginning is forgotten', () => {
    const lab = everything();
    lab.forgetTo(4);
    expect(lab.lines.length).toBeLessThan(everything().lines.length);
    expect(checked(lab.content)).toEqual(lab.lines.map(() => SOUND));
  });

  test.each([
    [
      'another word',
      (line: object) => ({ ...line, body: '{"text":"two"}' }),
      { holds: false, signed: false },
    ],
    ['another time', (line: object) => ({ ...line, at: 7 }), { holds: false, signed: true }],
    ['another room', (line: object) => ({ ...line, room: TALK }), { holds: false, signed: false }],
    [
      'another signature',
      (line: object) => ({ ...line, signature: 'A'.repeat(86) }),
      { holds: true, signed: false },
    ],
  ])('finds %s', (_what, change, found) => {
    const lines = [...everything().lines];
    lines[1] = { ...change(lines[1] ?? {}) };
    const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(checked(content)[1]).toEqual(found);
  });

  test('finds a line that is missing, and two in another order', () => {
    const lines = everything().content.split('\n').slice(0, -1);
    const places = everything().lines.map(({ conversation }) => conversation);
    expect(places.slice(5, 8)).toEqual([TALK, TALK, TALK]);
    expect(checked(`${lines.toSpliced(6, 1).join('\n')}\n`)[6]?.holds).toBe(false);
    const [a = '', b = ''] = lines.slice(6, 8);
    expect(checked(`${lines.toSpliced(6, 2, b, a).join('\n')}\n`)[6]?.holds).toBe(false);
  });
});
