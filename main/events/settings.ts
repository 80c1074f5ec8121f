import * as v from 'valibot';
import {
  IDLE_MINUTES_MAX,
  IDLE_MINUTES_MIN,
  REMEMBERS_DAYS_MAX,
  SLOW_SECONDS_MAX,
} from '../protocol/limits.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import type { Kind } from './kind.ts';

const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));

const schema = v.pipe(
  v.object({
    name: v.exactOptional(
      v.pipe(
        v.string(),
        v.check((name) => {
          const normalized = normalizeRoomName(name);
          return normalized.ok && normalized.name === name;
        }),
      ),
    ),
    /** With a passphrase only by the act of that name. */
    access: v.exactOptional(v.picklist(['open', 'invite'])),
    locked: v.exactOptional(v.boolean()),
    slowSeconds: v.exactOptional(whole(0, SLOW_SECONDS_MAX)),
    idleMinutes: v.exactOptional(v.nullable(whole(IDLE_MINUTES_MIN, IDLE_MINUTES_MAX))),
    remembersDays: v.exactOptional(v.nullable(whole(0, REMEMBERS_DAYS_MAX))),
  }),
  v.check((settings) => Object.keys(settings).length > 0),
);

export type SettingsBody = Readonly<v.InferOutput<typeof schema>>;

/** What holds for everybody in the room from now on: one or several settings (M2). */
export const settings: Kind<SettingsBody> = { name: 'act/settings', body: schema };
