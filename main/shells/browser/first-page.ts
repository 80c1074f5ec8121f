/** The page of the Lanyard that has a data folder already, for a second start to show. */
import { setTimeout as delay } from 'node:timers/promises';
import { LanyardError } from '../../errors.ts';
import { readHolder } from '../../storage/folder-holder.ts';
import { isServed } from './page-proof.ts';

/** How long a Lanyard may take from having the folder to serving its page, in ms. */
const START_MS = 10_000;

/** How often it is looked for meanwhile, in ms. */
const LOOK_MS = 100;

/**
 * Its address, token and all, once it has proven that it is there. Null when a start failed for
 * another reason than data-dir-in-use, or who has the folder has no page.
 */
export async function firstPage(dataDir: string, failure: unknown): Promise<string | null> {
  if (!(failure instanceof LanyardError) || failure.code !== 'data-dir-in-use') return null;
  // By the clock: each look at a Lanyard that hangs takes a while by itself.
  const begun = performance.now();
  while (performance.now() - begun < START_MS) {
    const holder = readHolder(dataDir);
    if (holder?.shell !== 'browser') return null;
    // Until then it is starting, or what was told is of one that was killed before.
    if (holder.page !== null && (await isServed(holder.page))) return holder.page;
    await delay(LOOK_MS);
  }
  return null;
}
