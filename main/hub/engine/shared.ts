import { encodeHubMessage } from '../../wire/encode.ts';
import type { HubMessage } from '../../wire/messages.ts';

/** One message for everybody. */
export class Shared {
  readonly message: HubMessage;
  #text: string | null = null;

  constructor(message: HubMessage) {
    this.message = message;
  }

  /** As JSON, made once. The message must not change any more. */
  get text(): string {
    return (this.#text ??= encodeHubMessage(this.message));
  }
}
