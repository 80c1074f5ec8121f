import { expect, test } from 'vitest';
import { ACT_NAMES } from '../../main/model/act-names.ts';
import { byRole, looksAfter, mayDo, outranks } from '../../main/model/roles.ts';

const ROLES = ['host', 'moderator', 'member'] as const;

test('M1: a role outranks those below it alone, and stands before them in a list', () => {
  for (const [at, role] of ROLES.entries()) {
    for (const [other, below] of ROLES.entries()) {
      expect(outranks(role, below)).toBe(at < other);
    }
    expect(looksAfter(role)).toBe(role !== 'member');
  }
  expect((['member', 'host', 'moderator'] as const).toSorted(byRole)).toEqual(ROLES);
});

test('M1: the host alone appoints, dismisses and says who gets in; members do nothing', () => {
  const hostsOwn = ACT_NAMES.filter((act) => mayDo('host', act) && !mayDo('moderator', act));
  expect(hostsOwn).toEqual(['appoint', 'dismiss', 'access']);
  expect(ACT_NAMES.filter((act) => mayDo('member', act))).toEqual([]);
});
