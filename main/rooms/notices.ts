import type { PresenceChange } from '../model/member.ts';
import type { Notice, NoticeText } from '../model/notice.ts';

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
    // What changes a member's standing is an act in the log.
    case 'standing':
    case 'away':
      return null;
  }
}

/** How many quiet lines are kept for a window that opens later. */
const KEPT = 200;

/** The last quiet lines of a room on this device. */
export class Notices {
  #list: readonly Notice[] = [];
  #count = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** It happened after the entry with the seq `after`, at this time in ms since 1970. */
  add(what: NoticeText, after: number, at: number): Notice {
    this.#count += 1;
    const notice = { id: this.#count, at, after, what };
    this.#list = [...this.#list.slice(1 - KEPT), notice];
    return notice;
  }

  clear(): void {
    this.#list = [];
  }
}
