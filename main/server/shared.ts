import { encodeHubMessage } from '../protocol/encode.ts';
import type { HubMessage } from '../protocol/messages.ts';
import { frameOf } from './ws-frame.ts';

/** One message for everybody. */
export class Shared {
  readonly message: HubMessage;
  #text: string | null = null;
  #frame: Buffer | null = null;

  constructor(message: HubMessage) {
    this.message = message;
  }

  /** As JSON, made once. The message must not change any more. */
  get text(): string {
    return (this.#text ??= encodeHubMessage(this.message));
  }

  /** As bytes for a WebSocket, made once. */
  get frame(): Buffer {
    return (this.#frame ??= frameOf(this.text));
  }
}
