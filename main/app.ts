/** Lanyard without a user interface: settings, discovery and rooms behind the contract. */
import type { Bridge, Snapshot, WindowCommand } from '../preload/contract.ts';
import { createBridge } from './bridge/bridge.ts';
import { createCalls } from './bridge/calls.ts';
import { EventStream } from './bridge/event-stream.ts';
import { createMdnsDiscovery } from './discovery/mdns-discovery.ts';
import { LanyardError, unexpectedError } from './errors.ts';
import { createIdentity } from './identity/device-identity.ts';
import type { DeviceIdentity } from './identity/device-identity.ts';
import { openIdentity } from './identity/identity-file.ts';
import type { OpenedIdentity } from './identity/identity-file.ts';
import type { KeyWrap } from './identity/key-wrap.ts';
import { openLog } from './log/log.ts';
import type { Log } from './log/log.ts';
import { logEvents } from './bridge/log-events.ts';
import { PASSPHRASE_MAX } from './passphrase/normalize-passphrase.ts';
import {
  IDLE_MINUTES_MAX,
  IDLE_MINUTES_MIN,
  NAME_MAX,
  REMEMBERS_DAYS_MAX,
  ROOM_NAME_MAX,
  SLOW_SECONDS_MAX,
  TEXT_MAX,
} from './protocol/limits.ts';
import { accountName } from './own-name.ts';
import { bringOver } from './rooms/bring-over.ts';
import { notificationText } from './rooms/notification.ts';
import { watchOwnAddresses } from './rooms/own-addresses.ts';
import { Rooms } from './rooms/rooms.ts';
import { watchWake } from './rooms/watch-wake.ts';
import type { Transport } from './server/room-server.ts';
import { tellHolder } from './storage/folder-holder.ts';
import type { Shell } from './storage/folder-holder.ts';
import { SettingsFile } from './storage/settings-file.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
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
  /** The system's place for secrets, where there is one. */
  readonly keyWrap?: KeyWrap | null;
  /** Whether rooms hosted here are reached with TLS; without, the loopback alone is listened at (I5). */
  readonly transport?: Transport;
  /** What a second start on the same folder is told; nothing when absent. */
  readonly shell?: Shell;
  /** Where rooms hosted here listen instead of the usual addresses. */
  readonly listenAt?: string | null;
}

export interface App {
  /** The contract, called directly. What comes from outside goes through `bridge/outside.ts`. */
  readonly bridge: Bridge;
  /** Codes and counts; never a text, a name or a key. */
  readonly log: Log;
  /** Opens and joins again what was open when the app last ended. */
  restore(): Promise<void>;
  /** Passes on what the person chose outside the window: a menu, a link, a notification. */
  command(command: WindowCommand): void;
  /** An error that nobody caught: it is logged, and the windows are told. */
  crashed(error: unknown): void;
  /** There is a page now, for a second start on the same folder to show. */
  servesAt(page: string): void;
  /** The device woke up: connections are made anew rather than waited for. */
  wake(): void;
  /** Says goodbye in every room and on the network; resolves when nothing is left open. */
  stop(): Promise<void>;
}

/**
 * Starts everything; what goes wrong with what is kept is a warning in the snapshot. Rejects with
 * data-dir-in-use, data-dir-invalid, storage-full, database-newer, identity-locked.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const log = openLog(options.dataDir);
  try {
    return await start(options, log);
  } catch (error) {
    if (!(error instanceof LanyardError)) log.crash(error);
    throw error;
  }
}

async function start(options: AppOptions, log: Log): Promise<App> {
  const { dataDir, sharing = false, keyWrap = null, shell = null } = options;
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  log.event('app-started', { major, minor, patch });
  const storage = openStorage(dataDir, sharing, shell);
  const settingsFile = new SettingsFile(dataDir);
  const opened = await identityFor(dataDir, keyWrap, sharing, storage);
  const { identity } = opened;
  const notBrought = await tryToBringOver(storage, identity);
  const discovery = createMdnsDiscovery();
  const problems = [
    ...storage.problems,
    ...settingsFile.problems,
    ...opened.problems,
    ...notBrought,
  ];
  const warnings = problems.map(({ problem }) => problem);
  let visible = false;

  const snapshot = (): Snapshot => ({
    app: {
      version,
      locale: options.locale,
      suggestedName: accountName(),
      you: identity.id,
      limits: {
        name: NAME_MAX,
        roomName: ROOM_NAME_MAX,
        text: TEXT_MAX,
        idleMinutes: [IDLE_MINUTES_MIN, IDLE_MINUTES_MAX],
        remembersDays: REMEMBERS_DAYS_MAX,
        slowSeconds: SLOW_SECONDS_MAX,
        passphrase: PASSPHRASE_MAX,
      },
      warnings,
    },
    settings: settingsFile.settings,
    rooms: rooms.views(),
    nearby: rooms.nearby(),
  });
  const events = new EventStream(snapshot);
  const onProblem = ({ problem, cause }: LanyardError): void => {
    if (cause !== undefined) log.crash(cause);
    events.emit({ type: 'problem', ...problem });
  };
  const rooms = new Rooms({
    discovery,
    storage,
    identity,
    transport: options.transport ?? 'tls',
    listenAt: options.listenAt ?? null,
    onProblem,
    trustedProxies: options.trustedProxies ?? [],
    ownName() {
      const name = options.name ?? settingsFile.settings.name;
      if (name !== null) return name;
      throw new LanyardError({ code: 'no-name' });
    },
    emit: events.emit,
    onSaid(room, entry, mention) {
      const level = settingsFile.settings.notifications;
      if (visible || level === 'off' || (level === 'mentions' && !mention)) return;
      events.emit({ type: 'notification', key: room.key, ...notificationText(room.name, entry) });
    },
  });
  events.subscribe(logEvents(log));
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
    bridge: createBridge(calls, events, (error) => log.crash(error)),
    log,
    crashed: (error) => onProblem(unexpectedError(error)),
    restore: () => rooms.restore(),
    servesAt(page) {
      // Who keeps nothing there does not have the folder.
      if (shell !== null && storage.dataDir !== null) tellHolder(dataDir, { shell, page });
    },
    wake: () => rooms.wake(),
    command: (command) => events.emit({ type: 'command', command }),
    async stop() {
      addresses.stop();
      sleep.stop();
      await rooms.stop();
      await discovery.stop();
      storage.close();
      log.event('app-ended');
    },
  };
}

/** Why rooms of Lanyard 0.1.0 are not here yet; the next start tries again. */
async function tryToBringOver(
  storage: Storage,
  identity: DeviceIdentity,
): Promise<readonly LanyardError[]> {
  try {
    await bringOver(storage, identity);
    return [];
  } catch (error) {
    if (error instanceof LanyardError) return [error];
    throw error;
  }
}

/**
 * Who this device is. Beside another Lanyard with the same folder it is a person of its own: with the
 * other's key it would take the other's place in every room (H6).
 */
async function identityFor(
  dataDir: string,
  keyWrap: KeyWrap | null,
  sharing: boolean,
  storage: Storage,
): Promise<OpenedIdentity> {
  if (storage.problems.some(({ code }) => code === 'data-dir-in-use')) {
    return { identity: await createIdentity(), problems: [] };
  }
  try {
    return await openIdentity(dataDir, keyWrap);
  } catch (error) {
    const canDoWithout = sharing && error instanceof LanyardError;
    if (canDoWithout && error.code === 'identity-locked') {
      return { identity: await createIdentity(), problems: [error] };
    }
    storage.close();
    throw error;
  }
}
