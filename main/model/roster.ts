import type { Member, PresenceChange } from './member.ts';

/** The roster after a change; a member never stands in it twice (O20). */
export function withChange(roster: readonly Member[], change: PresenceChange): readonly Member[] {
  switch (change.change) {
    case 'joined':
      return [...roster.filter(({ id }) => id !== change.member.id), change.member];
    case 'left':
      return roster.filter(({ id }) => id !== change.id);
    case 'renamed':
      return roster.map((member) =>
        member.id === change.id ? { ...member, name: change.name } : member,
      );
    case 'away':
      return roster.map((member) =>
        member.id === change.id ? { ...member, away: change.away } : member,
      );
    case 'standing': {
      const { role, muted } = change;
      return roster.map((member) =>
        member.id === change.id ? { ...member, role, muted } : member,
      );
    }
  }
}
