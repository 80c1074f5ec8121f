/** Errors that nobody catches, in a Lanyard that was started for it. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = new URL('misfortune.ts', import.meta.url).href;

export interface Misfortune {
  readonly kind: 'throw' | 'reject';
  readonly times: number;
}

export interface Doomed {
  /** What a Lanyard has to be started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The app, or the thread of every hub, throws that often soon, each time in a turn of its own. */
  bring(this: void, where: 'app' | 'hub', kind?: Misfortune['kind'], times?: number): void;
}

/** Says in this folder, which is a test's own, what is to happen. */
export function doomed(folder: string): Doomed {
  const file = join(folder, 'misfortune');
  return {
    env: { MISFORTUNE: file, NODE_OPTIONS: `--import=${PROGRAM}` },
    bring(where, kind = 'throw', times = 1) {
      const misfortune: Misfortune = { kind, times };
      writeFileSync(file, JSON.stringify(misfortune));
      // Whole or not at all.
      renameSync(file, `${file}.${where}`);
    },
  };
}
