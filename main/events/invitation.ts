import * as v from 'valibot';
import type { Kind } from './kind.ts';

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An invitation by the hash of its token, which nobody else can use. Times in ms since 1970 (K2). */
export const invitation: Kind<{
  readonly hash: string;
  readonly expiresAt: number | null;
  readonly maxUses: number | null;
}> = {
  name: 'act/invitation',
  body: v.object({
    hash: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
    expiresAt: v.nullable(time),
    maxUses: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  }),
  isWithheld: true,
};

/** An invitation lets nobody in any more: reference `to`. */
export const revocation: Kind<object> = { name: 'act/revocation', body: v.object({}) };
