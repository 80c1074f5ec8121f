import type { Bridge, CallName, CallReply, Calls } from '../preload/contract.ts';

/** What a call is answered with when the shell does not answer it. */
export const LOST = { ok: false, code: 'shell-lost' } as const satisfies CallReply;

/** The same bridge, on which every call is answered: views wait for the answer, and for nothing else. */
export function alwaysAnswering(bridge: Bridge): Bridge {
  return {
    async call<Name extends CallName>(name: Name, args: Calls[Name]['args']) {
      try {
        return await bridge.call(name, args);
      } catch {
        return LOST;
      }
    },
    subscribe: (listener) => bridge.subscribe(listener),
  };
}
