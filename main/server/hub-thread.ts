/** The app's side of a hub that runs in a thread of its own. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { LanyardError } from '../errors.ts';
import type { FromHub, HubBeginning, HubState, SentError, ToHub } from './hub-orders.ts';
import { hostConnection } from './host-port.ts';
import { failedConnection } from '../transport/failed-connection.ts';
import type { RoomServer } from './room-server.ts';

export interface HubThreadOptions {
  /** Something about the room, or how many are in it, is another now. */
  readonly onChange: () => void;
  /** Something went wrong that the host should know of. */
  readonly onProblem: (problem: LanyardError) => void;
}

/** The program of the thread: beside this one, as source and as built. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? './hub-worker.ts' : './hub-worker.js',
  import.meta.url,
);

/**
 * What lives shortly in the thread, in MB. V8 would take 48, of which little is needed again after
 * many have come in; with less than this, delivering costs more.
 */
const YOUNG_GENERATION_MB = 24;

/** A hub that lives as long as its thread. */
export interface HubThread extends RoomServer {
  /**
   * Resolves, with the error, when the thread has ended by one that nobody expected. Everybody in the
   * room has lost their connection then, and whatever is asked of the hub is refused with hub-failed.
   */
  readonly failed: Promise<unknown>;
}

/** Rejects with port-in-use, port-not-allowed, address-not-here, storage-*. */
export async function startHubThread(
  beginning: HubBeginning,
  { onChange, onProblem }: HubThreadOptions,
): Promise<HubThread> {
  const worker = new Worker(PROGRAM, {
    workerData: beginning,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const listening = Promise.withResolvers<{ readonly port: number }>();
  const ended = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<unknown>();
  let failure: unknown = new Error('the thread of a hub ended by itself');
  let isAskedToStop = false;
  let isOver = false;
  let state: HubState | null = null;
  worker.on('message', (message: FromHub) => {
    switch (message.type) {
      case 'listening':
        ({ state } = message);
        listening.resolve(message);
        break;
      case 'failed':
        listening.reject(errorOf(message.problem));
        break;
      case 'changed':
        ({ state } = message);
        onChange();
        break;
      case 'problem':
        onProblem(errorOf(message.problem));
        break;
    }
  });
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', () => {
    isOver = true;
    ended.resolve();
    listening.reject(failure);
    if (!isAskedToStop) failed.resolve(failure);
  });
  const { port } = await listening.promise;
  const now = (): HubState => {
    if (!state) throw new Error('a hub that listens has told its state');
    return state;
  };
  return {
    port,
    failed: failed.promise,
    get memberCount() {
      return now().memberCount;
    },
    get room() {
      return now().room;
    },
    connectHost(listener) {
      if (isOver) return failedConnection(listener, 'connection-lost');
      const { port1, port2 } = new MessageChannel();
      const message: ToHub = { type: 'connect-host', port: port2 };
      worker.postMessage(message, [port2]);
      return hostConnection(port1, listener);
    },
    get invitations() {
      return now().invitations;
    },
    async stop() {
      isAskedToStop = true;
      const stop: ToHub = { type: 'stop' };
      // Where it has failed nothing is left to be said.
      if (!isOver) worker.postMessage(stop);
      await ended.promise;
    },
  };
}

function errorOf({ problem, cause }: SentError): LanyardError {
  return new LanyardError(problem, cause);
}
