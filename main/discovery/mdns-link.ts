/**
 * Multicast DNS on one network interface, carried by bonjour-service: its socket, its codec and
 * its server, which keeps records and answers questions. `publish()` is not used, because it
 * announces every address of the device on every interface, freezes what it announced, never marks
 * records as replacing older ones, and takes all services down with the first that ends.
 */
import { Bonjour } from 'bonjour-service';
import { SERVICE_TYPE, type DnsRecord } from './advert-records.ts';
import type { LanInterface } from './interfaces.ts';
import { inSubnets } from './subnets.ts';

/** The questions of one packet that are answered: each answer is a packet of its own. */
const QUESTIONS_MAX = 16;

export interface LinkEvents {
  /** A decoded response that came from the address `sender`. */
  readonly response: (packet: unknown, sender: string) => void;
  /** Something went wrong that the link survives. */
  readonly warning: (error: Error) => void;
  /** The link is of no use: its port is taken or its interface is gone. */
  readonly failed: (error: Error) => void;
}

export interface Link {
  /** From now on questions are answered with exactly these records. */
  answerWith(records: readonly DnsRecord[]): void;
  /** Resolves when the records have left, or cannot leave any more. */
  announce(records: readonly DnsRecord[]): Promise<void>;
  /** Asks which rooms there are. */
  ask(): void;
  close(): void;
}

interface Packet {
  readonly questions: unknown[];
}

interface Sender {
  readonly address: string;
}

/** The part of multicast-dns in use; bonjour-service types it as `any`. */
interface MulticastDns {
  on(event: 'error' | 'warning', listener: (error: Error) => void): void;
  on(event: 'packet' | 'response', listener: (packet: Packet, from: Sender) => void): void;
  query(name: string, type: 'PTR', done: (error?: Error | null) => void): void;
  respond(records: readonly DnsRecord[], done: (error?: Error | null) => void): void;
}

/** Opens the multicast DNS port on an interface. */
export function openLink({ ipv4, subnets }: LanInterface, events: LinkEvents): Link {
  const socketOptions = {
    type: 'udp4',
    interface: ipv4,
    // Bound to the address of the interface it would not receive what is sent to the group.
    bind: '0.0.0.0',
  };
  const bonjour = new Bonjour(socketOptions, events.warning);
  const server = bonjour['server'];
  const mdns: MulticastDns = server.mdns;
  const closed = Promise.withResolvers<void>();
  let isOpen = true;
  let kept: readonly DnsRecord[] = [];

  // Every socket gets what arrives on any interface; each minds its own (RFC 6762, 11).
  const isOnLink = inSubnets(subnets);
  // Comes before the server gets the questions.
  mdns.on('packet', ({ questions }, from) => {
    questions.splice(isOnLink(from.address) ? QUESTIONS_MAX : 0);
  });
  mdns.on('response', (packet, from) => {
    if (isOnLink(from.address)) events.response(packet, from.address);
  });
  mdns.on('warning', events.warning);
  mdns.on('error', events.failed);

  const report = (error?: Error | null) => {
    if (error) events.warning(error);
  };

  return {
    answerWith(records) {
      server.unregister([...kept]);
      server.register([...records]);
      kept = records;
    },
    async announce(records) {
      if (!isOpen) return;
      const sent = new Promise<void>((resolve) => {
        mdns.respond(records, (error) => {
          report(error);
          resolve();
        });
      });
      // A socket that closes before it is bound drops what waits in it without a word.
      await Promise.race([sent, closed.promise]);
    },
    ask() {
      if (isOpen) mdns.query(SERVICE_TYPE, 'PTR', report);
    },
    close() {
      isOpen = false;
      bonjour.destroy();
      closed.resolve();
    },
  };
}
