import * as v from 'valibot';
import { TOKEN_MAX } from '../protocol/limits.ts';
import type { Kind } from './kind.ts';

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(TOKEN_MAX));

/**
 * The room is for those who know a passphrase from now on; the body proves that they do. Access and
 * passphrase change in one step (K3).
 */
export const passphrase: Kind<{ readonly setup: string; readonly record: string }> = {
  name: 'act/passphrase',
  body: v.object({ setup: secret, record: secret }),
  isWithheld: true,
};
