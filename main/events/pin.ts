import * as v from 'valibot';
import type { Kind } from './kind.ts';

/** A moderator pins a message, or takes it down again: reference `to`. */
export const pin: Kind<{ readonly pinned: boolean }> = {
  name: 'relation/pin',
  body: v.object({ pinned: v.boolean() }),
};
