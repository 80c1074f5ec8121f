/** What becomes of a command when what it prints is not taken. */
import { LanyardError } from '../../errors.ts';
import { storageError } from '../../storage/storage-errors.ts';

/**
 * From now on a reader of the standard output that has seen enough, as `head` has, ends the program.
 * An output that fails otherwise is told once and makes the exit code 1; a room that is hosted goes on.
 */
export function watchOutput(say: (problem: LanyardError) => void): void {
  let hasFailed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (hasFailed) return;
    hasFailed = true;
    if (error.code === 'EPIPE') {
      process.kill(process.pid, 'SIGTERM');
      return;
    }
    process.exitCode = 1;
    say(outputError(error));
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
}

function outputError(error: NodeJS.ErrnoException): LanyardError {
  const known = storageError(error, 'the standard output');
  if (known instanceof LanyardError) return known;
  return new LanyardError({ code: 'output-failed', details: { why: error.code ?? 'unknown' } });
}
