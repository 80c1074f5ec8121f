/** `lanyard host`: a room without a window. */
import type { Bridge, BridgeEvent, Calls, RoomView } from '../../../preload/contract.ts';
import type { RoomKey } from '../../model/room.ts';
import { startApp } from '../../app.ts';
import type { CrashWatch } from '../../crashes.ts';
import { LanyardError } from '../../errors.ts';
import { fingerprintWords } from '../../identity/fingerprint.ts';
import { nameFor } from '../../own-name.ts';
import { call } from './call.ts';
import { chatCommandIn, isGoodbye } from './chat-commands.ts';
import type { HostCommand } from './commands.ts';
import { untilInterrupted } from './interrupt.ts';
import { passphraseFrom } from './passphrase-file.ts';
import { entryLine, noticeLine } from './plain-text.ts';
import { openScreen } from './screen.ts';
import type { Screen } from './screen.ts';
import { warnOfProblems } from './warn-of-problems.ts';

const PLAIN_WARNING =
  '! Nothing in this room is encrypted: whoever is between it and the others can read and change ' +
  'everything. This is for a proxy that adds TLS, or for measuring. (transport-plain)';

/** What there is to pass on once the room is open. */
interface Ready {
  readonly view: RoomView;
  /** The link of a fresh invitation, if it was asked for. */
  readonly invite: string | null;
}

/**
 * Hosts until interrupted or `/quit`, then says goodbye. Commands that are typed are done as the
 * host; the end of the input ends nothing. Resolves to the exit code; rejects when the room has
 * failed for good.
 */
export async function hostRoom(command: HostCommand, crashes: CrashWatch): Promise<number> {
  const { dataDir, name, trustedProxies, transport, listenAt } = command;
  const interrupted = untilInterrupted();
  const owner = { dataDir, locale: 'en', name: nameFor(name), shell: 'host' } as const;
  const app = await startApp({ ...owner, trustedProxies, transport, listenAt });
  crashes.survive(app);
  const screen = openScreen();
  warnOfProblems(app.bridge, (line) => screen.warn(line));
  if (transport === 'plain') screen.warn(PLAIN_WARNING);
  const ended = Promise.withResolvers<never>();
  const host = async (): Promise<void> => {
    const { key } = await call(app.bridge, 'host', await wishOf(command, screen));
    const invite = command.invite ? await freshInvite(app.bridge, key) : null;
    app.bridge.subscribe((event) => {
      const ending = endingOf(event, key);
      if (ending) ended.reject(ending);
      if (event.type === 'snapshot') {
        const view = event.snapshot.rooms.find((each) => each.key === key);
        const ready = command.json ? readyJson : readyText;
        if (view) screen.print(ready({ view, invite }));
      } else if (!command.json) {
        printQuietly(event, screen);
      }
    });
    if (!(await obeyLines(app.bridge, key, screen))) await interrupted;
  };
  try {
    await Promise.race([host(), ended.promise, interrupted]);
  } finally {
    screen.close();
    await app.stop();
  }
  return 0;
}

/** Why the room is no longer open, null while it is. */
function endingOf(event: BridgeEvent, key: RoomKey): LanyardError | null {
  if (event.type !== 'room-status' || event.key !== key || event.status.state !== 'ended')
    return null;
  return new LanyardError({ code: event.status.reason });
}

async function wishOf(command: HostCommand, screen: Screen): Promise<Calls['host']['args']> {
  const { room, port, access, passphraseFile } = command;
  const passphrase = passphraseFile === null ? null : await passphraseFrom(passphraseFile, screen);
  return {
    room,
    ...(port === null ? {} : { port }),
    ...(access === null ? {} : { access }),
    ...(passphrase === null ? {} : { passphrase }),
  };
}

/** Does what is typed, to the end of the input, or to a goodbye: true then. */
async function obeyLines(bridge: Bridge, key: RoomKey, screen: Screen): Promise<boolean> {
  const print = (line: string) => screen.print(line);
  for (;;) {
    try {
      const line = await screen.nextLine();
      if (line === null) return false;
      if (line.trim() === '') continue;
      if (isGoodbye(line, screen.typed)) return true;
      const command = chatCommandIn(line);
      if (command) await command({ bridge, key, print });
      else
        screen.warn(
          '! Nothing is said from here. Type a command such as /who, or chat in the room.',
        );
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      screen.warn(`! ${error.message}`);
    }
  }
}

async function freshInvite(bridge: Bridge, key: RoomKey): Promise<string> {
  const wish = { key, lifetime: 'day', maxUses: null } as const;
  const { link } = await call(bridge, 'createInvite', wish);
  return link;
}

/** Who comes and goes, and what is done to the room; never what is said. */
function printQuietly(event: BridgeEvent, screen: Screen): void {
  if (event.type === 'room-notice') screen.print(noticeLine(event.notice.what));
  if (event.type !== 'room-entries') return;
  for (const entry of event.entries) if (entry.kind === 'act') screen.print(entryLine(entry));
}

function readyJson({ view, invite }: Ready): string {
  const { id, name: room, access } = view.info;
  const fingerprint = fingerprintOf(view);
  const invitation = invite === null ? {} : { invite };
  const { hosting } = view;
  return JSON.stringify({ ready: true, id, room, access, fingerprint, ...hosting, ...invitation });
}

function readyText({ view, invite }: Ready): string {
  const { info, hosting } = view;
  return [
    `Hosting “${info.name}” on port ${hosting?.port}, ${WHO_GETS_IN[info.access]}.`,
    `  Link        ${hosting?.link}`,
    ...(invite === null ? [] : [`  Invitation  ${invite} (lasts a day)`]),
    ...(hosting?.addresses ?? []).map((address) => `  Address     ${address}`),
    `  Fingerprint ${fingerprintOf(view)}`,
    'Press Ctrl+C to close the room.',
  ].join('\n');
}

/** What members compare to know that it is this room's host they talk to. */
function fingerprintOf({ hostKey }: RoomView): string {
  return fingerprintWords(hostKey ?? '').join(' ');
}

const WHO_GETS_IN = {
  open: 'open to everybody',
  passphrase: 'with a passphrase',
  invite: 'for the invited only',
} as const;
