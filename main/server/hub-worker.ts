/** A hub in a thread of its own, so that a busy room does not slow down its host's window. */
import { parentPort, workerData } from 'node:worker_threads';
import { LanyardError } from '../errors.ts';
import { identityFrom } from '../identity/device-identity.ts';
import { openHubStore } from '../storage/open-hub-store.ts';
import type { FromHub, HubBeginning, HubState, SentError, ToHub } from './hub-orders.ts';
import { startRoomServer } from './room-server.ts';
import type { RoomServer } from './room-server.ts';

if (!parentPort) throw new Error('this runs in a thread that the app starts');
const app = parentPort;
const beginning: HubBeginning = workerData;

/** How long news of the room waits for more, in ms: waking the app for each of a school costs both. */
const NEWS_WAIT_MS = 50;

function tell(message: FromHub): void {
  app.postMessage(message);
}

function problemOf(error: unknown): SentError {
  if (!(error instanceof LanyardError)) throw error;
  return { problem: error.problem, cause: error.cause };
}

async function start(): Promise<void> {
  const { dataDir, certificate, privateKey, ...options } = beginning;
  const identity = identityFrom(certificate, privateKey);
  if (!identity) throw new Error('the app gave its hub a key that is none');
  const { store, close } = openHubStore(dataDir, options.room.id);
  let news: NodeJS.Timeout | null = null;
  const tellNews = () => {
    if (!news) return;
    clearTimeout(news);
    news = null;
    tell({ type: 'changed', state: stateNow() });
  };
  const stateNow = (): HubState => {
    const { room, memberCount, invitations } = server;
    return { room, memberCount, invitations };
  };
  const changed = () => {
    news ??= setTimeout(tellNews, NEWS_WAIT_MS);
  };
  const server = await startRoomServer({
    ...options,
    identity,
    store,
    onMemberCount: changed,
    onRoom: changed,
    onProblem: (problem) => tell({ type: 'problem', problem: problemOf(problem) }),
  });
  tell({ type: 'listening', port: server.port, state: stateNow() });

  app.on('message', (message: ToHub) => {
    if (message.type === 'connect-host') server.attachHost(message.port);
    else void stop(server, close);
  });
}

async function stop(server: RoomServer, close: () => void): Promise<void> {
  await server.stop();
  close();
  app.close();
}

try {
  await start();
} catch (error) {
  tell({ type: 'failed', problem: problemOf(error) });
}
