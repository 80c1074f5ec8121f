import { isDeepStrictEqual } from 'node:util';
import { addressOrder } from './addresses.ts';
import type { Discovery, FoundRoom } from './discovery.ts';
import { createFoundRooms, QUIET_MS, type FoundRooms, type Trial } from './found-rooms.ts';
import type { Links } from './links.ts';
import { parseResponse } from './parse-response.ts';
import { tryConnect } from './try-connect.ts';

/** A lossy network may drop a question: on a new network it is sent this often (D8). */
const REPEATS = 3;

/** The least time between two questions, and between two looks at what is due, in ms. */
const SPACING_MS = 1_000;

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

/** Finds rooms on all links, as long as there is a listener. */
export interface Browser {
  browse: Discovery['browse'];
  /** Takes in an mDNS response. */
  hear(packet: unknown, sender: string): void;
  /** Asks on the new links; other addresses may be the likeliest now. */
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
  /** What is due next, and when. */
  let next: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;

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
    if (listeners.size === 0) return;
    questionsDue = REPEATS;
    ask(performance.now());
    plan();
  }

  function ask(now: number): void {
    questionsDue = Math.max(0, questionsDue - 1);
    askedAt = now;
    for (const { link } of links.all()) link.ask();
  }

  /** Answers reach everybody: the first to find a room quiet asks for the whole network. */
  function questionAt(): number {
    if (questionsDue > 0) return askedAt + SPACING_MS;
    return Math.min(askedAt + ASK_ANYWAY_MS, Math.max(askedAt, found.quietSince) + QUIET_MS);
  }

  /** Does what is due. */
  function turn(): void {
    next = null;
    const now = performance.now();
    if (now >= questionAt()) ask(now);
    check(now);
    plan();
  }

  /** Makes sure that what is due next is done then: at rest nothing happens in between. */
  function plan(): void {
    const now = performance.now();
    const at = Math.max(now + SPACING_MS, Math.min(questionAt(), found.trialAt));
    if (next !== null) {
      if (next.at <= at) return;
      clearTimeout(next.timer);
    }
    // Rounded up: a timer may be a fraction early.
    next = { at, timer: setTimeout(turn, Math.ceil(at - now) + 1) };
  }

  function check(now: number): void {
    const { trials, dropped } = found.check(now);
    for (const trial of trials) void settle(found, trial);
    if (dropped) changed();
  }

  async function settle(rooms: FoundRooms, { service, addresses, port }: Trial): Promise<void> {
    const accepted = await tryConnect(addresses, port, TRY_MS);
    rooms.tried(service, accepted, performance.now());
    if (rooms !== found || listeners.size === 0) return;
    changed();
    plan();
  }

  function forget(): void {
    if (gathering !== null) clearTimeout(gathering);
    gathering = null;
    if (next !== null) clearTimeout(next.timer);
    next = null;
    found = createFoundRooms();
    told = [];
  }

  return {
    browse(listener) {
      // Own function objects tell two listeners apart that are the same function.
      const own = (rooms: readonly FoundRoom[]) => listener(rooms);
      const isFirst = listeners.size === 0;
      listeners.add(own);
      if (isFirst) askAnew();
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
      plan();
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
