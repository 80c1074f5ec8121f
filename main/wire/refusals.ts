import { ADMISSION_REFUSALS, REFUSAL_CODES } from '../model/error-codes.ts';
import type { AdmissionRefusal, RefusalCode } from '../model/error-codes.ts';
import type { Refusal } from './messages.ts';

export type { Refusal };

const REFUSALS: ReadonlySet<string> = new Set(REFUSAL_CODES);
const ADMISSIONS: ReadonlySet<string> = new Set(ADMISSION_REFUSALS);

/** True for every code there is. */
export function isRefusalCode(code: string): code is RefusalCode {
  return REFUSALS.has(code);
}

/** True for the refusals that end a connection before it is in the room. */
export function isAdmissionRefusal(code: string): code is AdmissionRefusal {
  return ADMISSIONS.has(code);
}

/** The refusal of request `id`, or of something that has no id (R1). */
export function refusal(code: RefusalCode, id?: string): Refusal {
  return id === undefined ? { type: 'refused', code } : { type: 'refused', id, code };
}
