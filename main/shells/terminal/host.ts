/** `lanyard host`: a room without a window. */
import type { Bridge, BridgeEvent, Calls, RoomKey, RoomView } from '../../../preload/contract.ts';
import { startApp } from '../../app.ts';
import { fingerprintWords } from '../../identity/fingerprint.ts';
import { nameFor } from '../../own-name.ts';
import { call } from './call.ts';
import type { HostCommand } from './commands.ts';
import { untilInterrupted } from './interrupt.ts';
import { passphraseIn } from './passphrase-file.ts';
import { noticeLine } from './plain-text.ts';
import { warnOfProblems } from './warn-of-problems.ts';

const PLAIN_WARNING =
  '! Nothing in this room is encrypted: whoever is between it and the others can read and change ' +
  'everything. This is for a proxy that adds TLS, or for measuring. (transport-plain)';

/** What there is to pass on once the room is open. */
interface Ready {
  readonly view: RoomView;
  /** The link of a fresh invitation, if one was wished for. */
  readonly invite: string | null;
}

/** Hosts until interrupted, then says goodbye. Resolves to the exit code. */
export async function hostRoom(command: HostCommand): Promise<number> {
  const wish = await wishOf(command);
  const app = await startApp({
    dataDir: command.dataDir,
    locale: 'en',
    name: nameFor(command.name),
    trustedProxies: command.trustedProxies,
    transport: command.transport,
    listenAt: command.listenAt,
  });
  const interrupted = untilInterrupted();
  warnOfProblems(app.bridge, warn);
  if (command.transport === 'plain') warn(PLAIN_WARNING);
  try {
    const { key } = await call(app.bridge, 'host', wish);
    const invite = command.invite ? await freshInvite(app.bridge, key) : null;
    app.bridge.subscribe((event) => {
      if (event.type === 'snapshot') {
        const view = event.snapshot.rooms.find((each) => each.key === key);
        if (view) print(command.json ? readyJson({ view, invite }) : readyText({ view, invite }));
      } else if (!command.json) {
        printNotice(event);
      }
    });
    await interrupted;
  } finally {
    await app.stop();
  }
  return 0;
}

async function wishOf(command: HostCommand): Promise<Calls['host']['args']> {
  const { room, port, access, passphraseFile } = command;
  return {
    room,
    ...(port === null ? {} : { port }),
    ...(access === null ? {} : { access }),
    ...(passphraseFile === null ? {} : { passphrase: await passphraseIn(passphraseFile) }),
  };
}

async function freshInvite(bridge: Bridge, key: RoomKey): Promise<string> {
  const wish = { key, lifetime: 'day', maxUses: null } as const;
  const { link } = await call(bridge, 'createInvite', wish);
  return link;
}

/** Who comes and goes; never what is said. */
function printNotice(event: BridgeEvent): void {
  if (event.type === 'room-notice') print(noticeLine(event.notice.what));
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

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
