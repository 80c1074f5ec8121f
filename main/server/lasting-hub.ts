/**
 * A hub that outlives its thread. An error there that nobody expected ends that thread alone: the hub
 * begins anew from what is kept, at the same port unless another program was faster, and everybody
 * comes back by themselves.
 */
import { LanyardError } from '../errors.ts';
import type { HubBeginning } from './hub-orders.ts';
import { startHubThread } from './hub-thread.ts';
import type { HubThread, HubThreadOptions } from './hub-thread.ts';
import { isAboutPort } from './listen.ts';
import type { RoomServer } from './room-server.ts';

/** So often within so many ms a hub begins anew; then it is no accident any more. */
const BEGINNINGS_MAX = 3;
const WITHIN_MS = 60_000;

export interface LastingHubOptions extends HubThreadOptions {
  /** It listens at another port now. */
  readonly onMoved: () => void;
  /** It failed and does not begin anew: a connection to it ends with hub-failed. */
  readonly onGone: (problem: LanyardError) => void;
}

/** Rejects with port-in-use, port-not-allowed, address-not-here, storage-*. */
export async function startLastingHub(
  beginning: HubBeginning,
  { onMoved, onGone, ...options }: LastingHubOptions,
): Promise<RoomServer> {
  let hub = await startHubThread(beginning, options);
  let isStopped = false;
  let beginnings: readonly number[] = [];
  let restarting: Promise<void> = Promise.resolve();

  const isTooOften = (): boolean => {
    const now = performance.now();
    beginnings = [...beginnings.filter((at) => now - at < WITHIN_MS), now];
    return beginnings.length > BEGINNINGS_MAX;
  };
  const restart = async (error: unknown): Promise<void> => {
    if (isStopped) return;
    if (isTooOften()) {
      onGone(gone(error));
      return;
    }
    const { port } = hub;
    try {
      hub = await startAgain(hub, beginning, options);
    } catch {
      // What ended it is what the host has to know.
      onGone(gone(error));
      return;
    }
    if (isStopped) return;
    void watch();
    options.onChange();
    if (hub.port !== port) onMoved();
    options.onProblem(hub.port === port ? restarted(error) : moved(error, hub.port));
  };
  const watch = async (): Promise<void> => {
    restarting = restart(await hub.failed);
    await restarting;
  };
  void watch();

  return {
    get port() {
      return hub.port;
    },
    get memberCount() {
      return hub.memberCount;
    },
    get room() {
      return hub.room;
    },
    connectHost: (listener) => hub.connectHost(listener),
    get invitations() {
      return hub.invitations;
    },
    async stop() {
      isStopped = true;
      await Promise.allSettled([restarting]);
      await hub.stop();
    },
  };
}

/** At the same port, or at the next free one where that is taken by now. */
async function startAgain(
  { port }: RoomServer,
  beginning: HubBeginning,
  options: HubThreadOptions,
): Promise<HubThread> {
  try {
    return await startHubThread({ ...beginning, port }, options);
  } catch (error) {
    if (!isAboutPort(error)) throw error;
    return startHubThread({ ...beginning, port: null }, options);
  }
}

function restarted(cause: unknown): LanyardError {
  return new LanyardError({ code: 'hub-restarted' }, cause);
}

function moved(cause: unknown, port: number): LanyardError {
  return new LanyardError({ code: 'hub-moved', details: { port } }, cause);
}

function gone(cause: unknown): LanyardError {
  return new LanyardError({ code: 'hub-gone' }, cause);
}
