/** Errors of the page that nobody caught: the window goes on, and its person is told. */
import type { Problem } from '../main/model/error-codes.ts';

const UNEXPECTED: Problem = { code: 'unexpected-error' };

/** Calls back whenever the page meets one; what the browser itself remarks is none. */
export function watchMishaps(tell: (problem: Problem) => void): void {
  window.addEventListener('error', ({ error }: ErrorEvent) => {
    if (error instanceof Error) tell(UNEXPECTED);
  });
  window.addEventListener('unhandledrejection', () => tell(UNEXPECTED));
}
