import * as v from 'valibot';
import type { Kind } from './kind.ts';

/** The host has everything forgotten that was said before this (L9). */
export const clear: Kind<object> = { name: 'act/clear', body: v.object({}) };
