/**
 * Why a connection ends, by name. The codes are WebSocket close codes; 4000-4999 are ours (C1).
 * `final` tells a client that trying again by itself would be wrong (C2).
 */
export const CLOSE_REASONS = {
  left: { code: 4000, final: true, sentence: 'You left the room.' },
  'room-closed': { code: 4001, final: true, sentence: 'The host closed the room.' },
  idle: {
    code: 4002,
    final: true,
    sentence: 'You were removed because you said nothing for a while. Join again to come back.',
  },
  removed: {
    code: 4003,
    final: true,
    sentence: 'You were removed from the room by the host or a moderator.',
  },
  'taken-over': {
    code: 4004,
    final: true,
    sentence: 'You joined this room from another window, which took over here.',
  },
  'too-slow': {
    code: 4005,
    final: false,
    sentence: 'This connection could not keep up with the room. It will be tried again.',
  },
  'hello-timeout': {
    code: 4006,
    final: false,
    sentence: 'Joining took too long. The network may be slow; try again.',
  },
  'bad-message': {
    code: 4007,
    final: true,
    sentence: 'The room received something it could not read. Update Lanyard on both sides.',
  },
  flooding: {
    code: 4011,
    final: true,
    sentence: 'You were removed because you sent far too much at once. Join again more calmly.',
  },
  'version-unsupported': {
    code: 4008,
    final: true,
    sentence:
      'This app and the room speak different versions of the Lanyard protocol. Update Lanyard on both sides.',
  },
  'bad-name': {
    code: 4009,
    final: true,
    sentence: 'The room did not accept your name. Choose another one and join again.',
  },
  'not-admitted': {
    code: 4012,
    final: true,
    sentence: 'The room did not let you in. Ask its host.',
  },
  banned: {
    code: 4013,
    final: true,
    sentence: 'You were banned from this room. Ask its host to lift the ban.',
  },
  'room-full': {
    code: 4010,
    final: false,
    sentence: 'The room is full. Try again when somebody has left.',
  },
} as const;

/** The name of a reason to end a connection; stable, also used as an error code. */
export type CloseName = keyof typeof CLOSE_REASONS;

const NAMES_BY_CODE = new Map<number, CloseName>();
for (const name of Object.keys(CLOSE_REASONS)) {
  if (isCloseName(name)) NAMES_BY_CODE.set(CLOSE_REASONS[name].code, name);
}

function isCloseName(name: string): name is CloseName {
  return Object.hasOwn(CLOSE_REASONS, name);
}

/** The name of a close code, or null when it is none of ours: a lost link, 1006 (C1). */
export function closeNameOf(code: number): CloseName | null {
  return NAMES_BY_CODE.get(code) ?? null;
}
