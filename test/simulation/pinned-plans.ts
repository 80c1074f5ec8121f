/** Plans that failed once, as short as they could be made, each with what went wrong. */
import type { Plan } from './plan.ts';

export const PINNED: readonly (readonly [bug: string, plan: Plan])[] = [
  [
    'what a welcome confirmed let later lines out first',
    {
      seed: 12,
      people: 3,
      strict: true,
      steps: [
        { at: 98421, do: 'crash', person: 0, effects: 10, silent: false, ms: 11017 },
        { at: 115036, do: 'say', person: 1, lines: 8, long: false },
        { at: 117081, do: 'say', person: 1, lines: 1, long: false },
      ],
    },
  ],
  [
    'lines arrived after the pause and overtook a refused one',
    {
      seed: 20,
      people: 2,
      strict: true,
      steps: [
        { at: 47468, do: 'crash-hub', effects: 1, silent: false, ms: 14107 },
        { at: 51395, do: 'say', person: 1, lines: 1, long: false },
        { at: 53377, do: 'say', person: 1, lines: 44, long: false },
        { at: 58971, do: 'crash-hub', effects: 17, silent: false, ms: 16284 },
      ],
    },
  ],
  [
    'lines were said while refusals of earlier ones were under way',
    {
      seed: 32,
      people: 2,
      strict: true,
      steps: [
        { at: 47468, do: 'crash-hub', effects: 1, silent: false, ms: 14107 },
        { at: 48093, do: 'say', person: 1, lines: 35, long: false },
        { at: 53377, do: 'say', person: 1, lines: 44, long: false },
      ],
    },
  ],
  [
    'a line said again after a clear came back with its old number',
    {
      seed: 136,
      people: 4,
      strict: true,
      steps: [
        { at: 155232, do: 'stall', person: 1, way: 'down', ms: 21530 },
        { at: 159519, do: 'say', person: 3, lines: 1, long: false },
        { at: 164219, do: 'say', person: 1, lines: 1, long: false },
        { at: 165206, do: 'clear' },
      ],
    },
  ],
  [
    'a page began after a forgotten part and joined up with nothing',
    {
      seed: 454,
      people: 5,
      strict: false,
      steps: [
        { at: 54751, do: 'stall', person: 4, way: 'both', ms: 24333 },
        { at: 55834, do: 'say', person: 0, lines: 1, long: false },
        { at: 58972, do: 'say', person: 1, lines: 40, long: true },
        { at: 73174, do: 'forget', keep: 1 },
      ],
    },
  ],
  [
    'a refused catch-up was not asked for again',
    {
      seed: 43,
      people: 4,
      strict: true,
      steps: [
        { at: 57806, do: 'say', person: 2, lines: 21, long: true },
        { at: 59535, do: 'leave', person: 1 },
        { at: 61538, do: 'say', person: 1, lines: 25, long: false },
      ],
    },
  ],
  [
    'a copy stayed behind after a full disk',
    {
      seed: 4,
      people: 6,
      strict: true,
      steps: [
        { at: 102450, do: 'say', person: 2, lines: 1, long: false },
        { at: 113803, do: 'disk-full', person: 1, ms: 2077 },
        { at: 115681, do: 'say', person: 4, lines: 1, long: false },
        { at: 118460, do: 'say', person: 0, lines: 10, long: true },
      ],
    },
  ],
  [
    'a confirmed line was forgotten before the copy got there',
    {
      seed: 2698,
      people: 3,
      strict: true,
      steps: [
        { at: 1407, do: 'say', person: 0, lines: 1, long: true },
        { at: 13596, do: 'say', person: 0, lines: 1, long: false },
        { at: 15559, do: 'say', person: 0, lines: 1, long: false },
        { at: 64293, do: 'type', person: 2 },
        { at: 65051, do: 'say', person: 1, lines: 1, long: true },
        { at: 67310, do: 'say', person: 2, lines: 1, long: false },
        { at: 68028, do: 'say', person: 2, lines: 1, long: false },
        { at: 68887, do: 'stall', person: 1, way: 'both', ms: 28380 },
        { at: 69547, do: 'say', person: 2, lines: 1, long: false },
        { at: 69868, do: 'say', person: 0, lines: 1, long: false },
        { at: 82902, do: 'cut', person: 2, seenBy: 'hub', loses: false },
        { at: 83930, do: 'crash-hub', effects: 22, silent: false, ms: 2730 },
        { at: 85722, do: 'say', person: 2, lines: 1, long: false },
        { at: 88887, do: 'say', person: 0, lines: 1, long: false },
        { at: 104363, do: 'say', person: 1, lines: 1, long: false },
        { at: 106342, do: 'say', person: 2, lines: 12, long: true },
        { at: 108090, do: 'say', person: 2, lines: 1, long: false },
        { at: 111323, do: 'crash-hub', effects: 15, silent: true, ms: 17755 },
        { at: 114159, do: 'say', person: 1, lines: 7, long: false },
        { at: 115537, do: 'cut', person: 1, seenBy: 'hub', loses: false },
        { at: 141426, do: 'say', person: 1, lines: 1, long: false },
        { at: 143324, do: 'say', person: 2, lines: 30, long: true },
        { at: 149975, do: 'say', person: 1, lines: 1, long: true },
        { at: 155570, do: 'say', person: 1, lines: 1, long: false },
        { at: 157341, do: 'say', person: 1, lines: 1, long: false },
        { at: 178692, do: 'remember', days: 0 },
      ],
    },
  ],
];
