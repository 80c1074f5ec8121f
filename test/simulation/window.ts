/** What a window shows of a room, checked as it changes. */
import assert from 'node:assert/strict';
import type { SessionEvent } from '../../main/client/session-types.ts';
import type {
  Entry,
  LogPosition,
  Member,
  PresenceChange,
  Welcome,
} from '../../main/protocol/messages.ts';
import { struck } from '../../main/protocol/struck.ts';
import { withChange } from '../../main/model/roster.ts';
import type { Chronicle } from './chronicle.ts';

export class Window {
  roster: readonly Member[] = [];
  /** Where the log ends here, and entries up to there without gaps. */
  position: LogPosition | null;
  readonly entries: Entry[];
  readonly #label: string;
  readonly #chronicle: Chronicle;

  /** It begins with what is on the disk. */
  constructor(
    label: string,
    chronicle: Chronicle,
    position: LogPosition | null,
    entries: readonly Entry[],
  ) {
    this.#label = label;
    this.#chronicle = chronicle;
    this.position = position;
    this.entries = [...entries];
  }

  show(event: SessionEvent): void {
    switch (event.type) {
      case 'welcomed':
        this.roster = event.roster;
        assert(
          event.roster.some(({ id }) => id === event.you),
          'a welcome without oneself',
        );
        break;
      case 'presence':
        for (const change of event.changes) this.#onChange(change);
        break;
      case 'reset': {
        const { position, entries } = event;
        this.entries.length = 0;
        this.position = { ...position, seq: position.seq - entries.length };
        this.#add(entries);
        break;
      }
      case 'entries':
        this.#add(event.entries);
        break;
      case 'answer':
      case 'pending':
      case 'room':
      case 'status':
      case 'typing':
        break;
    }
  }

  /** W4: what comes with a welcome follows the copy. */
  checkResumed({ resumed, entries }: Welcome): void {
    const [first] = entries;
    if (!resumed || !first) return;
    assert.equal(first.seq, (this.position?.seq ?? 0) + 1, `${this.#label} resumes elsewhere`);
  }

  /** P1: a change fits the roster it is told to, and its count is the number of people after it. */
  #onChange(change: PresenceChange): void {
    const id = change.change === 'joined' ? change.member.id : change.id;
    const known = this.roster.some((member) => member.id === id);
    assert.equal(known, change.change !== 'joined', `${this.#label}: ${change.change} of ${id}`);
    this.roster = withChange(this.roster, change);
    assert.equal(this.roster.length, change.count, `${this.#label}: count of ${change.change}`);
  }

  /** These follow what is there without a gap and are what was written. */
  #add(entries: readonly Entry[]): void {
    assert(this.position, 'entries of no log');
    const { epoch, seq } = this.position;
    entries.forEach((entry, index) => {
      assert.equal(entry.seq, seq + 1 + index, `${this.#label}: a gap in the log`);
    });
    this.#chronicle.check(epoch, entries, this.#label);
    for (const entry of entries) {
      this.entries.push(entry);
      if (entry.kind === 'act' && entry.act === 'strike') this.#strike(entry.on);
    }
    this.position = { epoch, seq: seq + entries.length };
  }

  #strike(id: string): void {
    for (const [index, entry] of this.entries.entries()) {
      if (entry.id === id && entry.kind === 'said') this.entries[index] = struck(entry);
    }
  }
}
