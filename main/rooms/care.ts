/** What the host and moderators do in a room, as the events it is (M2). */
import { clear } from '../events/clear.ts';
import { revocation } from '../events/invitation.ts';
import { MODERATION, moderation } from '../events/moderation.ts';
import type { Moderation } from '../events/moderation.ts';
import { passphrase as passphraseKind } from '../events/passphrase.ts';
import { redaction } from '../events/redaction.ts';
import { settings } from '../events/settings.ts';
import { LanyardError } from '../errors.ts';
import type { Access } from '../model/accesses.ts';
import type { ActName } from '../model/act-names.ts';
import type { Invite, InviteLifetime } from '../model/hosting.ts';
import { registerPassphrase } from '../passphrase/passphrase-record.ts';
import { usablePassphrase } from './entrance.ts';
import type { HostedRoom } from './hosted-room.ts';
import type { Room } from './room.ts';

const MODERATIONS: ReadonlySet<string> = new Set(MODERATION);

/** Does what a menu names; `on` is a person, an event's id or seconds. Rejects with the hub's refusal. */
export async function act(room: Room, name: ActName, on: string): Promise<void> {
  if (isModeration(name)) {
    await room.act(moderation.name, { act: name, person: on, name: room.nameOf(on) });
    return;
  }
  switch (name) {
    case 'redact':
      await room.relate(redaction.name, {}, on);
      return;
    case 'lock':
    case 'unlock':
      await room.act(settings.name, { locked: name === 'lock' });
      return;
    case 'slow':
      await room.act(settings.name, { slowSeconds: Number(on) });
      return;
    default:
      throw new LanyardError({ code: 'bad-arguments' });
  }
}

/** Who gets in from now on, in one step. Rejects with passphrase-* and the hub's refusal. */
export async function setAccess(
  room: Room,
  access: Access,
  passphrase: string | undefined,
): Promise<void> {
  if (access === 'passphrase') {
    const record = await registerPassphrase(usablePassphrase(passphrase ?? ''));
    await room.act(passphraseKind.name, record);
  } else await room.act(settings.name, { access });
}

/** Rejects with the hub's refusal. */
export async function setIdleMinutes(room: Room, idleMinutes: number | null): Promise<void> {
  await room.act(settings.name, { idleMinutes });
}

/** Rejects with the hub's refusal. */
export async function setRemembers(room: Room, remembersDays: number | null): Promise<void> {
  await room.act(settings.name, { remembersDays });
}

/** Forgets everything that was said (L9). Rejects with the hub's refusal. */
export async function clearHistory(room: Room): Promise<void> {
  await room.act(clear.name, {});
}

/** Makes an invitation; its link is told here and never again (K2). */
export async function createInvite(
  room: Room,
  hosted: HostedRoom,
  lifetime: InviteLifetime,
  maxUses: number | null,
): Promise<{ readonly invite: Invite; readonly link: string }> {
  const { kind, content, link, expiresAt } = hosted.newInvitation(lifetime, maxUses);
  const id = await room.act(kind, content);
  await hosted.untilInvitation((all) => all.some((invite) => invite.id === id));
  const invite = {
    id,
    createdAt: Date.now(),
    expiresAt,
    uses: 0,
    maxUses,
    state: 'valid',
  } as const;
  return { invite, link };
}

/** Rejects with no-such-invite. */
export async function revokeInvite(room: Room, hosted: HostedRoom, id: string): Promise<void> {
  if (!hosted.invitations().some((invite) => invite.id === id)) {
    throw new LanyardError({ code: 'no-such-invite' });
  }
  await room.act(revocation.name, {}, [{ as: 'to', id }]);
  await hosted.untilInvitation((all) =>
    all.some((invite) => invite.id === id && invite.state === 'revoked'),
  );
}

function isModeration(name: ActName): name is Moderation & ActName {
  return MODERATIONS.has(name);
}
