/** What the app keeps of its own doings, to find out later what went wrong: codes and counts. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../model/error-codes.ts';
import { makeFolder } from '../storage/data-dir.ts';
import { crashLine } from './crash-line.ts';
import { createFileLogger } from './file-logger.ts';

/** What is worth a line. */
export type LogCode =
  | 'app-started'
  | 'app-ended'
  | 'room-hosted'
  | 'room-closed'
  | 'room-joined'
  | 'room-lost'
  | 'room-ended'
  | 'problem'
  | 'calls-refused';

/** What can be said of it in numbers. */
export type LogCount = 'major' | 'minor' | 'patch' | 'rooms';

/**
 * It takes codes and counts and no texts, so that no message, name, passphrase, token, key or
 * address gets into the file by mistake.
 */
export interface Log {
  /** `reason` is the code of a refusal or an error; what does not look like one is `unknown`. */
  event(
    code: LogCode,
    counts?: Readonly<Partial<Record<LogCount, number>>>,
    reason?: ErrorCode,
  ): void;
  /** Something nobody expected: its kind and where in the program it was, never its message. */
  crash(error: unknown): void;
}

/** Words of small letters; what is random, like a token, has digits or capitals. */
const CODE = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,5}$/;

/**
 * Logs to `logs/lanyard.log` in the data folder, for its owner's eyes alone. Where that cannot be
 * written there is no log: the app itself says so, as data-dir-unwritable.
 */
export function openLog(dataDir: string): Log {
  const folder = join(dataDir, 'logs');
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK);
  } catch {
    return { event: () => undefined, crash: () => undefined };
  }
  const write = createFileLogger(join(folder, 'lanyard.log'));
  return {
    event(code, counts = {}, reason) {
      const numbers = Object.entries(counts).map(([name, count]) => `${name}=${count}`);
      const why = reason === undefined ? [] : [CODE.test(reason) ? reason : 'unknown'];
      write('info', [code, ...numbers, ...why].join(' '));
    },
    crash: (error) => write('error', crashLine(error)),
  };
}
