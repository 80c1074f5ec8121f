import type { Bridge } from '../../../preload/contract.ts';
import type { Problem } from '../../model/error-codes.ts';
import { EN_SENTENCES } from '../../model/sentences-en.ts';
import { sentenceOf } from '../../model/sentence.ts';

/** A full disk refuses every message; saying so once a minute is enough, in ms. */
const SAY_AGAIN_MS = 60_000;

/** Says what goes wrong with what is kept on this device: now, and as long as the app runs. */
export function warnOfProblems(bridge: Bridge, warn: (line: string) => void): void {
  const saidAt = new Map<string, number>();
  const say = (problem: Problem) => {
    const { code } = problem;
    const now = performance.now();
    if (now - (saidAt.get(code) ?? -Infinity) < SAY_AGAIN_MS) return;
    saidAt.set(code, now);
    warn(`! ${sentenceOf(EN_SENTENCES, problem)} (${code})`);
  };
  bridge.subscribe((event) => {
    if (event.type === 'snapshot') event.snapshot.app.warnings.forEach(say);
    else if (event.type === 'problem') say(event);
  });
}
