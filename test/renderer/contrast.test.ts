/** The colours of styles/tokens.css can be told apart from what is behind them, by WCAG 2.2 AA. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PERSON_COLOURS } from '../../renderer/person.ts';

const css = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

type Theme = 'light' | 'dark';

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function token(name: string, theme: Theme): readonly number[] {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`${name} is no colour of tokens.css`);
  return channels(value[theme]);
}

function luminance(colour: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** `color-mix(in srgb, a share, b)` */
function mix(a: readonly number[], share: number, b: readonly number[]): readonly number[] {
  return a.map((channel, index) => channel * share + (b[index] ?? 0) * (1 - share));
}

/** Text and what it stands on. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['--ink', ['--linen', '--sheet', '--raised', '--bubble', '--bubble-own', '--accent-wash']],
  ['--ink', ['--linen-deep', '--segment', '--mark', '--bad-wash']],
  ['--ink-soft', ['--linen', '--sheet', '--raised', '--accent-wash', '--linen-deep']],
  ['--accent', ['--linen', '--sheet', '--raised', '--accent-wash']],
  ['--on-accent', ['--accent', '--accent-strong']],
  ['--bad', ['--raised', '--sheet', '--bad-wash']],
  ['--good', ['--raised']],
  ['--waiting', ['--sheet']],
  ['--linen', ['--ink-soft']],
];

/** Lines and dots that carry meaning. */
const SHAPES: readonly (readonly [string, readonly string[]])[] = [
  ['--focus', ['--linen', '--sheet', '--raised']],
  ['--line-strong', ['--sheet', '--raised']],
  ['--good', ['--sheet', '--linen']],
  ['--waiting', ['--sheet', '--linen']],
];

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  const least = (pairs: typeof TEXT, minimum: number) => {
    for (const [front, grounds] of pairs) {
      for (const ground of grounds) {
        const ratio = contrast(token(front, theme), token(ground, theme));
        expect(ratio, `${front} on ${ground}`).toBeGreaterThanOrEqual(minimum);
      }
    }
  };

  test('text is readable', () => least(TEXT, 4.5));
  test('shapes are visible', () => least(SHAPES, 3));

  test('O3: every person’s name and badge are readable', () => {
    for (let index = 0; index < PERSON_COLOURS; index += 1) {
      const person = token(`--person-${index}`, theme);
      const sheet = token('--sheet', theme);
      expect(contrast(person, sheet), `name ${index}`).toBeGreaterThanOrEqual(4.5);
      const badge = mix(person, 0.16, sheet);
      expect(contrast(person, badge), `badge ${index}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('both colours of a key’s picture stand out from its ground', () => {
    for (let first = 0; first < PERSON_COLOURS; first += 1) {
      const ground = mix(token(`--person-${first}`, theme), 0.14, token('--sheet', theme));
      for (let other = 0; other < PERSON_COLOURS; other += 1) {
        const ratio = contrast(token(`--person-${other}`, theme), ground);
        expect(ratio, `${other} on ${first}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
});
