/** Errors of the page that nobody caught: the window goes on, and its person is told. */
import type { Trouble } from './state.ts';

const UNEXPECTED: Trouble = {
  code: 'unexpected-error',
  sentence:
    'Something unexpected went wrong in Lanyard. If anything looks wrong now, quit it and start it again.',
};

/** Calls back whenever the page meets one; what the browser itself remarks is none. */
export function watchMishaps(tell: (trouble: Trouble) => void): void {
  window.addEventListener('error', ({ error }: ErrorEvent) => {
    if (error instanceof Error) tell(UNEXPECTED);
  });
  window.addEventListener('unhandledrejection', () => tell(UNEXPECTED));
}
