import type { SystemInterfaces } from '../network-interfaces.ts';
import { lanInterfaces, type LanInterface } from './interfaces.ts';
import { openLink, type Link } from './mdns-link.ts';

/** An interface that could not be used is tried again after this, in ms. */
const RETRY_MS = 5_000;

export interface LinksOptions {
  readonly interfaces: () => SystemInterfaces;
  readonly response: (packet: unknown, sender: string) => void;
  readonly debug: (line: string) => void;
}

export interface OpenLink {
  readonly at: LanInterface;
  readonly link: Link;
}

/** The links that are open: one an interface, as interfaces and their addresses come and go. */
export interface Links {
  /** Looks at the interfaces of the device; true when links were opened or closed. */
  follow(): boolean;
  all(): Iterable<OpenLink>;
  close(): void;
}

export function createLinks({ interfaces, response, debug }: LinksOptions): Links {
  const links = new Map<string, OpenLink>();
  const retryAt = new Map<string, number>();

  function open(key: string, at: LanInterface): void {
    const label = `${at.name} ${at.ipv4}`;
    const link = openLink(at, {
      response,
      warning: (error) => debug(`${label}: ${error.message}`),
      failed: (error) => {
        if (links.get(key)?.link !== link) return;
        debug(`${label} cannot be used: ${error.message}`);
        link.close();
        links.delete(key);
        retryAt.set(key, performance.now() + RETRY_MS);
      },
    });
    links.set(key, { at, link });
  }

  return {
    follow() {
      const now = performance.now();
      const wanted = new Map(
        lanInterfaces(interfaces()).map((at) => [[at.name, ...at.subnets].join(' '), at]),
      );
      const gone = [...links].filter(([key]) => !wanted.has(key));
      const fresh = [...wanted].filter(
        ([key]) => !links.has(key) && now >= (retryAt.get(key) ?? 0),
      );
      for (const [key, { link }] of gone) {
        link.close();
        links.delete(key);
      }
      for (const [key, at] of fresh) {
        retryAt.delete(key);
        open(key, at);
      }
      return gone.length > 0 || fresh.length > 0;
    },
    all: () => links.values(),
    close() {
      for (const { link } of links.values()) link.close();
      links.clear();
    },
  };
}
