/** The app's side of a hub that runs in a thread of its own. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { LanyardError } from '../errors.ts';
import type { KeptInvite } from '../hub/rules.ts';
import type { FromHub, HubBeginning, HubOrder, HubState, Problem, ToHub } from './hub-orders.ts';
import { hostConnection } from './host-port.ts';
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

/** Rejects with port-in-use, port-not-allowed, address-not-here, storage-*. */
export async function startHubThread(
  beginning: HubBeginning,
  { onChange, onProblem }: HubThreadOptions,
): Promise<RoomServer> {
  const worker = new Worker(PROGRAM, {
    workerData: beginning,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const orders = new Orders(worker);
  const listening = Promise.withResolvers<{ readonly port: number }>();
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
      case 'answer':
        orders.answered(message.number, message.problem, message.invites);
        break;
    }
  });
  // What nobody expected there ends the app, as it would here.
  worker.on('error', (error) => {
    throw error;
  });
  const { port } = await listening.promise;
  const now = (): HubState => {
    if (!state) throw new Error('a hub that listens has told its state');
    return state;
  };
  return {
    port,
    get memberCount() {
      return now().memberCount;
    },
    get room() {
      return now().room;
    },
    connectHost(listener) {
      const { port1, port2 } = new MessageChannel();
      const message: ToHub = { type: 'connect-host', port: port2 };
      worker.postMessage(message, [port2]);
      return hostConnection(port1, listener);
    },
    invites: () => orders.give({ do: 'tell-invites' }),
    setInvite: async (invite) => void (await orders.give({ do: 'set-invite', invite })),
    setIdleMinutes: async (minutes) => void (await orders.give({ do: 'set-idle', minutes })),
    setRemembers: async (days) => void (await orders.give({ do: 'set-remembers', days })),
    setPassphrase: async (record) => void (await orders.give({ do: 'set-passphrase', record })),
    clearHistory: async () => void (await orders.give({ do: 'clear-history' })),
    async stop() {
      const ended = new Promise((resolve) => {
        worker.once('exit', resolve);
      });
      await orders.give({ do: 'stop' });
      await ended;
    },
  };
}

/** Orders under way, each waiting for its one answer. */
class Orders {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly KeptInvite[]>>();
  #last = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Resolves to the invitations as they are then; rejects with a LanyardError. */
  give(order: HubOrder): Promise<readonly KeptInvite[]> {
    this.#last += 1;
    const waiting = Promise.withResolvers<readonly KeptInvite[]>();
    this.#waiting.set(this.#last, waiting);
    const message: ToHub = { type: 'order', number: this.#last, order };
    this.#worker.postMessage(message);
    return waiting.promise;
  }

  answered(number: number, problem: Problem | null, invites: readonly KeptInvite[]): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (problem) waiting?.reject(errorOf(problem));
    else waiting?.resolve(invites);
  }
}

function errorOf({ code, sentence }: Problem): LanyardError {
  return new LanyardError(code, sentence);
}
