import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** The calls that a page has sent to its app and that have not been answered yet. */
export class PageCalls {
  readonly #open = new Set<string>();

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      this.#open.clear();
      socket.on('framesent', ({ payload }) => this.#open.add(callId(payload)));
      socket.on('framereceived', ({ payload }) => this.#open.delete(callId(payload)));
    });
  }

  /** Resolves once the app has answered everything the page has asked of it so far. */
  async settled(): Promise<void> {
    await expect.poll(() => this.#open.size).toBe(0);
  }
}

/** Calls and replies begin with the id of the call, events do not. */
function callId(payload: string | Buffer): string {
  return /^\{"id":(\d+)/.exec(payload.toString())?.[1] ?? '';
}
