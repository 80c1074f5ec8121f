import type { Act, Deed } from '../../main/policy/act.ts';
import type { Moderation } from '../../main/events/moderation.ts';

export const FOUNDER = 'founder';

/** An act; `after` are those its author had seen last. */
export function actOf(person: string, id: string, deed: Deed, ...after: readonly Act[]): Act {
  return { id, person, deed, after: after.map((act) => act.id) };
}

export function moderate(act: Moderation, person: string): Deed {
  return { do: 'moderate', act, person, name: person };
}
