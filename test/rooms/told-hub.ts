/** A hub that says what a test has it say, without a network: Ann's, of the lab. */
import { sha256 } from '../../main/identity/sha256.ts';
import { nextEpoch } from '../../main/hub/epochs.ts';
import { DEFAULTS } from '../../main/policy/settings.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { Connect, ConnectionListener } from '../../main/replica/link.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Entry, ReceivedEntry } from '../../main/timeline/entry.ts';
import type { ClientMessage, HubMessage } from '../../main/wire/messages.ts';
import { NOTHING_SAID } from '../support/nothing-said.ts';
import { identityOf } from '../support/identities.ts';
import { BEGINNING } from '../../main/timeline/chain.ts';
import { LAB, TALK } from './lab.ts';
import type { GrowingLog } from './lab.ts';

/** The room as it is told of. */
export const LAB_INFO = { ...DEFAULTS, ...LAB };

const FOUNDER = identityOf('Ann');

const { record: EPOCH } = nextEpoch(
  [],
  { room: LAB.id, writer: LAB.founder, places: [] },
  { hash: sha256, sign: (text) => FOUNDER.sign(text) },
);

interface Before {
  /** What the first item told of follows. */
  readonly after?: ChainEnd;
  readonly floor?: ChainEnd;
  readonly acts?: readonly Entry[];
  readonly actsAfter?: ChainEnd;
}

export class ToldHub {
  /** What it was sent, over every connection. */
  readonly heard: ClientMessage[] = [];
  readonly #listeners: ConnectionListener[] = [];

  readonly connect: Connect = (listener) => {
    this.#listeners.push(listener);
    return { send: (message) => this.heard.push(message), close: () => undefined };
  };

  get connections(): number {
    return this.#listeners.length;
  }

  opens(): void {
    this.#listeners.at(-1)?.opened();
  }

  tells(message: HubMessage): void {
    this.#listeners.at(-1)?.message(message);
  }

  loses(): void {
    this.#listeners.at(-1)?.closed('connection-lost');
  }

  /**
   * Lets a member in that has nothing of the log, which has these items so far, perhaps after others,
   * and these acts.
   */
  welcomes(
    you: string,
    { end }: Pick<GrowingLog, 'end'>,
    entries: readonly Entry[] = [],
    { after = BEGINNING, floor = BEGINNING, acts = [], actsAfter = BEGINNING }: Before = {},
  ): void {
    const talk = { ...NOTHING_SAID, floor, after, last: end, entries: entries.map(received) };
    const done = {
      ...NOTHING_SAID,
      after: actsAfter,
      last: endOf(acts.at(-1)),
      entries: acts.map(received),
    };
    this.tells({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      you,
      room: LAB_INFO,
      epoch: EPOCH,
      logs: [
        { ...done, conversation: LAB.id },
        { ...talk, conversation: TALK },
      ],
      roster: [{ id: you, name: 'Bo', role: 'member', away: false, muted: false, since: 1 }],
    });
  }

  /** Answers the last request for older items: these are all there are. */
  givesOlder(...entries: readonly Entry[]): void {
    const asked = this.heard.findLast((message) => message.type === 'history');
    if (!asked) throw new Error('nothing was asked for');
    const { id, conversation } = asked;
    const page = { id, conversation, after: BEGINNING, entries: entries.map(received) };
    this.tells({ type: 'page', ...page, more: false });
  }

  /** What was said up to there is forgotten. */
  forgets(conversation: string, floor: ChainEnd): void {
    this.tells({ type: 'floor', conversation, floor });
  }

  /** These were said or done, one after the other. */
  adds(...entries: readonly Entry[]): void {
    const [first] = entries;
    if (!first) return;
    const { conversation, seq } = first;
    const all = entries.map(received);
    this.tells({ type: 'entries', conversation, after: seq - 1, entries: all });
  }
}

function endOf(last: Entry | undefined): ChainEnd {
  return last ? { epoch: last.epoch, seq: last.seq, link: last.link } : BEGINNING;
}

/** An item as a frame has it. */
function received(entry: Entry): ReceivedEntry {
  const { conversation: _conversation, id: _id, link: _link, ...item } = entry;
  return item;
}
