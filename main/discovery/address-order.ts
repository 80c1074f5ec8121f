import { BlockList, isIP, isIPv6 } from 'node:net';

type Family = 'ipv4' | 'ipv6';

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/');
    const family = familyOf(address);
    if (family !== null) list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function familyOf(address: string): Family | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}

const LOOPBACK = blockList(['127.0.0.0/8', '::1/128']);
const PRIVATE = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
]);
/** Unspecified, multicast and reserved; and link-local IPv6, which is no address without a scope. */
const UNREACHABLE = blockList(['0.0.0.0/8', '224.0.0.0/3', '::/128', 'ff00::/8', 'fe80::/10']);

function isIn(list: BlockList, address: string): boolean {
  const family = familyOf(address);
  return family !== null && list.check(address, family);
}

/**
 * Whether a room announced by `sender` may be reached at `address`. Loopback is believed from this
 * device only: anybody else's would lead to a port of one's own.
 */
export function isReachable(address: string, sender: string): boolean {
  if (familyOf(address) === null || isIn(UNREACHABLE, address)) return false;
  return !isIn(LOOPBACK, address) || isIn(LOOPBACK, sender);
}

/** Orders addresses by how likely they are reached: own subnets, private ones, IPv4 (D10). */
export function addressOrder(ownSubnets: readonly string[]): (a: string, b: string) => number {
  const own = blockList(ownSubnets);
  const rank = (address: string) =>
    (isIn(own, address) ? 0 : isIn(PRIVATE, address) ? 2 : 4) + (isIPv6(address) ? 1 : 0);
  return (a, b) => rank(a) - rank(b) || a.localeCompare(b);
}
