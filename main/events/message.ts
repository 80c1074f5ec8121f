import * as v from 'valibot';
import { textSchema } from './text-schema.ts';
import type { Kind } from './kind.ts';

/** Something said. It may answer another message: reference `re`. */
export const message: Kind<{ readonly text: string }> = {
  name: 'message/text',
  body: v.object({ text: textSchema }),
};
