/** What this device writes into the logs of a room of its own before anybody comes in. */
import { passphrase } from '../events/passphrase.ts';
import { firstConversationOf } from '../events/room-id.ts';
import { settings } from '../events/settings.ts';
import type { Reference } from '../events/event.ts';
import { Founding } from '../hub/engine/founding.ts';
import type { Founded } from '../hub/engine/founding.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { sha256 } from '../identity/sha256.ts';
import type { Access } from '../model/accesses.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';
import { makeEvent } from '../replica/make-event.ts';
import { postedOf } from '../replica/outbox.ts';
import type { RoomStorage } from '../storage/storage.ts';
import { signerOf } from './signer.ts';

/** An act as its author wants it. */
export interface Deed {
  readonly kind: string;
  readonly content: object;
}

/** Opens the logs of a room of this device, which no hub runs yet. Throws storage-*. */
export function foundingOf(kept: RoomStorage, identity: DeviceIdentity): Founding {
  const { id, founder, nonce } = kept.record;
  return new Founding({
    room: { id, founder, nonce },
    firstConversation: firstConversationOf(id, sha256),
    hostId: identity.id,
    store: kept.hub,
    hash: sha256,
    sign: (text) => identity.sign(text),
  });
}

/** What a room begins with: its name, and who gets in. */
export function firstDeeds(
  name: string,
  access: Access,
  record: PassphraseRecord | null,
): readonly Deed[] {
  const guarded = access === 'passphrase' ? {} : { access };
  const named = { kind: settings.name, content: { name, ...guarded } };
  return record === null ? [named] : [named, { kind: passphrase.name, content: record }];
}

/** Acts of the founder, each of which has seen those before it. */
export function foundingActs(
  room: string,
  founder: { readonly identity: DeviceIdentity; readonly name: string },
  deeds: readonly Deed[],
): readonly Founded[] {
  const signer = signerOf(founder.identity);
  const at = Date.now();
  let seen: readonly Reference[] = [];
  return deeds.map(({ kind, content }) => {
    const wish = { room, conversation: room, kind, content, references: seen, written: at };
    const { id, event } = makeEvent(wish, signer, sha256);
    seen = [{ as: 'after', id }];
    return { at, name: founder.name, id, event: postedOf(event) };
  });
}
