/** What may be done by those who look after the room (M2). */
export const ACT_NAMES = [
  'remove',
  'ban',
  'lift',
  'mute',
  'unmute',
  'appoint',
  'dismiss',
  'lock',
  'unlock',
  'slow',
  'redact',
  'access',
  'topic',
  'unknown',
] as const;

export type ActName = (typeof ACT_NAMES)[number];
