/** An app without rooms or network: its events are what a test makes them. */
import type { App } from '../../../main/app.ts';
import { EventStream } from '../../../main/bridge/event-stream.ts';
import type { BridgeEvent, RoomView, Snapshot } from '../../../preload/contract.ts';
import type { Settings } from '../../../main/model/settings.ts';

export const SETTINGS: Settings = {
  name: 'Ann',
  language: 'system',
  theme: 'system',
  notifications: 'all',
};

export function roomView(key: string, unread: number): RoomView {
  return {
    key,
    info: {
      id: key,
      founder: 'a-founder',
      nonce: 'a-nonce',
      name: key,
      access: 'open',
      locked: false,
      slowSeconds: 0,
      idleMinutes: null,
      remembersDays: null,
    },
    own: false,
    hosting: null,
    hostKey: null,
    otherHostKey: null,
    status: { state: 'here' },
    you: null,
    roster: [],
    typing: [],
    entries: [],
    hasOlder: false,
    notices: [],
    pending: [],
    unread: { count: unread, mentions: 0 },
  };
}

export interface StubApp extends App {
  readonly emit: (event: BridgeEvent) => void;
  readonly calls: { readonly name: string; readonly args: unknown }[];
  stopped: boolean;
  /** What nobody caught. */
  readonly crashes: unknown[];
  /** How often it was told that the device woke up. */
  wakes: number;
  /** Held open to make stopping take as long as a test wants. */
  stopping: Promise<void>;
}

export function createStubApp(rooms: readonly RoomView[] = []): StubApp {
  const snapshot: Snapshot = {
    app: {
      version: '0.0.0',
      locale: 'en-GB',
      suggestedName: 'ann',
      you: 'ann',
      limits: {
        name: 32,
        roomName: 64,
        text: 4000,
        slowSeconds: 60,
        passphrase: 128,
        idleMinutes: [1, 60],
        remembersDays: 30,
      },
      warnings: [],
    },
    settings: SETTINGS,
    rooms,
    nearby: [],
  };
  const stream = new EventStream(() => snapshot);
  const stub: StubApp = {
    emit: stream.emit,
    calls: [],
    stopped: false,
    stopping: Promise.resolve(),
    bridge: {
      call: async (name, args) => {
        stub.calls.push({ name, args });
        return { ok: false, code: 'room-gone' };
      },
      subscribe: (listener) => stream.subscribe(listener),
    },
    log: { event: () => undefined, crash: () => undefined },
    crashes: [],
    crashed: (error) => void stub.crashes.push(error),
    restore: () => Promise.resolve(),
    servesAt: () => undefined,
    wakes: 0,
    wake: () => {
      stub.wakes += 1;
    },
    command: (command) => stream.emit({ type: 'command', command }),
    async stop() {
      await stub.stopping;
      stub.stopped = true;
    },
  };
  return stub;
}
