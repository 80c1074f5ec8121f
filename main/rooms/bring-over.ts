/** Brings rooms of Lanyard 0.1.0 over to the logs of this one, once, before they are opened (E8). */
import { setImmediate as turn } from 'node:timers/promises';
import * as v from 'valibot';
import { imported } from '../events/imported.ts';
import { invitation } from '../events/invitation.ts';
import { message } from '../events/message.ts';
import { moderation } from '../events/moderation.ts';
import type { Moderation } from '../events/moderation.ts';
import { passphrase } from '../events/passphrase.ts';
import { firstConversationOf, roomIdOf } from '../events/room-id.ts';
import { settings } from '../events/settings.ts';
import type { Founded, Founding } from '../hub/engine/founding.ts';
import type { InviteUse } from '../hub/rules.ts';
import type { DeviceIdentity } from '../identity/device-identity.ts';
import { sha256 } from '../identity/sha256.ts';
import { normalizeRoomName } from '../protocol/names.ts';
import { normalizeText } from '../protocol/text.ts';
import { makeEvent } from '../replica/make-event.ts';
import { postedOf } from '../replica/outbox.ts';
import type { OldEntry, OldMember, OldRoom } from '../storage/old-rooms.ts';
import type { RoomStorage, Storage } from '../storage/storage.ts';
import { foundingActs, foundingOf } from './found-room.ts';
import type { Deed } from './found-room.ts';
import { signerOf } from './signer.ts';

/** So many entries are signed and written before others get their turn. */
const BATCH = 200;

/**
 * Makes every room of protocol 1 whose founder is known one of protocol 2, with what was said in it,
 * what holds in it and what waits to be sent. What was interrupted begins anew the next time. Rejects
 * with storage-*.
 */
export async function bringOver(storage: Storage, identity: DeviceIdentity): Promise<void> {
  for (const old of storage.old.rooms()) {
    const kept = begin(storage, old, identity);
    if (kept === null) continue;
    try {
      await bringRoom(storage, old, kept, identity);
    } catch (error) {
      storage.forget(kept.record.id);
      throw error;
    }
    storage.old.drop(old.id);
  }
}

/** The room with nothing in it; null when nobody knows whose it is. */
function begin(storage: Storage, old: OldRoom, identity: DeviceIdentity): RoomStorage | null {
  const { hostKey, hosted, ...record } = old.record;
  const founder = hosted ? identity.id : (hostKey ?? null);
  if (founder === null) return null;
  const nonce = old.id;
  const id = roomIdOf(founder, nonce, sha256);
  storage.forget(id);
  const { name, active, port, addresses, ownName } = record;
  const place = { active, port, addresses, you: identity.id, ownName, read: '' };
  return storage.add({ id, founder, nonce, name, hosted, hostKey: hostKey ?? null, ...place });
}

async function bringRoom(
  storage: Storage,
  old: OldRoom,
  kept: RoomStorage,
  identity: DeviceIdentity,
): Promise<void> {
  const founding = foundingOf(kept, identity);
  if (old.record.hosted) enterRules(founding, old, kept, identity);
  const signer = signerOf(identity);
  const room = kept.record.id;
  const conversation = firstConversationOf(room, sha256);
  let read = '';
  for (let seq = 0; ;) {
    const entries = storage.old.entries(old.id, seq, BATCH);
    const last = entries.at(-1);
    if (!last) break;
    founding.enter(
      entries.map((entry): Founded => {
        const { at, written } = entry;
        const wish = { room, conversation, kind: imported.name, content: bodyOf(entry), written };
        const { id, event } = makeEvent(wish, signer, sha256);
        if (entry.seq <= old.record.read) read = id;
        return { at, name: old.record.ownName, id, event: postedOf(event) };
      }),
    );
    seq = last.seq;
    await turn();
  }
  kept.changeRead(read);
  kept.saveOutbox(
    old.texts.flatMap(({ text, at }) => {
      const normalized = normalizeText(text);
      // What nobody could see had its place in 0.1.0.
      if (!normalized.ok) return [];
      const content = { text: normalized.text };
      const wish = { room, conversation, kind: message.name, content, written: at };
      return [makeEvent(wish, signer, sha256)];
    }),
  );
}

function bodyOf({ from, name, written, signature, id, text, struck, act }: OldEntry): object {
  const body = { from, name, written, signature, id, text: struck ? '' : text };
  return { ...body, ...(struck && { removed: true }), ...(act && { act }) };
}

/** What held in a room of this device holds there again. */
function enterRules(
  founding: Founding,
  old: OldRoom,
  kept: RoomStorage,
  identity: DeviceIdentity,
): void {
  const invites = (old.rules?.invites ?? []).filter(({ revoked }) => !revoked);
  const deeds: readonly Deed[] = [
    ...rulesOf(old),
    ...invites.map(({ hash, expiresAt, maxUses }) => ({
      kind: invitation.name,
      content: { hash, expiresAt, maxUses },
    })),
    ...old.known.flatMap(standingOf),
  ];
  const founder = { identity, name: old.record.ownName };
  const acts = foundingActs(kept.record.id, founder, deeds);
  const made = acts.filter(({ event }) => event.kind === invitation.name);
  const uses = invites.map(({ uses: count }, index): InviteUse => ({
    invitation: made[index]?.id ?? '',
    uses: count,
  }));
  const known = old.known.map(({ id, name, admitted }) => ({ id, name, admitted }));
  founding.enter(acts, { known, inviteUses: uses });
}

function rulesOf({ record, rules, passphrase: secret }: OldRoom): readonly Deed[] {
  const { access = 'open', locked = false, slowSeconds = 0 } = rules ?? {};
  const guard = access === 'passphrase' && v.is(passphrase.body, secret) ? secret : null;
  // A room is never opened wider than it was.
  const admits = access === 'passphrase' ? 'invite' : access;
  const { idleMinutes, remembersDays } = record;
  const named = normalizeRoomName(record.name);
  const wanted = {
    ...(named.ok && { name: named.name }),
    ...(guard === null && { access: admits }),
    locked,
    slowSeconds,
    idleMinutes,
    remembersDays,
  };
  // One that is none any more would take the others with it.
  const sound = Object.entries(wanted).filter(([name, value]) =>
    v.is(settings.body, { [name]: value }),
  );
  const set = { kind: settings.name, content: Object.fromEntries(sound) };
  return guard === null ? [set] : [set, { kind: passphrase.name, content: guard }];
}

function standingOf({ id, name, moderator, muted, ban }: OldMember): readonly Deed[] {
  const deed = (act: Moderation) => ({
    kind: moderation.name,
    content: { act, person: id, name },
  });
  return [
    ...(moderator ? [deed('appoint')] : []),
    ...(muted ? [deed('mute')] : []),
    ...(ban === null ? [] : [deed('ban')]),
  ];
}
