/** The hub's end of a simulated connection: what it is given goes over the link as text. */
import assert from 'node:assert/strict';
import type { Batch } from '../../main/hub/engine/batch.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import type { Shared } from '../../main/hub/engine/shared.ts';
import type { SharedRoster } from '../../main/hub/engine/shared-roster.ts';
import type { Greeting } from '../../main/hub/hub-types.ts';
import type { CloseName } from '../../main/model/error-codes.ts';
import { encodeGreeting, encodeHubMessage } from '../../main/wire/encode.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
import type { Link } from './link.ts';

/** How many messages may wait for one member before the hub lets it go (B4). */
const QUEUE_MAX = 32;

export interface HubPeerOptions {
  readonly link: Link;
  readonly isHost: boolean;
  /** The hub sends this; false when its process ends here. */
  readonly onSend: (message: HubMessage) => boolean;
  readonly onClose: (reason: CloseName) => void;
}

export class HubPeer implements Peer {
  readonly link: Link;
  readonly #options: HubPeerOptions;

  constructor(options: HubPeerOptions) {
    this.#options = options;
    this.link = options.link;
  }

  welcome(greeting: Greeting, roster: SharedRoster): void {
    this.#put(read(encodeGreeting(greeting) + roster.ending));
  }

  send(message: HubMessage): void {
    this.#put(read(encodeHubMessage(message)));
  }

  sendBatch({ items }: Batch): void {
    for (const shared of items) this.#put(readOnce(shared));
  }

  isTooSlow(): boolean {
    return !this.#options.isHost && this.link.down.waiting > QUEUE_MAX;
  }

  close(reason: CloseName): void {
    this.#options.onClose(reason);
    this.link.closeByHub(reason);
  }

  #put(message: HubMessage): void {
    if (this.#options.onSend(message)) this.link.sendDown(message);
  }
}

const messages = new WeakMap<Shared, HubMessage>();

/** What is the same for everybody is read once for all of them. */
function readOnce(shared: Shared): HubMessage {
  const message = messages.get(shared) ?? read(shared.text);
  messages.set(shared, message);
  return message;
}

function read(text: string): HubMessage {
  const parsed = parseHubMessage(text);
  assert(parsed.ok, `nobody can read ${text}`);
  return parsed.message;
}
