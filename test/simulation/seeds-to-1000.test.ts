import { expect, test } from 'vitest';
import { testSeeds } from './run-seeds.ts';

const reached = new Set<string>();
let lines = 0;

testSeeds(1, 1_000, ({ chronicle, host }) => {
  lines += chronicle.ids().length;
  for (const what of host.reached) reached.add(what);
});

test('the seeds bring about what the rules are for', () => {
  const closed = ['left', 'idle', 'too-slow', 'taken-over', 'removed', 'banned'];
  const refused = ['name-taken', 'name-empty', 'text-empty', 'text-not-normal', 'slow-down'];
  const kept = ['muted', 'slow-mode', 'room-locked', 'invite-needed', 'not-allowed'];
  const missed = ['no-such-entry', 'no-such-member', 'not-kept', 'act not kept'];
  const caughtUp = ['resumed', 'said twice', 'several pages'];
  const said = ['message/text', 'message/poll'];
  const related = ['edit', 'redaction', 'reaction', 'pin'].map((kind) => `relation/${kind}`);
  const acts = ['settings', 'moderation', 'topic', 'clear'].map((kind) => `act/${kind}`);
  const lost = ['crash of the hub', 'crash while storing', 'forgot', 'told to forget'];
  expect([...reached]).toEqual(
    expect.arrayContaining([...closed, ...refused, ...kept, ...missed, ...caughtUp, ...lost]),
  );
  expect([...reached]).toEqual(expect.arrayContaining([...said, ...related, ...acts]));
  expect(lines).toBeGreaterThan(50_000);
});
