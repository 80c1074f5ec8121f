/** Plans that failed once, as short as they could be made, each with what was wrong. */
import type { Plan } from './plan.ts';

export const PINNED: readonly (readonly [bug: string, plan: Plan])[] = [];
