import * as v from 'valibot';
import type { Kind } from './kind.ts';

const schema = v.object({
  /** Whose it was, by the key of protocol 1. */
  from: v.string(),
  name: v.string(),
  written: v.number(),
  /** The author's, over what protocol 1 signed. */
  signature: v.string(),
  id: v.string(),
  text: v.string(),
});

export type ImportedBody = Readonly<v.InferOutput<typeof schema>>;

/** Something said in a room of Lanyard 0.1.0; signed by the device that brought it over (E8). */
export const imported: Kind<ImportedBody> = { name: 'message/imported', body: schema };
