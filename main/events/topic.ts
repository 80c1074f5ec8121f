import * as v from 'valibot';
import { ROOM_NAME_MAX } from '../protocol/limits.ts';
import type { Kind } from './kind.ts';

/** What a conversation is about; empty for nothing in particular. */
export const topic: Kind<{ readonly conversation: string; readonly text: string }> = {
  name: 'act/topic',
  body: v.object({
    conversation: v.pipe(v.string(), v.maxLength(64)),
    text: v.pipe(
      v.string(),
      v.check((text) => [...text].length <= ROOM_NAME_MAX && !/[\r\n]/.test(text)),
    ),
  }),
};
