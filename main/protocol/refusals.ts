/** The sentence that goes with each refusal: what happened and what to do next (R1). */
import { NAME_MAX, TEXT_MAX } from './limits.ts';
import type { HubMessage, RefusalCode } from './messages.ts';

export const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  'bad-message': 'The room could not read that. Update Lanyard on both sides and try again.',
  'unknown-type': 'The room does not know this kind of message. Ask the host to update Lanyard.',
  'hello-first': 'Say hello before anything else.',
  'hello-twice': 'This connection has already said hello.',
  'version-unsupported':
    'This app speaks a newer version of the Lanyard protocol than the room. Ask the host to update Lanyard.',
  'name-empty': 'A name needs at least one visible character. Type one and try again.',
  'name-too-long': `A name can have at most ${NAME_MAX} characters. Choose a shorter one.`,
  'name-not-allowed':
    'This name has invisible control characters. Type it again instead of pasting it.',
  'name-taken': 'Somebody in the room already has that name. Choose another one.',
  'text-empty': 'There is nothing to send. Type a message first.',
  'text-too-long': `A message can have at most ${TEXT_MAX} characters. Shorten it or send it in parts.`,
  'not-kept':
    'The host could not keep this message: its disk may be full. Tell the host, then send it again.',
  'slow-down': 'That was too much at once. Slow down; what you wrote goes out in a moment.',
  'room-full': 'The room is full. Try again when somebody has left.',
};

/** A hub's "no". */
export type Refusal = Extract<HubMessage, { type: 'refused' }>;

/** The refusal of request `id`, or of something that has no id (R1). */
export function refusal(code: RefusalCode, id?: string): Refusal {
  const sentence = REFUSALS[code];
  return id === undefined
    ? { type: 'refused', code, sentence }
    : { type: 'refused', id, code, sentence };
}
