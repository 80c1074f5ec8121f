/** Events as members hand them in, signed as they should be. */
import type { Reference } from '../../main/events/event.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import type { ClientMessage } from '../../main/wire/messages.ts';
import { ROOM_ID, TALK } from './open-room.ts';

export type Post = Extract<ClientMessage, { type: 'post' }>;

/** An event of the test's room; an act goes to the policy log, anything else to where everybody talks. */
export function postBy(
  author: DeviceIdentity,
  kind: string,
  content: object,
  references: readonly Reference[] = [],
): Post {
  const conversation = kind.startsWith('act/') ? ROOM_ID : TALK;
  const wish = { room: ROOM_ID, conversation, kind, content, references, written: Date.now() };
  const { id, event } = makeEvent(wish, signerOf(author), sha256);
  return { type: 'post', id, event: postedOf(event) };
}
