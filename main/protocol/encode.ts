/** A hub's messages as the JSON that `parse.ts` reads. */
import { EN_SENTENCES } from '../model/sentences-en.ts';
import { sentenceOf } from '../model/sentence.ts';
import type { HubMessage, Member, PresenceChange, Refusal } from './messages.ts';

export function encodeHubMessage(message: HubMessage): string {
  switch (message.type) {
    case 'welcome':
    case 'roster':
      return JSON.stringify({ ...message, roster: message.roster.map(encodeMember) });
    case 'presence':
      return JSON.stringify({ ...message, changes: encodeChanges(message.changes) });
    case 'refused':
      return JSON.stringify(encodeRefused(message));
    default:
      return JSON.stringify(message);
  }
}

/** With its sentence, for clients that do not know the code (R1). */
function encodeRefused(message: Refusal): object {
  const { type, id, code, seconds } = message;
  const sentence =
    code === 'unknown-refusal' ? message.details.sentence : sentenceOf(EN_SENTENCES, message);
  return { type, id, code, seconds, sentence };
}

/** Who is here, as in a welcome. */
export function encodeRoster(roster: readonly Member[]): string {
  return JSON.stringify(roster.map(encodeMember));
}

/**
 * As a list, and without what is usual (W3): when a school comes in, everybody is told of everybody.
 * Undefined is left out of objects by JSON.
 */
function encodeMember({ id, name, role, away, muted, since }: Member): readonly unknown[] {
  if (role === 'member' && !away && !muted) return [id, name, since];
  const standing = {
    role: role === 'member' ? undefined : role,
    away: away || undefined,
    muted: muted || undefined,
  };
  return [id, name, since, standing];
}

/** Who came in one after another is told in one change (P2). */
function encodeChanges(changes: readonly PresenceChange[]): readonly unknown[] {
  const encoded: unknown[] = [];
  let joined: { change: 'joined'; members: unknown[]; count: number } | null = null;
  for (const change of changes) {
    if (change.change !== 'joined') {
      joined = null;
      encoded.push(change);
    } else if (joined?.count === change.count - 1) {
      joined.members.push(encodeMember(change.member));
      joined.count = change.count;
    } else {
      joined = { change: 'joined', members: [encodeMember(change.member)], count: change.count };
      encoded.push(joined);
    }
  }
  return encoded;
}
