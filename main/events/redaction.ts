import * as v from 'valibot';
import type { Kind } from './kind.ts';

/** Takes what a message or a reaction said out of every copy, for good: reference `to`. */
export const redaction: Kind<object> = {
  name: 'relation/redaction',
  body: v.object({}),
};
