/** One person's Lanyard without a user interface: the contract over real rooms and sockets. */
import { onTestFinished } from 'vitest';
import type { RoomView } from '../../preload/contract.ts';
import type { RoomKey } from '../../main/model/room.ts';
import { createBridge } from '../../main/bridge/bridge.ts';
import { createCalls } from '../../main/bridge/calls.ts';
import { EventStream } from '../../main/bridge/event-stream.ts';
import { createOutsideBridge } from '../../main/bridge/outside.ts';
import type { OutsideBridge } from '../../main/bridge/outside.ts';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { Rooms } from '../../main/rooms/rooms.ts';
import type { RoomsOptions } from '../../main/rooms/rooms.ts';
import { createMemoryStorage } from '../../main/storage/memory-storage.ts';
import { BulletinBoard } from './bulletin-board.ts';
import { freshIdentity } from './identities.ts';
import { Watch } from './watch.ts';

export class Device {
  readonly identity: DeviceIdentity;
  readonly rooms: Rooms;
  readonly bridge: OutsideBridge;
  /** What others said, with whether it named this person. */
  readonly heard: { readonly text: string; readonly mention: boolean }[] = [];
  readonly #watch = new Watch();

  /** `options` are what this device has other than usual. */
  constructor(name: string, board = new BulletinBoard(), options: Partial<RoomsOptions> = {}) {
    this.identity = options.identity ?? freshIdentity();
    const events = new EventStream(() => ({
      app: {
        version: '0.0.0',
        locale: 'en',
        suggestedName: name,
        you: this.identity.id,
        limits: {
          name: 32,
          roomName: 200,
          text: 4000,
          idleMinutes: [1, 1440],
          remembersDays: 3650,
          slowSeconds: 3600,
          passphrase: 128,
        },
        warnings: [],
      },
      settings: { name, language: 'system', theme: 'system', notifications: 'all' },
      rooms: this.rooms.views(),
      nearby: this.rooms.nearby(),
    }));
    this.rooms = new Rooms({
      discovery: board.discovery(),
      storage: createMemoryStorage(),
      identity: this.identity,
      transport: 'tls',
      listenAt: null,
      onProblem: (problem) => {
        throw problem;
      },
      trustedProxies: [],
      ownName: () => name,
      emit: events.emit,
      onSaid: (_room, { text }, mention) => this.heard.push({ text, mention }),
      ...options,
    });
    const calls = createCalls({
      rooms: this.rooms,
      changeSettings: async () => undefined,
      attend: () => undefined,
    });
    this.bridge = createOutsideBridge(
      createBridge(calls, events, (error) => {
        throw error;
      }),
    );
    this.bridge.subscribe(() => this.#watch.happened());
    onTestFinished(() => this.rooms.stop());
  }

  view(key: RoomKey): RoomView {
    const found = this.rooms.views().find((view) => view.key === key);
    if (!found) throw new Error('there is no such room');
    return found;
  }

  /** Resolves as soon as a room looks like that, which may be at once. */
  until(key: RoomKey, holds: (view: RoomView) => boolean): Promise<RoomView> {
    return this.#watch.until(() =>
      this.rooms.views().find((view) => view.key === key && holds(view)),
    );
  }

  /** Resolves once this was said in the room. */
  async untilSaid(key: RoomKey, text: string): Promise<RoomView> {
    return this.until(key, ({ entries }) =>
      entries.some((entry) => entry.kind === 'said' && entry.text === text),
    );
  }
}
