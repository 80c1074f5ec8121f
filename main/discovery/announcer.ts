import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  dnsNames,
  goodbyeOf,
  recordsOf,
  TYPE_RECORD,
  type DnsNames,
  type DnsRecord,
} from './advert-records.ts';
import type { Advert, Advertisement } from './discovery.ts';
import type { Links } from './links.ts';
import type { LanInterface } from './interfaces.ts';

/** The least time between two announcements of a room, in ms (D6). */
const SPACING_MS = 1_000;

/** A lossy network may drop an announcement: each news is sent this often (D6). */
const REPEATS = 3;

/** Nothing repeats a goodbye later, so it is sent twice, this far apart in ms (D7). */
const GOODBYE_GAP_MS = 100;

interface OwnRoom {
  advert: Advert;
  readonly names: DnsNames;
  announcementsDue: number;
  /** Until it may be announced again. */
  waiting: NodeJS.Timeout | null;
}

/** Announces this process's rooms on all links. */
export interface Announcer {
  advertise(advert: Advert): Advertisement;
  /** Every link must hear of every room anew. */
  linksChanged(): void;
  stop(): Promise<void>;
}

export function createAnnouncer(links: Links): Announcer {
  const rooms = new Set<OwnRoom>();
  /** Until their goodbye has left. */
  const advertisements = new Set<Advertisement>();

  /** As soon as the spacing allows; what is news again before that is told then. */
  function announceDue(room: OwnRoom): void {
    if (room.announcementsDue === 0 || room.waiting !== null) return;
    room.announcementsDue -= 1;
    void sendEverywhere((at) => recordsOf(room.advert, room.names, at.addresses));
    room.waiting = setTimeout(() => {
      room.waiting = null;
      announceDue(room);
    }, SPACING_MS);
  }

  function stopWaiting(room: OwnRoom): void {
    if (room.waiting !== null) clearTimeout(room.waiting);
    room.waiting = null;
  }

  async function sendEverywhere(records: (at: LanInterface) => DnsRecord[]): Promise<void> {
    const sent = [...links.all()].map(async ({ at, link }) => {
      const here = records(at);
      if (here.length > 0) await link.announce(here);
    });
    await Promise.all(sent);
  }

  function refreshAnswers(): void {
    for (const { at, link } of links.all()) {
      const records = [...rooms].flatMap((it) => recordsOf(it.advert, it.names, at.addresses));
      link.answerWith(records.length > 0 ? [TYPE_RECORD, ...records] : []);
    }
  }

  /** Says something new about the room: at once, or as soon as the spacing allows. */
  function tell(room: OwnRoom): void {
    room.announcementsDue = REPEATS;
    refreshAnswers();
    announceDue(room);
  }

  async function sayGoodbye(room: OwnRoom): Promise<void> {
    const goodbye = (at: LanInterface) =>
      goodbyeOf(recordsOf(room.advert, room.names, at.addresses));
    await sendEverywhere(goodbye);
    await delay(GOODBYE_GAP_MS);
    await sendEverywhere(goodbye);
  }

  return {
    advertise(advert) {
      const names = dnsNames(advert.name, randomBytes(4).toString('hex'));
      const room: OwnRoom = { advert, names, announcementsDue: 0, waiting: null };
      let stopped: Promise<void> | null = null;
      const advertisement: Advertisement = {
        update(change) {
          const next = { ...room.advert, ...change };
          if (!rooms.has(room) || isDeepStrictEqual(next, room.advert)) return;
          room.advert = next;
          tell(room);
        },
        stop() {
          rooms.delete(room);
          stopWaiting(room);
          refreshAnswers();
          stopped ??= sayGoodbye(room).finally(() => advertisements.delete(advertisement));
          return stopped;
        },
      };
      rooms.add(room);
      advertisements.add(advertisement);
      tell(room);
      return advertisement;
    },
    linksChanged() {
      for (const room of rooms) {
        stopWaiting(room);
        tell(room);
      }
    },
    async stop() {
      await Promise.all([...advertisements].map((advertisement) => advertisement.stop()));
    },
  };
}
