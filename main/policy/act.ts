import { clear } from '../events/clear.ts';
import type { Body, Reference } from '../events/event.ts';
import { invitation, revocation } from '../events/invitation.ts';
import { bodyOf } from '../events/kind.ts';
import { moderation } from '../events/moderation.ts';
import type { ModerationBody } from '../events/moderation.ts';
import { passphrase } from '../events/passphrase.ts';
import { settings } from '../events/settings.ts';
import type { SettingsBody } from '../events/settings.ts';
import { topic } from '../events/topic.ts';

/** What an act is about; a kind this Lanyard does not know changes nothing it knows of. */
export type Deed =
  | ({ readonly do: 'moderate' } & ModerationBody)
  | { readonly do: 'set'; readonly settings: SettingsBody }
  /** The act's body is a secret of hosts, null where it is withheld. */
  | { readonly do: 'passphrase' }
  | { readonly do: 'invite' }
  | { readonly do: 'revoke'; readonly invitation: string }
  | { readonly do: 'topic'; readonly conversation: string; readonly text: string }
  | { readonly do: 'clear' }
  | { readonly do: 'unknown' };

/** An entry of the policy log, as far as it is weighed. */
export interface Act {
  readonly id: string;
  readonly person: string;
  /** The last acts its author had seen, by id (X13). */
  readonly after: readonly string[];
  readonly deed: Deed;
}

/** What an entry of the policy log does. */
export function deedOf(entry: {
  readonly kind: string;
  readonly body: Body;
  readonly references: readonly Reference[];
}): Deed {
  const moderated = bodyOf(moderation, entry);
  if (moderated) return { do: 'moderate', ...moderated };
  const set = bodyOf(settings, entry);
  if (set) return { do: 'set', settings: set };
  const about = bodyOf(topic, entry);
  if (about) return { do: 'topic', ...about };
  const revoked = entry.references.find(({ as }) => as === 'to')?.id;
  switch (entry.kind) {
    case passphrase.name:
      return { do: 'passphrase' };
    case invitation.name:
      return { do: 'invite' };
    case revocation.name:
      return revoked === undefined ? { do: 'unknown' } : { do: 'revoke', invitation: revoked };
    case clear.name:
      return { do: 'clear' };
    default:
      return { do: 'unknown' };
  }
}

/** An entry of the policy log as it is weighed. */
export function actOf(entry: {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly body: Body;
  readonly references: readonly Reference[];
}): Act {
  const { id, person, references } = entry;
  const after = references.flatMap((each) => (each.as === 'after' ? [each.id] : []));
  return { id, person, after, deed: deedOf(entry) };
}
