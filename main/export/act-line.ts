import type { ActEntry } from '../model/entry.ts';
import { oneLine } from './printable.ts';

/** What the host or a moderator did, as a sentence of one line: `Ann banned Bob` (M2). */
export function actLine(entry: ActEntry): string {
  return `${oneLine(entry.name)} ${didOf(entry)}`;
}

function didOf({ act, on, onName }: ActEntry): string {
  const whom = oneLine(onName);
  switch (act) {
    case 'remove':
      return `removed ${whom}`;
    case 'ban':
      return `banned ${whom}`;
    case 'lift':
      return `lifted the ban on ${whom}`;
    case 'mute':
      return `muted ${whom}`;
    case 'unmute':
      return `unmuted ${whom}`;
    case 'appoint':
      return `made ${whom} a moderator`;
    case 'dismiss':
      return `made ${whom} a member like the others`;
    case 'lock':
      return 'locked the room against newcomers';
    case 'unlock':
      return 'unlocked the room';
    case 'slow':
      return on === '0'
        ? 'turned slow mode off'
        : `turned slow mode on: one message every ${oneLine(on)} s`;
    case 'redact':
      return whom === '' ? 'removed a message' : `removed a message of ${whom}`;
    case 'access':
      return `changed who gets in: ${ADMITTED.get(on) ?? oneLine(on)}`;
    case 'topic':
      return on === '' ? 'removed the topic' : `set the topic: ${oneLine(on)}`;
    case 'unknown':
      return 'did something that this Lanyard does not know';
  }
}

const ADMITTED = new Map([
  ['open', 'everybody'],
  ['passphrase', 'who knows the passphrase'],
  ['invite', 'who is invited'],
]);
