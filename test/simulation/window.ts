/** What a member's device learns of a room, checked as it changes. */
import assert from 'node:assert/strict';
import { withChange } from '../../main/model/roster.ts';
import type { Member, PresenceChange } from '../../main/model/member.ts';
import type { ReplicaEvent } from '../../main/replica/replica.ts';
import type { Chronicle } from './chronicle.ts';

export class Window {
  roster: readonly Member[] = [];
  readonly #label: string;
  readonly #chronicle: Chronicle;

  constructor(label: string, chronicle: Chronicle) {
    this.#label = label;
    this.#chronicle = chronicle;
  }

  show(event: ReplicaEvent): void {
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
      case 'entries':
        for (const { id, doubt } of event.entries) {
          // A copy may still have what the room had forgotten when its author sent it again.
          const isAgain = doubt === 'replayed' && this.#chronicle.isTwice(id);
          assert(doubt === undefined || isAgain, `${id} is doubted: ${doubt}`);
        }
        this.#chronicle.check(event.conversation, event.entries, this.#label);
        break;
      case 'status':
        assert(
          event.status.state !== 'ended' || event.status.reason !== 'log-forged',
          `${this.#label}: an honest log is taken for forged`,
        );
        break;
      case 'reset':
      case 'truncated':
      case 'forgotten':
      case 'answer':
      case 'outbox':
      case 'room':
      case 'typing':
        break;
    }
  }

  /** P1: a change fits the roster it is told to, and its count is the number of people after it. */
  #onChange(change: PresenceChange): void {
    const id = change.change === 'joined' ? change.member.id : change.id;
    const known = this.roster.some((member) => member.id === id);
    assert.equal(known, change.change !== 'joined', `${this.#label}: ${change.change} of ${id}`);
    this.roster = withChange(this.roster, change);
    assert.equal(this.roster.length, change.count, `${this.#label}: count of ${change.change}`);
  }
}
