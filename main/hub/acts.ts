/** What the host and moderators may do, and what it changes (M1-M4). */
import { mayDo, outranks } from '../model/roles.ts';
import { SLOW_SECONDS_MAX } from '../protocol/limits.ts';
import type {
  ActName,
  Entry,
  MemberId,
  RefusalCode,
  Role,
  SaidEntry,
} from '../protocol/messages.ts';
import type { KnownMember, Rules } from './rules.ts';

/** What an act changes, or why it may not be done. */
export type ActOutcome =
  | { readonly ok: true; readonly changes: 'member'; readonly member: KnownMember }
  | { readonly ok: true; readonly changes: 'rules'; readonly rules: Rules }
  | { readonly ok: true; readonly changes: 'entry'; readonly entry: SaidEntry }
  | { readonly ok: false; readonly code: RefusalCode };

/** What an act is judged by. */
export interface ActContext {
  /** Who acts. */
  readonly id: MemberId;
  readonly role: Role;
  /** What the one who acts is called. */
  readonly name: string;
  /** ms since 1970. */
  readonly now: number;
  readonly rules: Rules;
  /** The member the act concerns, if it is one's id, and what they may do. */
  readonly member: KnownMember | undefined;
  readonly memberRole: Role;
  /** The entry the act concerns, if it is one's id, and what its author may do. */
  readonly entry: Entry | undefined;
  readonly authorRole: Role;
}

/** Judges one act by one member; nothing is changed yet. */
export function judgeAct(act: ActName, on: string, context: ActContext): ActOutcome {
  const { role, rules } = context;
  if (!mayDo(role, act)) return refuse('not-allowed');
  switch (act) {
    case 'lock':
    case 'unlock':
      return on === '' ? changeRules({ ...rules, locked: act === 'lock' }) : refuse('bad-message');
    case 'slow': {
      const slowSeconds = Number(on);
      const isFine = /^\d{1,4}$/.test(on) && slowSeconds <= SLOW_SECONDS_MAX;
      return isFine ? changeRules({ ...rules, slowSeconds }) : refuse('bad-message');
    }
    case 'access':
      return on === 'open' || on === 'passphrase' || on === 'invite'
        ? changeRules({ ...rules, access: on })
        : refuse('bad-message');
    case 'strike':
      return judgeStrike(context);
    default:
      return judgeOnMember(act, context);
  }
}

function judgeStrike({ id, role, entry, authorRole }: ActContext): ActOutcome {
  if (entry?.kind !== 'said' || entry.struck) return refuse('no-such-entry');
  const mayStrike = entry.from === id || outranks(role, authorRole);
  return mayStrike ? { ok: true, changes: 'entry', entry } : refuse('not-allowed');
}

function judgeOnMember(
  act: Exclude<ActName, 'lock' | 'unlock' | 'slow' | 'access' | 'strike'>,
  { role, name, now, member, memberRole }: ActContext,
): ActOutcome {
  if (!member) return refuse('no-such-member');
  if (!outranks(role, memberRole)) return refuse('not-allowed');
  switch (act) {
    case 'remove':
      return changeMember({ ...member, admitted: false });
    case 'ban':
      return changeMember({
        ...member,
        admitted: false,
        moderator: false,
        ban: { by: name, at: now },
      });
    case 'lift':
      return member.ban ? changeMember({ ...member, ban: null }) : refuse('no-such-member');
    case 'mute':
    case 'unmute':
      return changeMember({ ...member, muted: act === 'mute' });
    case 'appoint':
    case 'dismiss':
      return changeMember({ ...member, moderator: act === 'appoint' });
  }
}

function changeMember(member: KnownMember): ActOutcome {
  return { ok: true, changes: 'member', member };
}

function changeRules(rules: Rules): ActOutcome {
  return { ok: true, changes: 'rules', rules };
}

function refuse(code: RefusalCode): ActOutcome {
  return { ok: false, code };
}
