import type { Bridge, CallName, Calls } from '../../../preload/contract.ts';
import { LanyardError } from '../../errors.ts';

/** Calls the contract directly; a refusal becomes an error with its code. */
export async function call<Name extends CallName>(
  bridge: Bridge,
  name: Name,
  args: Calls[Name]['args'],
): Promise<Calls[Name]['result']> {
  const reply = await bridge.call(name, args);
  if (reply.ok) return reply.value;
  const { ok: _, ...problem } = reply;
  throw new LanyardError(problem);
}
