/** What rule N4 makes of two names. */
import { nameKeys } from '../../main/protocol/names.ts';

export function lookTheSame(one = '', other = ''): boolean {
  const keys: readonly string[] = nameKeys(other);
  return nameKeys(one).some((key) => keys.includes(key));
}
