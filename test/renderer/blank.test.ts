import { expect, test } from 'vitest';
import { canBeSeen } from '../../main/protocol/visible.ts';
import { isBlank } from '../../renderer/blank.ts';

test('S3: a window takes for nothing exactly what a room does', () => {
  const apart: number[] = [];
  // In the other planes there are ideographs, or nothing.
  for (const plane of [0, 1, 0xe]) {
    for (let point = plane << 16; point < (plane + 1) << 16; point += 1) {
      const character = String.fromCodePoint(point);
      if (isBlank(character) === canBeSeen(character)) apart.push(point);
    }
  }
  expect(apart).toEqual([]);
  expect([isBlank(''), isBlank(' \u200b\n'), isBlank('\u200bx')]).toEqual([true, true, false]);
});
