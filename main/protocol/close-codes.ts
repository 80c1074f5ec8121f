import type { CloseName } from '../model/error-codes.ts';

/**
 * Why a connection ends, by name. The codes are WebSocket close codes; 4000-4999 are ours (C1).
 * `final` tells a client that trying again by itself would be wrong (C2).
 */
export const CLOSE_REASONS = {
  left: { code: 4000, final: true },
  'room-closed': { code: 4001, final: true },
  idle: { code: 4002, final: true },
  removed: { code: 4003, final: true },
  'taken-over': { code: 4004, final: true },
  'too-slow': { code: 4005, final: false },
  'hello-timeout': { code: 4006, final: false },
  'bad-message': { code: 4007, final: true },
  flooding: { code: 4011, final: true },
  'version-unsupported': { code: 4008, final: true },
  'bad-name': { code: 4009, final: true },
  'not-admitted': { code: 4012, final: true },
  banned: { code: 4013, final: true },
  'room-full': { code: 4010, final: false },
} as const satisfies Record<CloseName, { readonly code: number; readonly final: boolean }>;

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
