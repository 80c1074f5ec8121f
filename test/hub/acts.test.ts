/** Who may do what to whom (M1, M2), as one table. */
import { describe, expect, test } from 'vitest';
import { judgeAct } from '../../main/hub/acts.ts';
import type { ActContext } from '../../main/hub/acts.ts';
import { newcomer, OPEN_RULES } from '../../main/hub/rules.ts';
import type { ActName, Entry, Role } from '../../main/protocol/messages.ts';
import { struck } from '../../main/protocol/struck.ts';

const ROLES: readonly Role[] = ['host', 'moderator', 'member'];
const RANKS = { host: 2, moderator: 1, member: 0 };

const SAID = {
  kind: 'said',
  seq: 1,
  at: 1,
  id: 'line',
  from: 'bo',
  name: 'Bo',
  written: 1,
  signature: 's',
  text: 'hello',
} as const;
const DONE: Entry = { ...SAID, kind: 'act', act: 'lock', on: '', onName: '' };

function judge(act: ActName, on: string, context: Partial<ActContext> = {}) {
  const nobody = {
    member: undefined,
    memberRole: 'member',
    entry: undefined,
    authorRole: 'member',
  } as const;
  const by = { id: 'ann', role: 'host', name: 'Ann', now: 5, rules: OPEN_RULES } as const;
  return judgeAct(act, on, { ...nobody, ...by, ...context });
}

const BO = newcomer('bo', 'Bo');
const BANNED = { ...BO, admitted: false, ban: { by: 'Ann', at: 1 } };

describe('M2: on a member', () => {
  test.for([
    ['remove', BO, { admitted: false }],
    [
      'ban',
      { ...BO, moderator: true },
      { admitted: false, moderator: false, ban: { by: 'Ann', at: 5 } },
    ],
    ['lift', BANNED, { ban: null }],
    ['mute', BO, { muted: true }],
    ['unmute', { ...BO, muted: true }, { muted: false }],
    ['appoint', BO, { moderator: true }],
    ['dismiss', { ...BO, moderator: true }, { moderator: false }],
  ] as const)('%s', ([act, member, change]) => {
    const isHostsOwn = act === 'appoint' || act === 'dismiss';
    for (const role of ROLES) {
      for (const memberRole of ROLES) {
        const outcome = judge(act, 'bo', { role, memberRole, member });
        const may = RANKS[role] > RANKS[memberRole] && (!isHostsOwn || role === 'host');
        if (may) {
          const changed = { ...member, ...change };
          expect(outcome).toEqual({ ok: true, changes: 'member', member: changed });
        } else {
          expect(outcome).toEqual({ ok: false, code: 'not-allowed' });
        }
      }
    }
    expect(judge(act, 'nobody')).toEqual({ ok: false, code: 'no-such-member' });
  });

  test('nobody’s ban can be lifted who is not banned', () => {
    expect(judge('lift', 'bo', { member: BO })).toEqual({ ok: false, code: 'no-such-member' });
  });
});

describe('M2: on the room', () => {
  test.for([
    ['lock', '', { locked: true }],
    ['unlock', '', { locked: false }],
    ['slow', '0', { slowSeconds: 0 }],
    ['slow', '30', { slowSeconds: 30 }],
    ['slow', '3600', { slowSeconds: 3_600 }],
    ['access', 'open', { access: 'open' }],
    ['access', 'passphrase', { access: 'passphrase' }],
    ['access', 'invite', { access: 'invite' }],
  ] as const)('%s %j', ([act, on, change]) => {
    const rules = { ...OPEN_RULES, locked: act === 'unlock', slowSeconds: 7 };
    for (const role of ROLES) {
      const outcome = judge(act, on, { role, rules });
      const may = role === 'host' || (role === 'moderator' && act !== 'access');
      expect(outcome).toEqual(
        may
          ? { ok: true, changes: 'rules', rules: { ...rules, ...change } }
          : { ok: false, code: 'not-allowed' },
      );
    }
  });

  test.for([
    ['slow', ''],
    ['slow', '-1'],
    ['slow', '1.5'],
    ['slow', '3601'],
    ['slow', '99999'],
    ['slow', '1e2'],
    ['slow', '٣'],
    ['access', ''],
    ['access', 'closed'],
    ['lock', 'bo'],
    ['unlock', 'bo'],
  ] as const)('%s on %j makes no sense', ([act, on]) => {
    expect(judge(act, on)).toEqual({ ok: false, code: 'bad-message' });
  });
});

describe('M4: striking', () => {
  test.for(ROLES)('what was said by those one may act on, by a %s', (role) => {
    for (const authorRole of ROLES) {
      expect(judge('strike', 'line', { role, entry: SAID, authorRole })).toEqual(
        RANKS[role] > RANKS[authorRole]
          ? { ok: true, changes: 'entry', entry: SAID }
          : { ok: false, code: 'not-allowed' },
      );
    }
  });

  test.for(['host', 'moderator'] as const)('what one said oneself, by a %s', (role) => {
    const own = { id: SAID.from, role, entry: SAID, authorRole: role };
    expect(judge('strike', 'line', own)).toMatchObject({ ok: true });
  });

  test.for([
    ['nothing', undefined],
    ['an act', DONE],
    ['what was struck before', struck(SAID)],
  ] as const)('%s is no entry to strike', ([, entry]) => {
    expect(judge('strike', 'line', { entry })).toEqual({ ok: false, code: 'no-such-entry' });
  });
});
