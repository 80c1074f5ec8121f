import type { SystemInterfaces } from '../network-interfaces.ts';

/** A network interface that rooms are announced and looked for on. */
export interface LanInterface {
  readonly name: string;
  /** Multicast goes out from here. */
  readonly ipv4: string;
  /** Everything it can be reached at, IPv4 first; without link-local IPv6, which needs a scope. */
  readonly addresses: readonly string[];
  /** `address/prefix` of each of the addresses. */
  readonly subnets: readonly string[];
}

/** The interfaces with an IPv4 address; the loopback only when there is no other. */
export function lanInterfaces(system: SystemInterfaces): LanInterface[] {
  const all = usable(system, false);
  return all.length > 0 ? all : usable(system, true);
}

function usable(system: SystemInterfaces, internal: boolean): LanInterface[] {
  return Object.entries(system).flatMap(([name, infos = []]) => {
    const reachable = infos.filter(
      (info) => info.internal === internal && !(info.family === 'IPv6' && info.scopeid !== 0),
    );
    const byFamily = [
      ...reachable.filter((info) => info.family === 'IPv4'),
      ...reachable.filter((info) => info.family === 'IPv6'),
    ];
    const [first] = byFamily;
    if (first?.family !== 'IPv4') return [];
    return {
      name,
      ipv4: first.address,
      addresses: byFamily.map((info) => info.address),
      subnets: byFamily.flatMap((info) => info.cidr ?? []),
    };
  });
}
