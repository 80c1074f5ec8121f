import { expect, test } from 'vitest';
import { addressOrder } from '../../main/discovery/addresses.ts';

test('D10: own subnets come first, then private addresses, IPv4 before IPv6', () => {
  const likely = ['192.168.7.9', '2001:db8:7::9', '10.0.0.1', '172.16.0.1', 'fd00::1', '8.8.8.8'];
  const order = addressOrder(['192.168.7.2/24', '2001:db8:7::2/64']);
  expect(likely.toReversed().toSorted(order)).toEqual(likely);
});
