/** What an earlier start has left: a room of this device in which something was said. */
import { randomBytes } from 'node:crypto';
import { message } from '../../main/events/message.ts';
import { settings as settingsKind } from '../../main/events/settings.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { makeEvent } from '../../main/replica/make-event.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import { foundingActs, foundingOf } from '../../main/rooms/found-room.ts';
import { signerOf } from '../../main/rooms/signer.ts';
import { hostedRecord } from '../../main/storage/room-record.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';
import { identityOf } from './identities.ts';

export interface KeptRoom {
  readonly room: string;
  /** What was said in it by Bo. */
  readonly texts: readonly string[];
  /** When, in ms since 1970; by default a second apart, the last one a minute ago. */
  readonly at?: readonly number[];
  /** Whether it was open at the end, and so opens again with the app. */
  readonly active: boolean;
  /** What else its founder has set. */
  readonly settings?: object;
}

/** Puts a room of this device, called Ann, into a storage. */
export function keepHosted(
  storage: Storage,
  identity: DeviceIdentity,
  { room, texts, at, active, settings = {} }: KeptRoom,
): RoomStorage {
  const nonce = randomBytes(16).toString('base64url');
  const id = roomIdOf(identity.id, nonce, sha256);
  const record = hostedRecord({ id, founder: identity.id, nonce, name: room }, 'Ann');
  const kept = storage.add({ ...record, active });
  const founding = foundingOf(kept, identity);
  const deed = { kind: settingsKind.name, content: { name: room, ...settings } };
  founding.enter(foundingActs(id, { identity, name: 'Ann' }, [deed]));
  const conversation = firstConversationOf(id, sha256);
  const bo = signerOf(identityOf('Bo'));
  const end = Date.now() - 60_000;
  const items = texts.map((text, index) => {
    const said = at?.[index] ?? end - (texts.length - index) * 1_000;
    const wish = { room: id, conversation, kind: message.name, content: { text }, written: said };
    const made = makeEvent(wish, bo, sha256);
    return { at: said, name: 'Bo', id: made.id, event: postedOf(made.event) };
  });
  founding.enter(items);
  kept.changeRead(items.at(-1)?.id ?? '');
  return kept;
}
