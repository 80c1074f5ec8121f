/** A checklist that is printed while it is gone through. */

/** How long something that has to happen may take, in ms. */
const LIMIT_MS = 60_000;

/** ms between two looks. */
const PACE_MS = 200;

/** A point did not hold, and the person has been told. */
export class Failed extends Error {}

/** Does what a point asks and says how it went. Rejects with Failed. */
export async function check<T>(point: string, does: () => T | Promise<T>): Promise<T> {
  try {
    const result = await does();
    process.stdout.write(`✓ ${point}\n`);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stdout.write(`✗ ${point}\n${why.replaceAll(/^/gm, '    ')}\n`);
    throw new Failed();
  }
}

/** Goes through a list; the exit code is 1 when one of its points did not hold. */
export async function checklist(points: () => Promise<void>): Promise<void> {
  try {
    await points();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    process.exitCode = 1;
  }
}

/** Throws with that sentence unless it holds. */
export function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}

/**
 * Looks until a look does not throw: programs that are not ours tell nobody when they are ready.
 * Rejects with what the last look threw.
 */
export async function until<T>(look: () => T | Promise<T>, limitMs = LIMIT_MS): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PACE_MS);
    });
  }
}
