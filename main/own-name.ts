import { userInfo } from 'node:os';
import { LanyardError } from './errors.ts';
import { normalizeName } from './protocol/names.ts';

/** The account's name on this device when it can be a name, otherwise an empty text. */
export function accountName(): string {
  let account = '';
  try {
    account = userInfo().username;
  } catch {
    // No account belongs to this user id, as in some containers: nothing to offer.
  }
  const normalized = normalizeName(account);
  return normalized.ok ? normalized.name : '';
}

/** The name asked for, or else the account's. Throws name-*. */
export function nameFor(asked: string | null): string {
  if (asked === null) return accountName() || 'Guest';
  const normalized = normalizeName(asked);
  if (!normalized.ok) throw new LanyardError({ code: normalized.problem });
  return normalized.name;
}
