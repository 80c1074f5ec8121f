import * as v from 'valibot';
import { canBeSeen } from '../protocol/visible.ts';
import type { Kind } from './kind.ts';

/** Of an emoji, however it is put together, in UTF-16 units. */
const EMOJI_UNITS_MAX = 64;

/** What a person feels about a message: reference `to`. It is taken back by redacting it. */
export const reaction: Kind<{ readonly emoji: string }> = {
  name: 'relation/reaction',
  body: v.object({
    emoji: v.pipe(
      v.string(),
      v.maxLength(EMOJI_UNITS_MAX),
      v.check((emoji) => canBeSeen(emoji) && !/\s/.test(emoji)),
    ),
  }),
};
