/** Every kind of event this Lanyard knows. */
import * as v from 'valibot';
import { clear } from './clear.ts';
import { edit } from './edit.ts';
import type { Body } from './event.ts';
import { imported } from './imported.ts';
import { invitation, revocation } from './invitation.ts';
import { jsonIn } from './kind.ts';
import type { Kind } from './kind.ts';
import { message } from './message.ts';
import { moderation } from './moderation.ts';
import { passphrase } from './passphrase.ts';
import { pin } from './pin.ts';
import { reaction } from './reaction.ts';
import { redaction } from './redaction.ts';
import { settings } from './settings.ts';
import { topic } from './topic.ts';

const KINDS: ReadonlyMap<string, Kind<unknown>> = new Map(
  [
    message,
    imported,
    edit,
    redaction,
    reaction,
    pin,
    topic,
    settings,
    passphrase,
    invitation,
    revocation,
    moderation,
    clear,
  ].map((kind: Kind<unknown>) => [kind.name, kind]),
);

export function isKnownKind(kind: string): boolean {
  return KINDS.has(kind);
}

/** True for a body that only hosts may read (E7). */
export function isWithheldKind(kind: string): boolean {
  return KINDS.get(kind)?.isWithheld ?? false;
}

/** True when a body is what its kind asks for; of an unknown kind whatever fits (E5). */
export function isSound(kind: string, body: Body): boolean {
  const known = KINDS.get(kind);
  return known === undefined || v.is(known.body, jsonIn(body));
}
