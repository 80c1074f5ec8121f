import { isIP, isIPv6 } from 'node:net';
import { inSubnets } from './subnets.ts';

const isLoopback = inSubnets(['127.0.0.0/8', '::1/128']);

const isPrivate = inSubnets([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
]);

/** Unspecified, multicast and reserved; and link-local IPv6, which is no address without a scope. */
const isNowhere = inSubnets(['0.0.0.0/8', '224.0.0.0/3', '::/128', 'ff00::/8', 'fe80::/10']);

/**
 * Whether a room announced by `sender` may be reached at `address` (D9). Loopback is believed from
 * this device only: another's would lead to a port of this one.
 */
export function isReachable(address: string, sender: string): boolean {
  if (isIP(address) === 0 || isNowhere(address)) return false;
  return !isLoopback(address) || isLoopback(sender);
}

/** Orders addresses by how likely they are reached: own subnets, private ones, IPv4 (D10). */
export function addressOrder(ownSubnets: readonly string[]): (a: string, b: string) => number {
  const isOwn = inSubnets(ownSubnets);
  const place = (address: string) => (isOwn(address) ? 0 : isPrivate(address) ? 1 : 2);
  const rank = (address: string) => 2 * place(address) + (isIPv6(address) ? 1 : 0);
  return (a, b) => rank(a) - rank(b) || a.localeCompare(b);
}
