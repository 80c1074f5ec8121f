import * as v from 'valibot';
import { normalizeText } from '../protocol/text.ts';

/** What may be said, in the form it is said in (S3). */
export const textSchema = v.pipe(
  v.string(),
  v.check((text) => {
    const normalized = normalizeText(text);
    return normalized.ok && normalized.text === text;
  }),
);
