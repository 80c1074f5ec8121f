import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { lanInterfaces } from '../../main/discovery/interfaces.ts';

const common = { mac: '02:00:00:00:00:01', internal: false };
const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...common,
  internal,
  family: 'IPv4',
  address,
  netmask: '255.255.255.0',
  cidr: `${address}/24`,
});
const ipv6 = (address: string, scopeid: number): NetworkInterfaceInfo => ({
  ...common,
  family: 'IPv6',
  address,
  netmask: 'ffff:ffff:ffff:ffff::',
  cidr: `${address}/64`,
  scopeid,
});
const lo = [ipv4('127.0.0.1', true)];

test('D3: interfaces with IPv4 are used, with all addresses but scoped ones', () => {
  const eth0 = [ipv6('fe80::1', 2), ipv6('fd00::1', 0), ipv4('10.0.0.1'), ipv4('10.1.0.1')];
  expect(lanInterfaces({ lo, eth0, tun0: [ipv6('fd01::1', 0)] })).toEqual([
    {
      name: 'eth0',
      ipv4: '10.0.0.1',
      addresses: ['10.0.0.1', '10.1.0.1', 'fd00::1'],
      subnets: ['10.0.0.1/24', '10.1.0.1/24', 'fd00::1/64'],
    },
  ]);
});

test('D3: the loopback is used when there is nothing else', () => {
  expect(lanInterfaces({ lo, tun0: [ipv6('fd01::1', 0)] })).toMatchObject([{ name: 'lo' }]);
  expect(lanInterfaces({})).toEqual([]);
});
