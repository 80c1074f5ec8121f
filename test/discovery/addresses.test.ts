import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOrder, isReachable } from '../../main/discovery/addresses.ts';
import { formatHostPort, parseAddress } from '../../main/transport/address.ts';

test('D10: own subnets come first, then private addresses, IPv4 before IPv6', () => {
  const likely = ['192.168.7.9', '2001:db8:7::9', '10.0.0.1', '172.16.0.1', 'fd00::1', '8.8.8.8'];
  const order = addressOrder(['192.168.7.2/24', '2001:db8:7::2/64']);
  expect(likely.toReversed().toSorted(order)).toEqual(likely);
});

test('D5, D9: whatever address is announced and believed can be connected to', () => {
  const announced = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), fc.string(), fc.domain());
  fc.assert(
    fc.property(announced, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
      if (!isReachable(host, '10.0.0.7')) return;
      expect(parseAddress(formatHostPort(host, port))).toMatchObject({ host, port });
    }),
  );
});
