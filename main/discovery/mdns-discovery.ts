import { createAnnouncer } from './announcer.ts';
import { createBrowser } from './browser.ts';
import type { Discovery } from './discovery.ts';
import { currentInterfaces } from '../network-interfaces.ts';
import type { SystemInterfaces } from '../network-interfaces.ts';
import { lookRegularly } from '../slow-clock.ts';
import { createLinks } from './links.ts';

export interface MdnsDiscoveryOptions {
  /** The system's interfaces, by default those there are. */
  readonly interfaces?: () => SystemInterfaces;
  /** Told what goes wrong on the network and which announcements are not believed. */
  readonly debug?: (line: string) => void;
}

/**
 * Discovery by multicast DNS on every interface with an IPv4 address. Its sockets open with the
 * first room announced or looked for, and close with `stop`.
 */
export function createMdnsDiscovery(options: MdnsDiscoveryOptions = {}): Discovery {
  const { interfaces = currentInterfaces, debug = () => {} } = options;
  const links = createLinks({
    interfaces,
    debug,
    response: (...packet) => browser.hear(...packet),
  });
  const announcer = createAnnouncer(links);
  const browser = createBrowser({ links, debug });
  let watch: { stop(): void } | null = null;

  function start(): void {
    if (watch !== null) return;
    // No library tells of changed interfaces.
    watch = lookRegularly(follow);
    links.follow();
  }

  function follow(): void {
    if (!links.follow()) return;
    announcer.linksChanged();
    browser.linksChanged();
  }

  return {
    advertise(advert) {
      start();
      return announcer.advertise(advert);
    },
    browse(listener) {
      start();
      return browser.browse(listener);
    },
    async stop() {
      browser.stop();
      await announcer.stop();
      watch?.stop();
      watch = null;
      links.close();
    },
  };
}
