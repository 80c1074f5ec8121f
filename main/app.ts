/** Lanyard without a user interface: settings, discovery and rooms behind the contract. */
import type { Bridge, Snapshot, WindowCommand } from '../preload/contract.ts';
import { createBridge } from './bridge/bridge.ts';
import { createCalls } from './bridge/calls.ts';
import { EventStream } from './bridge/event-stream.ts';
import { createMdnsDiscovery } from './discovery/mdns-discovery.ts';
import { LanyardError } from './errors.ts';
import {
  IDLE_MINUTES_MAX,
  IDLE_MINUTES_MIN,
  NAME_MAX,
  REMEMBERS_DAYS_MAX,
  ROOM_NAME_MAX,
  TEXT_MAX,
} from './protocol/limits.ts';
import { accountName } from './own-name.ts';
import { notificationText } from './rooms/notification.ts';
import { watchOwnAddresses } from './rooms/own-addresses.ts';
import { Rooms } from './rooms/rooms.ts';
import { watchWake } from './rooms/watch-wake.ts';
import { SettingsFile } from './storage/settings-file.ts';
import { openStorage } from './storage/open-storage.ts';
import { version } from '../package.json' with { type: 'json' };

export interface AppOptions {
  readonly dataDir: string;
  /** The system's locale, BCP 47. */
  readonly locale: string;
  /** A name for this start only, instead of the one in the settings. */
  readonly name?: string;
  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed (O8). */
  readonly trustedProxies?: readonly string[];
  /** True to do without keeping anything where another Lanyard has the data folder. */
  readonly sharing?: boolean;
}

export interface App {
  /** The contract, called directly. What comes from outside goes through `bridge/outside.ts`. */
  readonly bridge: Bridge;
  /** Opens and joins again what was open when the app last ended. */
  restore(): Promise<void>;
  /** Passes on what the person chose outside the window: a menu, a link, a notification. */
  command(command: WindowCommand): void;
  /** The device woke up: connections are made anew rather than waited for. */
  wake(): void;
  /** Says goodbye in every room and on the network; resolves when nothing is left open. */
  stop(): Promise<void>;
}

/**
 * Starts everything; what goes wrong with what is kept is a warning in the snapshot. Throws data-dir-in-use, database-newer.
 */
export function startApp(options: AppOptions): App {
  const storage = openStorage(options.dataDir, options.sharing ?? false);
  const settingsFile = new SettingsFile(options.dataDir);
  const discovery = createMdnsDiscovery();
  const problems = [...storage.problems, ...settingsFile.problems];
  const warnings = problems.map(({ code, message }) => ({ code, sentence: message }));
  let visible = false;

  const snapshot = (): Snapshot => ({
    app: {
      version,
      locale: options.locale,
      suggestedName: accountName(),
      limits: {
        name: NAME_MAX,
        roomName: ROOM_NAME_MAX,
        text: TEXT_MAX,
        idleMinutes: [IDLE_MINUTES_MIN, IDLE_MINUTES_MAX],
        remembersDays: REMEMBERS_DAYS_MAX,
      },
      warnings,
    },
    settings: settingsFile.settings,
    rooms: rooms.views(),
    nearby: rooms.nearby(),
  });
  const events = new EventStream(snapshot);
  const rooms = new Rooms({
    discovery,
    storage,
    onProblem({ code, message }) {
      events.emit({ type: 'problem', code, sentence: message });
    },
    trustedProxies: options.trustedProxies ?? [],
    ownName() {
      const name = options.name ?? settingsFile.settings.name;
      if (name !== null) return name;
      throw new LanyardError('no-name', 'Tell your name first.');
    },
    emit: events.emit,
    onSaid(room, entry, mention) {
      const level = settingsFile.settings.notifications;
      if (visible || level === 'off' || (level === 'mentions' && !mention)) return;
      events.emit({ type: 'notification', key: room.key, ...notificationText(room.name, entry) });
    },
  });
  const addresses = watchOwnAddresses(() => rooms.networkChanged());
  const sleep = watchWake(() => rooms.wake());
  const calls = createCalls({
    rooms,
    async changeSettings(change) {
      const kept = settingsFile.change(change);
      events.emit({ type: 'settings', settings: settingsFile.settings });
      await kept;
    },
    attend(isVisible) {
      visible = isVisible;
    },
  });

  return {
    bridge: createBridge(calls, events),
    restore: () => rooms.restore(),
    wake: () => rooms.wake(),
    command: (command) => events.emit({ type: 'command', command }),
    async stop() {
      addresses.stop();
      sleep.stop();
      await rooms.stop();
      await discovery.stop();
      storage.close();
    },
  };
}
