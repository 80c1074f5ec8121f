/** A hub's messages as the JSON that `parse.ts` reads. */
import type { HubMessage, Member, PresenceChange } from './messages.ts';

export function encodeHubMessage(message: HubMessage): string {
  switch (message.type) {
    case 'welcome':
    case 'roster':
      return JSON.stringify({ ...message, roster: message.roster.map(shortened) });
    case 'presence':
      return JSON.stringify({ ...message, changes: message.changes.map(shortenedChange) });
    default:
      return JSON.stringify(message);
  }
}

/** Who is here, as in a welcome. */
export function encodeRoster(roster: readonly Member[]): string {
  return JSON.stringify(roster.map(shortened));
}

/**
 * Without what is usual (W3): when a school comes in, everybody is told of everybody. Undefined is
 * left out by JSON.
 */
function shortened({ id, name, role, away, muted, since }: Member) {
  return {
    id,
    name,
    role: role === 'member' ? undefined : role,
    away: away || undefined,
    muted: muted || undefined,
    since,
  };
}

function shortenedChange(change: PresenceChange) {
  return change.change === 'joined' ? { ...change, member: shortened(change.member) } : change;
}
