/** The sentence that goes with each refusal: what happened and what to do next (R1). */
import { NAME_MAX, TEXT_MAX } from './limits.ts';
import type { AdmissionRefusal, HubMessage, RefusalCode } from './messages.ts';

/** Why somebody is not let in (K5). */
export const ADMISSION_REFUSALS: Readonly<Record<AdmissionRefusal, string>> = {
  banned: 'You were banned from this room. Ask its host to lift the ban.',
  'room-locked': 'The room is locked: nobody new gets in. Ask its host to unlock it.',
  'invite-needed': 'This room is for the invited only. Ask its host for an invitation link.',
  'invite-invalid':
    'This invitation is not one of this room. Check that the whole link was copied, or ask for a new one.',
  'invite-expired': 'This invitation has expired. Ask for a new one.',
  'invite-used-up': 'This invitation was used as often as it may be. Ask for a new one.',
  'invite-revoked': 'This invitation was revoked. Ask for a new one.',
  'passphrase-needed': 'This room has a passphrase. Ask its host for it, then type it.',
  'passphrase-wrong': 'That is not the passphrase of this room. Check it and try again.',
  'too-many-guesses': 'There were too many wrong passphrases. Wait a while, then try again.',
  'key-not-proven':
    'This app could not prove whose it is. Check what lies between it and the room, then try again.',
};

export const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  ...ADMISSION_REFUSALS,
  'bad-message': 'The room could not read that. Update Lanyard on both sides and try again.',
  'unknown-type': 'The room does not know this kind of message. Ask the host to update Lanyard.',
  'hello-first': 'Say hello before anything else.',
  'hello-twice': 'This connection has already said hello.',
  'version-unsupported':
    'This app speaks a newer version of the Lanyard protocol than the room. Ask the host to update Lanyard.',
  'name-empty': 'A name needs at least one visible character. Type one and try again.',
  'name-too-long': `A name can have at most ${NAME_MAX} characters. Choose a shorter one.`,
  'name-not-allowed':
    'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
  'name-taken': 'Somebody in the room already has that name. Choose another one.',
  'text-empty': 'There is nothing to send. Type a message first.',
  'text-too-long': `A message can have at most ${TEXT_MAX} characters. Shorten it or send it in parts.`,
  'text-not-normal':
    'This app sent a message with spaces or line breaks the room does not take. Update Lanyard.',
  'slow-mode': 'The room is in slow mode. What you wrote goes out when it is your turn.',
  muted: 'You are muted in this room. Ask the host or a moderator.',
  'not-allowed': 'Only those who look after the room may do this. Ask the host.',
  'no-such-member': 'Nobody of that key was in this room. Look at the list of people again.',
  'no-such-entry': 'That message is not in the room any more.',
  'not-kept':
    'The host could not keep this message: its disk may be full. Tell the host, then send it again.',
  'slow-down': 'That was too much at once. Slow down; what you wrote goes out in a moment.',
  'room-full': 'The room is full. Try again when somebody has left.',
};

/** True for every code there is. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code);
}

/** True for the refusals that end a connection before it is in the room. */
export function isAdmissionRefusal(code: string): code is AdmissionRefusal {
  return Object.hasOwn(ADMISSION_REFUSALS, code);
}

/** A hub's "no". */
export type Refusal = Extract<HubMessage, { type: 'refused' }>;

/** The refusal of request `id`, or of something that has no id (R1). */
export function refusal(code: RefusalCode, id?: string): Refusal {
  const sentence = REFUSALS[code];
  return id === undefined
    ? { type: 'refused', code, sentence }
    : { type: 'refused', id, code, sentence };
}
