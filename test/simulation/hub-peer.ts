/** The hub's end of a simulated connection: what it is given goes over the link as text. */
import assert from 'node:assert/strict';
import type { Batch } from '../../main/hub/engine/batch.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import type { Shared } from '../../main/hub/engine/shared.ts';
import { welcomeBeginning } from '../../main/hub/engine/shared-roster.ts';
import type { SharedRoster } from '../../main/hub/engine/shared-roster.ts';
import type { Greeting } from '../../main/hub/hub-types.ts';
import type { CloseName } from '../../main/model/error-codes.ts';
import { encodeHubMessage } from '../../main/protocol/encode.ts';
import type { HubMessage } from '../../main/protocol/messages.ts';
import { parseHubMessage } from '../../main/protocol/parse.ts';
import type { Link } from './link.ts';

/** How many messages may wait for one member before the hub lets it go (B4). */
const QUEUE_MAX = 60;

export interface HubPeerOptions {
  readonly link: Link;
  readonly isHost: boolean;
  /** The hub sends this, to this member alone or to everybody; false when its process ends here. */
  readonly onSend: (message: HubMessage, isAlone: boolean) => boolean;
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
    this.#put(read(welcomeBeginning(greeting) + roster.ending), true);
  }

  send(message: HubMessage): void {
    this.#put(read(encodeHubMessage(message)), true);
  }

  sendBatch({ items }: Batch): void {
    for (const shared of items) this.#put(readOnce(shared), false);
  }

  isTooSlow(): boolean {
    return !this.#options.isHost && this.link.down.waiting > QUEUE_MAX;
  }

  close(reason: CloseName): void {
    this.#options.onClose(reason);
    this.link.closeByHub(reason);
  }

  #put(message: HubMessage, isAlone: boolean): void {
    if (this.#options.onSend(message, isAlone)) this.link.sendDown(message);
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
