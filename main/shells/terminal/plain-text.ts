/** What others wrote, as it may be shown in a terminal. */
import type { CheckedEntry } from '../../model/entry.ts';
import type { NoticeText } from '../../model/notice.ts';
import { entryLine as lineOf } from '../../export/entry-line.ts';
import { oneLine } from '../../export/printable.ts';

/** A message, prefixed with who said it (O5), or an act; further lines are indented. */
export function entryLine(entry: CheckedEntry): string {
  return `${clockTime(entry.at)} ${lineOf(entry, '      ')}`;
}

/** A quiet line of the log (O2). */
export function noticeLine(what: NoticeText): string {
  switch (what.kind) {
    case 'joined':
      return `* ${oneLine(what.name)} came in · ${people(what.count)}`;
    case 'left':
      return `* ${oneLine(what.name)} ${LEFT[what.reason]} · ${people(what.count)}`;
    case 'renamed':
      return `* ${oneLine(what.before)} is now ${oneLine(what.name)} · ${people(what.count)}`;
    case 'connected':
      return `* You are in · ${people(what.count)}`;
    case 'disconnected':
      return `* You are out (${what.reason})`;
  }
}

const LEFT = {
  left: 'left',
  lost: 'lost the connection',
  idle: 'was removed for saying nothing for a while',
  removed: 'was removed by the host or a moderator',
  banned: 'was banned',
  flooding: 'was removed for sending too much at once',
  'too-slow': 'was dropped: the connection was too slow',
} as const;

function people(count: number): string {
  return count === 1 ? '1 person in the room' : `${count} people in the room`;
}

function clockTime(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':');
}
