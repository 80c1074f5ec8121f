/** Who may do what in a room (M1, M2). */
import type { Act } from './act.ts';
import type { Policy } from './policy.ts';

/** What moderators may set; the rest is the host's. */
const MODERATED: ReadonlySet<string> = new Set(['locked', 'slowSeconds']);

/** True when the author of an act has the right to it where this policy holds. */
export function isAllowed(act: Act, policy: Policy): boolean {
  const { person, deed } = act;
  if (person === policy.founder) return !(deed.do === 'moderate' && deed.person === person);
  if (policy.banOf(person) || !policy.isModerator(person) || policy.undoesFounders(act)) {
    return false;
  }
  switch (deed.do) {
    case 'moderate': {
      const isHosts = deed.act === 'appoint' || deed.act === 'dismiss';
      return !isHosts && deed.person !== policy.founder && !policy.isModerator(deed.person);
    }
    case 'set':
      return Object.keys(deed.settings).every((name) => MODERATED.has(name));
    case 'topic':
    case 'unknown':
      return true;
    case 'passphrase':
    case 'invite':
    case 'revoke':
    case 'clear':
      return false;
  }
}
