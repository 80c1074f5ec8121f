import { expect, test } from 'vitest';
import { deedOf } from '../../main/policy/act.ts';

const entry = (kind: string, body: unknown, to?: string) => ({
  kind,
  body: { state: 'whole', salt: 's', text: JSON.stringify(body) } as const,
  references: to === undefined ? [] : [{ as: 'to', id: to }],
});

test.for([
  [
    entry('act/moderation', { act: 'ban', person: 'p', name: 'Bo' }),
    { do: 'moderate', act: 'ban', person: 'p', name: 'Bo' },
  ],
  [entry('act/settings', { locked: true }), { do: 'set', settings: { locked: true } }],
  [
    entry('act/topic', { conversation: 'c', text: 'Tea' }),
    { do: 'topic', conversation: 'c', text: 'Tea' },
  ],
  [entry('act/revocation', {}, 'i'), { do: 'revoke', invitation: 'i' }],
  [entry('act/revocation', {}), { do: 'unknown' }],
  [entry('act/clear', {}), { do: 'clear' }],
  [entry('act/settings', { locked: 'yes' }), { do: 'unknown' }],
  [entry('act/grant', { to: 'p' }), { do: 'unknown' }],
] as const)('what an entry of the policy log does: %j', ([act, deed]) => {
  expect(deedOf(act)).toEqual(deed);
});

test.for([
  ['act/passphrase', 'passphrase'],
  ['act/invitation', 'invite'],
] as const)('E7: what %s does is known also where its body is withheld', ([kind, what]) => {
  const body = { state: 'withheld', digest: 'd' } as const;
  expect(deedOf({ kind, body, references: [] })).toEqual({ do: what });
});
