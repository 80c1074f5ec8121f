/**
 * The rooms heard on the network, without clock or sockets: what was heard goes in with its time
 * in ms, the list and the services to be tried come out (D8, D9).
 */
import { formatHostPort } from '../transport/address.ts';
import type { FoundRoom } from './discovery.ts';
import { ADDRESSES_MAX, type Heard } from './parse-response.ts';
import type { TxtRoom } from './parse-txt.ts';

/** A service unheard for this long is asked for. */
export const QUIET_MS = 7_000;

/** A service unheard for this long, three questions, must accept a connection to stay listed. */
export const SILENT_MS = 3 * QUIET_MS;

/** A service unheard for this long goes, whatever accepts connections in its place. */
export const FORGET_MS = 5 * SILENT_MS;

/** Services remembered at most: nobody on the network can fill the memory. */
export const SERVICES_MAX = 256;

/** Services tried at a time; the others wait for the next check. */
const TRIALS_MAX = 32;

/** What a look at the clock leads to. */
export interface Checked {
  /** Each is owed a `tried`. */
  readonly trials: readonly Trial[];
  /** Whether a service was dropped. */
  readonly dropped: boolean;
}

/** A service to try to connect to. */
export interface Trial {
  readonly service: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

export interface FoundRooms {
  /** Takes in what one response told. */
  hear(heard: Heard, now: number): void;
  /** When the quietest service was heard; Infinity when there is none. */
  readonly quietSince: number;
  /** When the next service is to be tried or dropped; Infinity when there is none. */
  readonly trialAt: number;
  /** Drops services that are certainly gone, and tells those to be tried. */
  check(now: number): Checked;
  /** Whether the service accepted a connection. */
  tried(service: string, accepted: boolean, now: number): void;
  /** One entry a room, sorted by name, each with its addresses in the order given. */
  list(order: (a: string, b: string) => number): FoundRoom[];
}

interface Service {
  room: TxtRoom;
  port: number;
  /** When each address was last heard. */
  readonly addresses: Map<string, number>;
  heardAt: number;
  /** Not tried before this; Infinity while a trial is under way. */
  tryAt: number;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** A store that has heard nothing yet. */
export function createFoundRooms(): FoundRooms {
  /** By instance name, the latest discovered last. */
  const services = new Map<string, Service>();

  /** Whether another service was heard at the same place since: what accepts there is that one. */
  function isSucceeded(service: Service): boolean {
    return [...services.values()].some(
      (other) =>
        other.heardAt > service.heardAt &&
        other.port === service.port &&
        [...other.addresses.keys()].some((address) => service.addresses.has(address)),
    );
  }

  return {
    hear(heard, now) {
      for (const name of heard.goodbyes) services.delete(name);
      for (const { service: name, port, addresses, ...room } of heard.services) {
        const service = services.get(name) ?? newService(room, port);
        if (!services.has(name) && services.size >= SERVICES_MAX) continue;
        Object.assign(service, { room, port, heardAt: now, tryAt: now + SILENT_MS });
        for (const address of addresses) service.addresses.set(address, now);
        dropStale(service.addresses, now);
        services.set(name, service);
      }
    },

    get quietSince() {
      return Math.min(...Array.from(services.values(), ({ heardAt }) => heardAt));
    },

    get trialAt() {
      return Math.min(...Array.from(services.values(), ({ tryAt }) => tryAt));
    },

    check(now) {
      const trials: Trial[] = [];
      const before = services.size;
      for (const [name, service] of services) {
        if (service.tryAt > now || trials.length >= TRIALS_MAX) continue;
        if (now - service.heardAt >= FORGET_MS || isSucceeded(service)) services.delete(name);
        else {
          service.tryAt = Infinity;
          const { port, addresses } = service;
          trials.push({ service: name, port, addresses: [...addresses.keys()] });
        }
      }
      return { trials, dropped: services.size < before };
    },

    tried(name, accepted, now) {
      const service = services.get(name);
      // Heard again meanwhile: the trial has nothing left to tell.
      if (service?.tryAt !== Infinity) return;
      if (accepted) service.tryAt = now + QUIET_MS;
      else services.delete(name);
    },

    list(order) {
      const rooms = new Map<string, { room: TxtRoom; places: readonly Place[] }>();
      for (const { room, port, addresses } of services.values()) {
        const places = Array.from(addresses.keys(), (address) => ({ address, port }));
        const before = rooms.get(room.id)?.places ?? [];
        rooms.set(room.id, { room, places: [...places, ...before] });
      }
      return Array.from(rooms.values(), ({ room, places }) => {
        const sorted = places.toSorted((a, b) => order(a.address, b.address));
        const texts = new Set(sorted.map(({ address, port }) => formatHostPort(address, port)));
        return { ...room, addresses: [...texts].slice(0, ADDRESSES_MAX) };
      }).toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    },
  };
}

function newService(room: TxtRoom, port: number): Service {
  return { room, port, addresses: new Map(), heardAt: 0, tryAt: 0 };
}

/** Forgets addresses that the service is no longer announced at, and the oldest of too many. */
function dropStale(addresses: Map<string, number>, now: number): void {
  const byAge = [...addresses].toSorted(([, a], [, b]) => b - a);
  for (const [index, [address, heardAt]] of byAge.entries()) {
    if (index >= ADDRESSES_MAX || now - heardAt >= SILENT_MS) addresses.delete(address);
  }
}
