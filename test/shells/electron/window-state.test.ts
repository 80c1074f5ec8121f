import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  SMALLEST,
  fitWindowState,
  readWindowState,
  writeWindowState,
} from '../../../main/shells/electron/window-state.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const BESIDE = { x: 1440, y: 0, width: 2560, height: 1440 };
const CENTRED = { x: 160, y: 83, width: 1120, height: 760 };

const at = (x: number, y: number, width: number, height: number) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

test('the first window is centred on the primary display', () => {
  expect(fitWindowState(null, [LAPTOP])).toEqual({ bounds: CENTRED, maximized: false });
});

test.each([
  ['as it was', at(100, 100, 800, 600), at(100, 100, 800, 600)],
  ['on the display beside', at(2000, 300, 900, 700), at(2000, 300, 900, 700)],
  ['moved back in from over the edge', at(-300, 600, 800, 600), at(0, 300, 800, 600)],
  ['where most of it was', at(1300, 100, 800, 600), at(1440, 100, 800, 600)],
  ['no larger than the display', at(0, 25, 9000, 9000), at(1440, 0, 2560, 1440)],
  ['no smaller than the page allows', at(10, 30, 1, 1), at(10, 30, 380, 480)],
])('opens %s', (_, remembered, expected) => {
  expect(fitWindowState(remembered, [LAPTOP, BESIDE])).toEqual(expected);
});

test('a display that is gone: centred on the primary one, still maximized', () => {
  const remembered = { ...at(2000, 300, 900, 700), maximized: true };
  expect(fitWindowState(remembered, [LAPTOP])).toEqual({ bounds: CENTRED, maximized: true });
});

test('whatever was remembered, the window can be reached', () => {
  const number = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(number, number, number, number, (x, y, width, height) => {
      const { bounds } = fitWindowState(at(x, y, width, height), [LAPTOP]);
      expect(bounds.x).toBeGreaterThanOrEqual(LAPTOP.x);
      expect(bounds.y).toBeGreaterThanOrEqual(LAPTOP.y);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(LAPTOP.x + LAPTOP.width);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(LAPTOP.y + LAPTOP.height);
      expect(bounds.width).toBeGreaterThanOrEqual(SMALLEST.width);
    }),
  );
});

test('what is written is read again, and nothing else is left behind', () => {
  const folder = temporaryFolder();
  writeWindowState(folder, at(1, 2, 3, 4));
  writeWindowState(folder, at(5, 6, 7, 8));
  expect(readWindowState(folder)).toEqual(at(5, 6, 7, 8));
  expect(readdirSync(folder)).toEqual(['window.json']);
});

test.each([
  ['cut in half', '{"bounds":{"x":1,"y":'],
  ['empty', ''],
  ['of another shape', '[1,2,3]'],
  [
    'with a size that is no number',
    '{"bounds":{"x":1,"y":2,"width":"a","height":4},"maximized":true}',
  ],
  [
    'with a size beyond counting',
    '{"bounds":{"x":1,"y":2,"width":1e300,"height":4},"maximized":true}',
  ],
])('a file %s counts as none', (_, text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'window.json'), text);
  expect(readWindowState(folder)).toBeNull();
});

test('a byte order mark in front is none of it', () => {
  const folder = temporaryFolder();
  const state = { bounds: { x: 1, y: 2, width: 400, height: 500 }, maximized: true };
  writeFileSync(join(folder, 'window.json'), `\ufeff${JSON.stringify(state)}`);
  expect(readWindowState(folder)).toEqual(state);
});

test('no file counts as none', () => {
  expect(readWindowState(temporaryFolder())).toBeNull();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
