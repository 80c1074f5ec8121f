/** How a hub's rules and the record of its passphrase stand in the database: as JSON. */
import * as v from 'valibot';
import { ACCESSES } from '../model/accesses.ts';
import type { Rules } from '../hub/rules.ts';
import type { PassphraseRecord } from '../passphrase/passphrase-record.ts';

const invite = v.object({
  id: v.string(),
  hash: v.string(),
  createdAt: v.number(),
  expiresAt: v.nullable(v.number()),
  uses: v.number(),
  maxUses: v.nullable(v.number()),
  revoked: v.boolean(),
});

const rules = v.object({
  access: v.picklist(ACCESSES),
  locked: v.boolean(),
  slowSeconds: v.number(),
  invites: v.array(invite),
});

const passphrase = v.object({ setup: v.string(), record: v.string() });

/** Reads rules back. Throws when they are none: a room is never opened wider than it was. */
export function readRules(text: string): Rules {
  return v.parse(rules, JSON.parse(text));
}

/** Reads the record of a passphrase back. Throws when it is none. */
export function readPassphrase(text: string): PassphraseRecord {
  return v.parse(passphrase, JSON.parse(text));
}
