/** A hub in a thread of its own: whoever hosts a busy room goes on typing smoothly. */
import { parentPort, workerData } from 'node:worker_threads';
import { LanyardError } from '../errors.ts';
import { identityFrom } from '../identity/device-identity.ts';
import { openHubStore } from '../storage/open-hub-store.ts';
import type { FromHub, HubBeginning, HubOrder, SentError, ToHub } from './hub-orders.ts';
import { startRoomServer } from './room-server.ts';
import type { LocalRoomServer } from './room-server.ts';

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
    const { room, memberCount } = server;
    tell({ type: 'changed', state: { room, memberCount } });
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
  const { port, room, memberCount } = server;
  tell({ type: 'listening', port, state: { room, memberCount } });

  app.on('message', (message: ToHub) => {
    if (message.type === 'connect-host') server.attachHost(message.port);
    else void answer(message.number, message.order, { server, tellNews, close });
  });
}

interface RunningHub {
  readonly server: LocalRoomServer;
  /** Tells what waits to be told of the room. */
  readonly tellNews: () => void;
  /** Closes its database. */
  readonly close: () => void;
}

async function answer(
  number: number,
  order: HubOrder,
  { server, tellNews, close }: RunningHub,
): Promise<void> {
  let problem: SentError | null = null;
  try {
    await obey(server, order);
  } catch (error) {
    problem = problemOf(error);
  }
  const invites = await server.invites();
  tellNews();
  tell({ type: 'answer', number, problem, invites });
  if (order.do !== 'stop') return;
  close();
  app.close();
}

async function obey(server: LocalRoomServer, order: HubOrder): Promise<void> {
  switch (order.do) {
    case 'set-invite':
      return server.setInvite(order.invite);
    case 'set-idle':
      return server.setIdleMinutes(order.minutes);
    case 'set-remembers':
      return server.setRemembers(order.days);
    case 'set-passphrase':
      return server.setPassphrase(order.record);
    case 'clear-history':
      return server.clearHistory();
    case 'tell-invites':
      return undefined;
    case 'stop':
      return server.stop();
  }
}

try {
  await start();
} catch (error) {
  tell({ type: 'failed', problem: problemOf(error) });
}
