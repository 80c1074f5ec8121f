import { currentInterfaces } from '../network-interfaces.ts';
import { lookRegularly } from '../slow-clock.ts';

/** Interfaces that lead to containers and virtual machines rather than to colleagues. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|tailscale)/;

/**
 * The addresses others can reach this device by: IPv4 before IPv6, real interfaces before virtual
 * ones; the loopback address when there is nothing else.
 */
export function ownAddresses(): readonly string[] {
  const found = Object.entries(currentInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
      .map(({ address, family }) => ({
        address,
        rank: (VIRTUAL.test(name) ? 2 : 0) + (family === 'IPv6' ? 1 : 0),
      })),
  );
  const sorted = found.toSorted((a, b) => a.rank - b.rank).map(({ address }) => address);
  return sorted.length > 0 ? sorted : ['127.0.0.1'];
}

/** Calls back whenever the device's addresses are others than before; the system tells nobody of it. */
export function watchOwnAddresses(changed: () => void): { stop(): void } {
  let before = ownAddresses().join();
  return lookRegularly(() => {
    const now = ownAddresses().join();
    if (now === before) return;
    before = now;
    changed();
  });
}
