import type { Bridge, CallName, Calls } from '../../preload/contract.ts';
import { LanyardError, unexpectedError } from '../errors.ts';
import type { CallHandlers } from './calls.ts';
import type { EventStream } from './event-stream.ts';

/**
 * The contract over these calls and events. A call always gets its reply: a LanyardError becomes a
 * refusal with its code, anything else the refusal unexpected-error, which `onCrash` hears of.
 */
export function createBridge(
  calls: CallHandlers,
  events: EventStream,
  onCrash: (error: unknown) => void,
): Bridge {
  return {
    call: (name, args) => reply(calls, name, args, onCrash),
    subscribe: (listener) => events.subscribe(listener),
  };
}

async function reply<Name extends CallName>(
  calls: CallHandlers,
  name: Name,
  args: Calls[Name]['args'],
  onCrash: (error: unknown) => void,
) {
  try {
    return { ok: true, value: await calls[name](args) } as const;
  } catch (error) {
    const isExpected = error instanceof LanyardError;
    if (!isExpected) onCrash(error);
    const { problem } = isExpected ? error : unexpectedError(error);
    return { ok: false, ...problem } as const;
  }
}
