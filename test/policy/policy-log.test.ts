import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODERATION } from '../../main/events/moderation.ts';
import type { Act, Deed } from '../../main/policy/act.ts';
import { PolicyLog } from '../../main/policy/policy-log.ts';
import { actOf, FOUNDER, moderate } from './acts.ts';

const PEOPLE = [FOUNDER, 'ann', 'bo', 'cy'];

const named = (id: string, name: string) => actOf(FOUNDER, id, { do: 'set', settings: { name } });

function logOf(acts: readonly Act[]): PolicyLog {
  const log = new PolicyLog(FOUNDER);
  for (const act of acts) log.add(act);
  return log;
}

/** All that can be told of a policy. */
function shown({ policy }: PolicyLog) {
  return {
    settings: policy.settings,
    people: PEOPLE.map((person) => ({
      person,
      banned: policy.banOf(person)?.id ?? null,
      muted: policy.isMuted(person),
      moderator: policy.isModerator(person),
    })),
    passphrase: policy.passphrase?.id,
    topic: policy.topicOf('c'),
    invitations: policy
      .invitations()
      .map(({ id }) => id)
      .toSorted(),
  };
}

const appoint = actOf(FOUNDER, 'a1', moderate('appoint', 'ann'));
const appointBo = actOf(FOUNDER, 'a2', moderate('appoint', 'bo'), appoint);

describe('in one line', () => {
  test('M1: what the founder and moderators do holds, what others do does not', () => {
    const ban = actOf('ann', 'b', moderate('ban', 'cy'), appoint);
    const vain = actOf('cy', 'v', moderate('mute', 'ann'), ban);
    const log = logOf([appoint, ban, vain]);
    expect(log.policy.banOf('cy')).toBe(ban);
    expect(log.policy.isMuted('ann')).toBe(false);
    expect(log.heads).toEqual(['v']);
  });

  test('M1: a moderator has no say over the founder, other moderators and the room’s access', () => {
    const deeds: readonly Deed[] = [
      moderate('ban', FOUNDER),
      moderate('mute', 'bo'),
      moderate('dismiss', 'bo'),
      moderate('appoint', 'cy'),
      { do: 'set', settings: { access: 'invite' } },
      { do: 'set', settings: { locked: true, remembersDays: 0 } },
      { do: 'passphrase' },
      { do: 'invite' },
    ];
    const before = shown(logOf([appoint, appointBo]));
    for (const deed of deeds) {
      expect(shown(logOf([appoint, appointBo, actOf('ann', 'x', deed, appointBo)]))).toEqual(
        before,
      );
    }
  });

  test('a ban ends a moderator’s standing, which its lifting does not give back', () => {
    const ban = actOf(FOUNDER, 'b', moderate('ban', 'ann'), appoint);
    const lift = actOf(FOUNDER, 'l', moderate('lift', 'ann'), ban);
    const again = actOf(FOUNDER, 'p', moderate('appoint', 'ann'), lift);
    const lifted = logOf([appoint, ban, lift]);
    expect(lifted.policy.banOf('ann')).toBeUndefined();
    expect(lifted.policy.isModerator('ann')).toBe(false);
    lifted.add(again);
    expect(lifted.policy.isModerator('ann')).toBe(true);
  });

  test('X14: what the founder restricted only the founder allows again', () => {
    const lock = actOf(FOUNDER, 'l', { do: 'set', settings: { locked: true } }, appoint);
    const mute = actOf(FOUNDER, 'm', moderate('mute', 'cy'), lock);
    const unlock = actOf('ann', 'u', { do: 'set', settings: { locked: false } }, mute);
    const unmute = actOf('ann', 'n', moderate('unmute', 'cy'), unlock);
    const log = logOf([appoint, lock, mute, unlock, unmute]);
    expect(log.policy.settings.locked).toBe(true);
    expect(log.policy.isMuted('cy')).toBe(true);
    log.add(actOf(FOUNDER, 'f', { do: 'set', settings: { locked: false } }, unmute));
    log.add(actOf(FOUNDER, 'g', moderate('unmute', 'cy'), unmute));
    expect(log.policy.settings.locked).toBe(false);
    expect(log.policy.isMuted('cy')).toBe(false);
  });

  test('K3: a passphrase and the access it gives are one step', () => {
    const set = actOf(FOUNDER, 'p', { do: 'passphrase' });
    const log = logOf([set]);
    expect(log.policy.settings.access).toBe('passphrase');
    expect(log.policy.passphrase).toBe(set);
    log.add(actOf(FOUNDER, 'o', { do: 'set', settings: { access: 'open' } }, set));
    expect(log.policy.settings.access).toBe('open');
  });

  test('K2: an invitation lets in until it is revoked', () => {
    const one = actOf(FOUNDER, 'i1', { do: 'invite' });
    const two = actOf(FOUNDER, 'i2', { do: 'invite' }, one);
    const log = logOf([one, two, actOf(FOUNDER, 'r', { do: 'revoke', invitation: 'i1' }, two)]);
    expect(log.policy.invitations()).toEqual([two]);
  });
});

describe('X13, X14: made apart', () => {
  test('an undoing act undoes only what its author had seen', () => {
    const first = actOf('ann', 'b1', moderate('ban', 'cy'), appointBo);
    const second = actOf('bo', 'b2', moderate('ban', 'cy'), appointBo);
    const lift = actOf('ann', 'l', moderate('lift', 'cy'), first);
    const log = logOf([appoint, appointBo, first, lift, second]);
    expect(log.policy.banOf('cy')).toBe(second);
  });

  test('a right that is taken at the same time loosens nothing, and tightens still', () => {
    const mute = actOf('ann', 'm', moderate('mute', 'cy'), appoint);
    const dismiss = actOf(FOUNDER, 'd', moderate('dismiss', 'ann'), mute);
    const unmute = actOf('ann', 'u', moderate('unmute', 'cy'), mute);
    const ban = actOf('ann', 'b', moderate('ban', 'bo'), mute);
    const log = logOf([appoint, mute, unmute, ban]);
    expect(log.policy.isMuted('cy')).toBe(false);
    log.add(dismiss);
    expect(log.policy.isMuted('cy')).toBe(true);
    expect(log.policy.banOf('bo')).toBe(ban);
  });

  test('of two settings the stricter holds, or the one with the greater id', () => {
    const slow = (id: string, person: string, slowSeconds: number) =>
      actOf(person, id, { do: 'set', settings: { slowSeconds } }, appointBo);
    const log = logOf([appoint, appointBo, slow('s1', 'ann', 30), slow('s0', 'bo', 10)]);
    expect(log.policy.settings.slowSeconds).toBe(30);
    expect(logOf([named('n2', 'Two'), named('n1', 'One')]).policy.settings.name).toBe('Two');
  });
});

test('what cites something that is not here waits for it, and counts once', () => {
  const ban = actOf('ann', 'b', moderate('ban', 'cy'), appoint);
  const log = logOf([ban, ban]);
  expect(log.policy.banOf('cy')).toBeUndefined();
  log.add(appoint);
  log.add(ban);
  expect(log.policy.banOf('cy')).toBe(ban);
  expect(log.heads).toEqual(['b']);
});

/** Acts of several people, each having seen some of those before it. */
const histories = fc
  .array(
    fc.record({
      by: fc.nat(2),
      about: fc.nat(2),
      what: fc.nat(10),
      value: fc.nat(2),
      seen: fc.array(fc.nat(20), { maxLength: 3 }),
      sawAll: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((choices) => {
    const acts: Act[] = [appoint, appointBo];
    for (const { by, about, what, value, seen, sawAll } of choices) {
      const heads = acts.filter(({ id }) => !acts.some(({ after }) => after.includes(id)));
      const some = seen.flatMap((index) => acts[index % acts.length] ?? []);
      const deed: Deed =
        what < 7
          ? moderate(MODERATION[what] ?? 'ban', PEOPLE[1 + about] ?? 'cy')
          : what < 9
            ? { do: 'set', settings: { slowSeconds: value * 10, locked: value > 0 } }
            : what === 9
              ? { do: 'passphrase' }
              : { do: 'set', settings: { access: value === 0 ? 'open' : 'invite' } };
      const id = `${(acts.length * 7) % 20} ${acts.length}`;
      // What a moderator does without having been seen to be one never counts.
      const cited = new Set(sawAll ? heads : [...some, appointBo]);
      acts.push(actOf(PEOPLE[by] ?? FOUNDER, id, deed, ...cited));
    }
    return acts;
  });

test('X13: in whatever order acts come, the same follows from them', () => {
  fc.assert(
    fc.property(fc.oneof(histories, quarrels), fc.infiniteStream(fc.nat(1_000)), (acts, chance) => {
      const expected = shown(logOf(acts));
      const left = [...acts];
      const shuffled: Act[] = [];
      while (left.length > 0) {
        shuffled.push(...left.splice((chance.next().value ?? 0) % left.length, 1));
      }
      expect(shown(logOf(shuffled))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

const kindOf = ({ deed }: Act) => (deed.do === 'moderate' ? deed.act : deed.do);
const aboutOf = ({ deed }: Act) => (deed.do === 'moderate' ? deed.person : '');
const isAs = (act: Act, kind: string) =>
  kindOf(act) === kind || (kind === 'dismiss' && kindOf(act) === 'ban');

/** The rules as they are written down, with sets and no cleverness. */
function ruled(acts: readonly Act[]) {
  const byId = new Map(acts.map((act) => [act.id, act]));
  const pasts = new Map<Act, ReadonlySet<Act>>();
  const pastOf = (act: Act): ReadonlySet<Act> => {
    const known = pasts.get(act);
    if (known) return known;
    const past = new Set<Act>();
    for (const id of act.after) {
      const cited = byId.get(id);
      if (cited) for (const each of [cited, ...pastOf(cited)]) past.add(each);
    }
    pasts.set(act, past);
    return past;
  };
  const UNDOES: Readonly<Record<string, string>> = {
    lift: 'ban',
    unmute: 'mute',
    appoint: 'dismiss',
  };
  const held = (counted: readonly Act[], kind: string, person: string) =>
    counted.filter(
      (act) =>
        isAs(act, kind) &&
        aboutOf(act) === person &&
        !counted.some(
          (undo) =>
            UNDOES[kindOf(undo)] === kind &&
            aboutOf(undo) === person &&
            pastOf(undo).has(act) &&
            (undo.person === FOUNDER || act.person !== FOUNDER),
        ),
    );
  const isModerator = (counted: readonly Act[], person: string) =>
    counted.some((act) => kindOf(act) === 'appoint' && aboutOf(act) === person) &&
    held(counted, 'dismiss', person).length === 0;
  const allowed = (act: Act, counted: readonly Act[]): boolean => {
    const [kind, about] = [kindOf(act), aboutOf(act)];
    if (act.person === FOUNDER) return about !== FOUNDER;
    if (held(counted, 'ban', act.person).length > 0 || !isModerator(counted, act.person))
      return false;
    const undone = UNDOES[kind];
    if (undone !== undefined && held(counted, undone, about).some((by) => by.person === FOUNDER)) {
      return false;
    }
    return (
      ['ban', 'lift', 'mute', 'unmute', 'remove'].includes(kind) &&
      about !== FOUNDER &&
      !isModerator(counted, about)
    );
  };
  const fold = (set: readonly Act[]): readonly Act[] => {
    const sound = set.filter((act) => allowed(act, fold([...pastOf(act)])));
    const tight = sound.filter((act) => UNDOES[kindOf(act)] === undefined);
    return sound.filter((act) => {
      if (tight.includes(act) || act.person === FOUNDER) return true;
      const apart = tight.filter((other) => !pastOf(act).has(other) && !pastOf(other).has(act));
      return apart.length === 0 || allowed(act, [...fold([...pastOf(act)]), ...apart]);
    });
  };
  const counted = fold(acts);
  return PEOPLE.map((person) => ({
    person,
    banned: held(counted, 'ban', person).length > 0,
    muted: held(counted, 'mute', person).length > 0,
    moderator: isModerator(counted, person),
  }));
}

/** What is often done, and undone, by those whose rights come and go. */
const QUARREL: readonly (readonly [person: string, deed: Deed])[] = [
  ['ann', moderate('mute', 'cy')],
  ['ann', moderate('unmute', 'cy')],
  ['bo', moderate('mute', 'cy')],
  ['bo', moderate('unmute', 'cy')],
  ['bo', moderate('ban', 'cy')],
  ['ann', moderate('lift', 'cy')],
  [FOUNDER, moderate('mute', 'cy')],
  [FOUNDER, moderate('dismiss', 'ann')],
  [FOUNDER, moderate('appoint', 'ann')],
  [FOUNDER, moderate('ban', 'bo')],
  [FOUNDER, moderate('lift', 'bo')],
];

const quarrels = fc
  .array(
    fc.record({ what: fc.nat(QUARREL.length - 1), seen: fc.array(fc.nat(8), { maxLength: 3 }) }),
    {
      minLength: 3,
      maxLength: 8,
    },
  )
  .map((choices) => {
    const acts: Act[] = [appoint, appointBo];
    for (const { what, seen } of choices) {
      const [person, deed] = QUARREL[what] ?? [FOUNDER, moderate('lift', 'bo')];
      const cited = new Set([appointBo, ...seen.flatMap((index) => acts[index] ?? [])]);
      acts.push(actOf(person, `n${acts.length}`, deed, ...cited));
    }
    return acts;
  });

test('X14: what follows is what the rules say', () => {
  fc.assert(
    fc.property(quarrels, (acts) => {
      const { policy } = logOf(acts);
      const people = PEOPLE.map((person) => ({
        person,
        banned: policy.banOf(person) !== undefined,
        muted: policy.isMuted(person),
        moderator: policy.isModerator(person),
      }));
      expect(people).toEqual(ruled(acts));
    }),
    { numRuns: 2_000 },
  );
});

test('ten thousand acts in one line are weighed in no time', () => {
  const acts: Act[] = [appoint];
  for (let n = 1; n <= 10_000; n += 1) {
    acts.push(actOf('ann', `n${n}`, moderate(n % 2 ? 'mute' : 'unmute', 'cy'), ...acts.slice(-1)));
  }
  const { policy } = logOf(acts);
  expect(policy.isMuted('cy')).toBe(false);
});
