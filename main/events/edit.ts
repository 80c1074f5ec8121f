import * as v from 'valibot';
import { textSchema } from './text-schema.ts';
import type { Kind } from './kind.ts';

/** Another text for a message of its author's: reference `to` (M5). */
export const edit: Kind<{ readonly text: string }> = {
  name: 'relation/edit',
  body: v.object({ text: textSchema }),
};
