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
const SPACING_MS = 950;

/** A lossy network may drop an announcement: each news is sent this often (D6). */
const REPEATS = 3;

/** Nothing repeats a goodbye later, so it is sent twice, this far apart in ms (D7). */
const GOODBYE_GAP_MS = 100;

interface OwnRoom {
  advert: Advert;
  readonly names: DnsNames;
  announcementsDue: number;
  announcedAt: number;
}

/** Announces this process's rooms on all links. */
export interface Announcer {
  advertise(advert: Advert): Advertisement;
  /** Sends what is due; called about every second. */
  tick(): void;
  /** Every link must hear of every room anew. */
  linksChanged(): void;
  stop(): Promise<void>;
}

export function createAnnouncer(links: Links): Announcer {
  const rooms = new Set<OwnRoom>();
  /** Until their goodbye has left. */
  const advertisements = new Set<Advertisement>();

  function announceIfDue(room: OwnRoom): void {
    const now = performance.now();
    if (room.announcementsDue === 0 || now - room.announcedAt < SPACING_MS) return;
    room.announcementsDue -= 1;
    room.announcedAt = now;
    void sendEverywhere((at) => recordsOf(room.advert, room.names, at.addresses));
  }

  async function sendEverywhere(records: (at: LanInterface) => DnsRecord[]): Promise<void> {
    await Promise.all([...links.all()].map(({ at, link }) => link.announce(records(at))));
  }

  function refreshAnswers(): void {
    for (const { at, link } of links.all()) {
      const records = [...rooms].flatMap((it) => recordsOf(it.advert, it.names, at.addresses));
      link.answerWith(rooms.size > 0 ? [TYPE_RECORD, ...records] : []);
    }
  }

  /** Says something new about the room: at once, or as soon as the spacing allows. */
  function tell(room: OwnRoom): void {
    room.announcementsDue = REPEATS;
    refreshAnswers();
    announceIfDue(room);
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
      const room: OwnRoom = { advert, names, announcementsDue: 0, announcedAt: -Infinity };
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
    tick() {
      for (const room of rooms) announceIfDue(room);
    },
    linksChanged() {
      for (const room of rooms) {
        room.announcedAt = -Infinity;
        tell(room);
      }
    },
    async stop() {
      await Promise.all([...advertisements].map((advertisement) => advertisement.stop()));
    },
  };
}
