/** `lanyard host`: a room without a window. */
import type { BridgeEvent, RoomView } from '../../../preload/contract.ts';
import { startApp } from '../../app.ts';
import { call } from './call.ts';
import type { HostCommand } from './command-line.ts';
import { untilInterrupted } from './interrupt.ts';
import { nameFor } from '../../own-name.ts';
import { noticeLine } from './plain-text.ts';
import { warnOfProblems } from './warn-of-problems.ts';

/** Hosts until interrupted, then says goodbye. Resolves to the exit code. */
export async function hostRoom(command: HostCommand): Promise<number> {
  const app = await startApp({
    dataDir: command.dataDir,
    locale: 'en',
    name: nameFor(command.name),
    trustedProxies: command.trustedProxies,
  });
  const interrupted = untilInterrupted();
  warnOfProblems(app.bridge, (line) => process.stderr.write(`${line}\n`));
  try {
    const { port, room } = command;
    const { key } = await call(app.bridge, 'host', port === null ? { room } : { room, port });
    app.bridge.subscribe((event) => {
      if (event.type === 'snapshot') {
        const view = event.snapshot.rooms.find((each) => each.key === key);
        if (view) print(command.json ? readyJson(view) : readyText(view));
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

/** Who comes and goes; never what is said. */
function printNotice(event: BridgeEvent): void {
  if (event.type === 'room-notice') print(noticeLine(event.notice.what));
}

function readyJson({ info, hosting }: RoomView): string {
  return JSON.stringify({ ready: true, id: info.id, room: info.name, ...hosting });
}

function readyText({ info, hosting }: RoomView): string {
  return [
    `Hosting “${info.name}” on port ${hosting?.port}.`,
    `  Link     ${hosting?.link}`,
    ...(hosting?.addresses ?? []).map((address) => `  Address  ${address}`),
    'Press Ctrl+C to close the room.',
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
