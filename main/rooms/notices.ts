import type { NoticeText, PresenceChange } from '../../preload/contract.ts';

/** The quiet line a change of presence leaves in the log, or null for none (O2). */
export function noticeOf(change: PresenceChange): NoticeText | null {
  switch (change.change) {
    case 'joined':
      return { kind: 'joined', name: change.member.name, count: change.count };
    case 'left':
      return { kind: 'left', name: change.name, reason: change.reason, count: change.count };
    case 'renamed':
      return change.name === change.before
        ? null
        : { kind: 'renamed', before: change.before, name: change.name, count: change.count };
    case 'away':
      return null;
  }
}
