import { expect, test } from 'vitest';
import { hostedRecord, parseRecord } from '../../main/storage/room-record.ts';

const record = hostedRecord({ id: 'r', founder: 'ann', nonce: 'n', name: 'Lab' }, 'Ann');

test.for([0, -1, 65_536, 1.5, '47100', {}])(
  'a port that there is not (%j) is none: the room is opened at the usual one',
  (port) => {
    expect(parseRecord(JSON.stringify({ ...record, port }))).toEqual(record);
  },
);

test.for([1, 47_100, 65_535])('a port is read back: %i', (port) => {
  expect(parseRecord(JSON.stringify({ ...record, port }))).toEqual({ ...record, port });
});
