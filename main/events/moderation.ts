import * as v from 'valibot';
import { ID_MAX } from '../protocol/limits.ts';
import type { Kind } from './kind.ts';

/** What can be done about a person (M2). */
export const MODERATION = [
  'remove',
  'ban',
  'lift',
  'mute',
  'unmute',
  'appoint',
  'dismiss',
] as const;

export type Moderation = (typeof MODERATION)[number];

const schema = v.object({
  act: v.picklist(MODERATION),
  person: v.pipe(v.string(), v.minLength(1), v.maxLength(ID_MAX)),
  /** What they were called when it was done. */
  name: v.pipe(v.string(), v.maxLength(ID_MAX)),
});

export type ModerationBody = Readonly<v.InferOutput<typeof schema>>;

/** What the host or a moderator does about a person (M2). */
export const moderation: Kind<ModerationBody> = { name: 'act/moderation', body: schema };
