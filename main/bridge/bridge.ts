import type { Bridge, CallName, Calls } from '../../preload/contract.ts';
import { LanyardError } from '../errors.ts';
import type { CallHandlers } from './calls.ts';
import type { EventStream } from './event-stream.ts';

/** The contract over these calls and events: a LanyardError becomes a refusal with its code. */
export function createBridge(calls: CallHandlers, events: EventStream): Bridge {
  return {
    call: (name, args) => reply(calls, name, args),
    subscribe: (listener) => events.subscribe(listener),
  };
}

async function reply<Name extends CallName>(
  calls: CallHandlers,
  name: Name,
  args: Calls[Name]['args'],
) {
  try {
    return { ok: true, value: await calls[name](args) } as const;
  } catch (error) {
    if (!(error instanceof LanyardError)) throw error;
    return { ok: false, code: error.code, sentence: error.message } as const;
  }
}
