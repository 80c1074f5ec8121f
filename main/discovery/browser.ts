import { isDeepStrictEqual } from 'node:util';
import { addressOrder } from './addresses.ts';
import type { Discovery, FoundRoom } from './discovery.ts';
import { createFoundRooms, QUIET_MS, type FoundRooms, type Trial } from './found-rooms.ts';
import type { Links } from './links.ts';
import { parseResponse } from './parse-response.ts';
import { tryConnect } from './try-connect.ts';

/** A lossy network may drop a question: on a new network it is sent this often (D8). */
const REPEATS = 3;

/** The least time between two questions, in ms. */
const SPACING_MS = 950;

/** A question is sent this often even while every known room is heard, in ms (D8). */
const ASK_ANYWAY_MS = 60_000;

/** How long a silent room has for accepting a connection, in ms. */
const TRY_MS = 1_500;

/** Changes this close together are told as one, in ms. */
const GATHER_MS = 50;

export interface BrowserOptions {
  readonly links: Links;
  readonly debug: (line: string) => void;
}

/** Finds rooms on all links, as long as somebody listens. */
export interface Browser {
  browse: Discovery['browse'];
  /** Takes in an mDNS response. */
  hear(packet: unknown, sender: string): void;
  /** Asks and checks what is due; called about every second. */
  tick(): void;
  /** The next tick asks on the new links; other addresses may be the likeliest now. */
  linksChanged(): void;
  stop(): void;
}

export function createBrowser({ links, debug }: BrowserOptions): Browser {
  const listeners = new Set<(rooms: readonly FoundRoom[]) => void>();
  let found = createFoundRooms();
  let told: readonly FoundRoom[] = [];
  let gathering: NodeJS.Timeout | null = null;
  let questionsDue = 0;
  let askedAt = 0;

  function tell(): void {
    gathering = null;
    const own = [...links.all()].flatMap(({ at }) => at.subnets);
    const rooms = found.list(addressOrder(own));
    if (isDeepStrictEqual(rooms, told)) return;
    told = rooms;
    for (const listener of listeners) listener(rooms);
  }

  function changed(): void {
    if (listeners.size > 0) gathering ??= setTimeout(tell, GATHER_MS);
  }

  function askAnew(): void {
    questionsDue = REPEATS;
    askedAt = -Infinity;
  }

  function askIfDue(now: number): void {
    if (!isQuestionDue(now)) return;
    questionsDue = Math.max(0, questionsDue - 1);
    askedAt = now;
    for (const { link } of links.all()) link.ask();
  }

  /** Answers reach everybody: the first to find a room quiet asks for the whole network. */
  function isQuestionDue(now: number): boolean {
    const sinceAsked = now - askedAt;
    return (
      (sinceAsked >= SPACING_MS && questionsDue > 0) ||
      sinceAsked >= ASK_ANYWAY_MS ||
      (sinceAsked >= QUIET_MS && found.quietFor(now) >= QUIET_MS)
    );
  }

  function check(now: number): void {
    const { trials, dropped } = found.check(now);
    for (const trial of trials) void settle(found, trial);
    if (dropped) changed();
  }

  async function settle(rooms: FoundRooms, { service, addresses, port }: Trial): Promise<void> {
    const accepted = await tryConnect(addresses, port, TRY_MS);
    rooms.tried(service, accepted, performance.now());
    changed();
  }

  function forget(): void {
    if (gathering !== null) clearTimeout(gathering);
    gathering = null;
    found = createFoundRooms();
    told = [];
  }

  return {
    browse(listener) {
      // Own function objects tell two listeners apart that are the same function.
      const own = (rooms: readonly FoundRoom[]) => listener(rooms);
      const isFirst = listeners.size === 0;
      listeners.add(own);
      if (isFirst) {
        askAnew();
        askIfDue(performance.now());
      }
      own(told);
      return {
        stop() {
          if (listeners.delete(own) && listeners.size === 0) forget();
        },
      };
    },
    hear(packet, sender) {
      if (listeners.size === 0) return;
      const heard = parseResponse(packet, sender);
      for (const reason of heard.ignored) debug(`ignored ${reason}`);
      found.hear(heard, performance.now());
      changed();
    },
    tick() {
      if (listeners.size === 0) return;
      const now = performance.now();
      askIfDue(now);
      check(now);
    },
    linksChanged() {
      askAnew();
      changed();
    },
    stop() {
      listeners.clear();
      forget();
    },
  };
}
