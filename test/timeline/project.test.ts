import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redacted } from '../../main/events/event.ts';
import type { Entry } from '../../main/timeline/entry.ts';
import { project } from '../../main/timeline/project.ts';
import { entryAt, hash, relationAt } from './entries.ts';

const said = entryAt(1);
const edited = (seq: number, text: string, person = 'ann') =>
  relationAt(seq, 'edit', said, { text }, person);
const reacted = (seq: number, emoji: string, person: string) =>
  relationAt(seq, 'reaction', said, { emoji }, person);
const gone = (seq: number, what: Entry, person = 'ann') =>
  relationAt(seq, 'redaction', what, {}, person);

describe('T1: a message', () => {
  test('by itself says what was said', () => {
    expect(project(said, [])).toEqual({
      entry: said,
      says: { as: 'text', text: 'line 1' },
      editedAt: null,
      answers: null,
      reactions: [],
      pinned: false,
    });
  });

  test('that answers another one names it', () => {
    const answer = entryAt(2, { references: [{ as: 're', id: said.id }] });
    expect(project(answer, []).answers).toBe(said.id);
  });

  test('says what its author changed it to last', () => {
    const view = project(said, [edited(4, 'second'), edited(3, 'first')]);
    expect(view).toMatchObject({ says: { text: 'second' }, editedAt: 4_000 });
  });

  test('that was brought over is changed by nobody', () => {
    const body = { from: 'bo', name: 'Bo', written: 1, signature: '', id: 'm1', text: 'old' };
    const old = entryAt(1, { kind: 'message/imported', body });
    const edit = relationAt(2, 'edit', old, { text: 'never said' });
    expect(project(old, [edit])).toMatchObject({ says: { text: 'old' }, editedAt: null });
  });

  test('is changed by nobody else, whatever a host let through', () => {
    expect(project(said, [edited(3, 'put into her mouth', 'mallory')])).toMatchObject({
      says: { text: 'line 1' },
      editedAt: null,
    });
  });

  test('once redacted says nothing, not by its edits either, and names who did it', () => {
    const done = gone(5, said, 'host');
    const all = [edited(3, 'first'), reacted(4, '👍', 'bo'), done];
    for (const target of [said, { ...said, body: redacted(said.body, hash) }]) {
      expect(project(target, all)).toEqual({
        entry: target,
        says: { as: 'redacted', by: { person: 'host', name: 'host', at: 5_000 } },
        editedAt: null,
        answers: null,
        reactions: [],
        pinned: false,
      });
    }
  });

  test('has each person’s reaction once, and not the ones that were taken back', () => {
    const takenBack = reacted(4, '👍', 'bo');
    const view = project(said, [
      reacted(2, '👍', 'ann'),
      reacted(3, '🎉', 'bo'),
      takenBack,
      reacted(5, '👍', 'ann'),
      gone(6, takenBack, 'bo'),
      reacted(7, '👍', 'cy'),
    ]);
    expect(view.reactions.map(({ emoji, by }) => [emoji, by.map(({ person }) => person)])).toEqual([
      ['👍', ['ann', 'cy']],
      ['🎉', ['bo']],
    ]);
  });

  test('is pinned until it is taken down', () => {
    const up = relationAt(2, 'pin', said, { pinned: true });
    const down = relationAt(3, 'pin', said, { pinned: false });
    expect(project(said, [up]).pinned).toBe(true);
    expect(project(said, [down, up]).pinned).toBe(false);
  });

  test.for([
    ['its author’s words for it', { fallback: 'A poll: tea or coffee?' }, 'A poll: tea or coffee?'],
    ['nothing', { options: [] }, null],
    ['what is too long', { fallback: 'x'.repeat(1_001) }, null],
  ] as const)('of an unknown kind shows %s', ([, body, fallback]) => {
    const poll = entryAt(1, { kind: 'message/poll', body });
    expect(project(poll, []).says).toEqual({ as: 'unknown', fallback });
  });
});

test('what one kind’s body cannot be is passed over', () => {
  const odd = [
    relationAt(2, 'edit', said, { text: ' ' }),
    relationAt(3, 'edit', said, 'text'),
    relationAt(4, 'reaction', said, { emoji: 7 }),
    relationAt(5, 'pin', said, null),
    relationAt(6, 'vote', said, { option: 1 }),
  ];
  expect(project(said, odd)).toEqual(project(said, []));
});

test('the order in which relations come in does not matter', () => {
  const first = reacted(3, '👍', 'bo');
  const all = [
    edited(2, 'first'),
    first,
    reacted(4, '👍', 'cy'),
    edited(5, 'second'),
    gone(6, first, 'bo'),
    relationAt(7, 'pin', said, { pinned: true }),
    reacted(8, '🎉', 'ann'),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(project(said, shuffled)).toEqual(project(said, all));
    }),
  );
});
