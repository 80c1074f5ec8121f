/** One person's Lanyard without a user interface: the contract over real rooms and sockets. */
import { onTestFinished } from 'vitest';
import type { Bridge, BridgeEvent, RoomKey, RoomView } from '../../preload/contract.ts';
import { createCalls } from '../../main/bridge/calls.ts';
import { EventStream } from '../../main/bridge/event-stream.ts';
import { createOutsideBridge } from '../../main/bridge/outside.ts';
import type { OutsideBridge } from '../../main/bridge/outside.ts';
import { LanyardError } from '../../main/errors.ts';
import type { Entry } from '../../main/protocol/messages.ts';
import { Rooms } from '../../main/rooms/rooms.ts';
import { BulletinBoard } from './bulletin-board.ts';

export class Device {
  readonly events: BridgeEvent[] = [];
  readonly rooms: Rooms;
  readonly bridge: OutsideBridge;
  /** What others said, with whether it named this person. */
  readonly heard: { readonly text: string; readonly mention: boolean }[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(name: string, board = new BulletinBoard()) {
    const events = new EventStream(() => ({
      app: {
        version: '0.0.0',
        locale: 'en',
        suggestedName: name,
        limits: { name: 32, roomName: 200, text: 4000, idleMinutes: [1, 1440] },
        warnings: [],
      },
      settings: { name, language: 'system', theme: 'system', notifications: 'all' },
      rooms: this.rooms.views(),
      nearby: this.rooms.nearby(),
    }));
    this.rooms = new Rooms({
      discovery: board.discovery(),
      trustedProxies: [],
      ownName: () => name,
      emit: events.emit,
      onSaid: (_room, { text }: Entry, mention) => this.heard.push({ text, mention }),
    });
    const calls = createCalls({
      rooms: this.rooms,
      changeSettings: async () => undefined,
      attend: () => undefined,
    });
    const bridge: Bridge = {
      async call(callName, args) {
        try {
          return { ok: true, value: await calls[callName](args) };
        } catch (error) {
          if (!(error instanceof LanyardError)) throw error;
          return { ok: false, code: error.code, sentence: error.message };
        }
      },
      subscribe: (listener) => events.subscribe(listener),
    };
    this.bridge = createOutsideBridge(bridge);
    this.bridge.subscribe((event) => {
      this.events.push(event);
      for (const look of this.#waiting) look();
    });
    onTestFinished(() => this.rooms.stop());
  }

  view(key: RoomKey): RoomView {
    const found = this.rooms.views().find((view) => view.key === key);
    if (!found) throw new Error('there is no such room');
    return found;
  }

  /** Resolves as soon as a room looks like that, which may be at once. */
  until(key: RoomKey, holds: (view: RoomView) => boolean): Promise<RoomView> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.rooms.views().find((view) => view.key === key);
        if (!found || !holds(found)) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Resolves once this was said in the room. */
  async untilSaid(key: RoomKey, text: string): Promise<RoomView> {
    return this.until(key, ({ entries }) => entries.some((entry) => entry.text === text));
  }
}
