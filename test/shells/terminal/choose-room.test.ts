import { expect, test } from 'vitest';
import type { NearbyRoom } from '../../../main/model/room.ts';
import { roomLine } from '../../../main/shells/terminal/choose-room.ts';

const lab: NearbyRoom = {
  id: 'lab',
  name: 'Lab 3',
  members: 4,
  access: 'open',
  locked: false,
  version: 'same',
  addresses: ['10.0.0.1:47100', '10.0.0.2:47100'],
};

test.for([
  [{}, 'Lab 3 · 4 people · 10.0.0.1:47100'],
  [{ members: 1 }, 'Lab 3 · 1 person · 10.0.0.1:47100'],
  [{ members: null, access: 'passphrase' }, 'Lab 3 · passphrase · 10.0.0.1:47100'],
  [
    { members: null, access: 'invite', locked: true },
    'Lab 3 · invited only · locked · 10.0.0.1:47100',
  ],
  [
    { version: 'older' },
    'Lab 3 · 4 people · has an older Lanyard: its host has to update · 10.0.0.1:47100',
  ],
  [
    { version: 'newer' },
    'Lab 3 · 4 people · needs a newer Lanyard: update this one · 10.0.0.1:47100',
  ],
  [{ name: 'a\u001b[2Jb' }, 'a\ufffd[2Jb · 4 people · 10.0.0.1:47100'],
] as const)('a room that is %j is listed so', ([room, line]) => {
  expect(roomLine({ ...lab, ...room })).toBe(line);
});
