/** Who a name belongs to: the people here, and those the log knows. */
import type { Bridge } from '../../../preload/contract.ts';
import type { CheckedEntry } from '../../model/entry.ts';
import type { Member, MemberId } from '../../model/member.ts';
import type { RoomKey } from '../../model/room.ts';
import { LanyardError } from '../../errors.ts';
import { oneLine } from '../../export/printable.ts';
import { foldedKey } from '../../protocol/names.ts';
import { call } from './call.ts';

/** How many entries of the log are looked through at a time. */
const PAGE = 200;

/** A person's key by what they are called, or were called last. Rejects with nobody-called. */
export async function idNamed(
  bridge: Bridge,
  key: RoomKey,
  roster: readonly Member[],
  name: string,
): Promise<MemberId> {
  const isWanted = isCalled(name);
  const here = roster.find(isWanted);
  if (here) return here.id;
  for (let seq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = await call(bridge, 'entriesBefore', { key, seq, limit: PAGE });
    const id = page.entries.toReversed().flatMap(peopleIn).find(isWanted)?.id;
    if (id !== undefined) return id;
    seq = page.entries[0]?.seq ?? 0;
    more = page.hasOlder && page.entries.length > 0;
  }
  throw new LanyardError({ code: 'nobody-called', details: { name: oneLine(name) } });
}

interface Called {
  readonly id: MemberId;
  readonly name: string;
}

/** True for who has this name, in whatever case and spacing. */
export function isCalled(wanted: string): (person: Called) => boolean {
  const key = foldedKey(wanted);
  return ({ name }) => foldedKey(name) === key;
}

function peopleIn(entry: CheckedEntry): readonly Called[] {
  const author = { id: entry.from, name: entry.name };
  const isOnMember = entry.kind === 'act' && entry.onName !== '';
  return isOnMember ? [author, { id: entry.on, name: entry.onName }] : [author];
}
