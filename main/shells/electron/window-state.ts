/** Where the window was, remembered in a small file; pure but for reading and writing it. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import * as v from 'valibot';
import { decodeText } from '../../storage/text-encoding.ts';

const FILE_NAME = 'window.json';
const PREFERRED = { width: 1120, height: 760 };
/** The page is designed down to this. */
export const SMALLEST = { width: 380, height: 480 };

const pixels = v.pipe(v.number(), v.safeInteger());
const stateSchema = v.object({
  bounds: v.object({ x: pixels, y: pixels, width: pixels, height: pixels }),
  maximized: v.boolean(),
});

/** `bounds` are those of the window when it is not maximized, in device-independent pixels. */
export type WindowState = v.InferOutput<typeof stateSchema>;

/** What was remembered in the data folder; null when there is nothing or nothing that makes sense. */
export function readWindowState(dataDir: string): WindowState | null {
  try {
    const stored: unknown = JSON.parse(decodeText(readFileSync(join(dataDir, FILE_NAME))));
    return v.parse(stateSchema, stored);
  } catch {
    // A window in the usual place is all that is lost.
    return null;
  }
}

/** Remembers it; a write that is cut short leaves the earlier state. */
export function writeWindowState(dataDir: string, state: WindowState): void {
  const file = join(dataDir, FILE_NAME);
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, `${JSON.stringify(state)}\n`);
  renameSync(unfinished, file);
}

/**
 * The state to open the window with. `workAreas` are those of the displays there are now, the
 * primary one first: a display may be gone, or smaller than it was.
 */
export function fitWindowState(
  remembered: WindowState | null,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): WindowState {
  const area = remembered && mostCovered(remembered.bounds, workAreas);
  if (remembered === null || area === null) {
    return { bounds: centred(PREFERRED, workAreas[0]), maximized: remembered?.maximized ?? false };
  }
  const width = clamp(remembered.bounds.width, SMALLEST.width, area.width);
  const height = clamp(remembered.bounds.height, SMALLEST.height, area.height);
  return {
    bounds: {
      x: clamp(remembered.bounds.x, area.x, area.x + area.width - width),
      y: clamp(remembered.bounds.y, area.y, area.y + area.height - height),
      width,
      height,
    },
    maximized: remembered.maximized,
  };
}

function mostCovered(bounds: Rectangle, areas: readonly Rectangle[]): Rectangle | null {
  let best: Rectangle | null = null;
  let most = 0;
  for (const area of areas) {
    const covered = overlap(bounds, area);
    if (covered > most) [best, most] = [area, covered];
  }
  return best;
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

/** `low` wins where the two limits contradict each other. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
