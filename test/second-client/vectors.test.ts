import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLIENT, PYTHON } from './second-client.ts';
import { makeVectors } from './vectors.ts';
import type { Vector } from './vectors.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-vectors-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** What the second client says of each: true when it comes to the same. */
async function verdictsOn(vectors: readonly unknown[]): Promise<readonly boolean[]> {
  const file = join(folder, 'vectors.json');
  await writeFile(file, JSON.stringify(vectors));
  const said = await new Promise<string>((resolve, reject) => {
    execFile(PYTHON, ['-B', CLIENT, 'check-vectors', file], (error, stdout, stderr) => {
      // It ends with 1 where it does not agree.
      if (error && error.code !== 1) reject(error);
      else if (stderr !== '') reject(new Error(stderr));
      else resolve(stdout);
    });
  });
  return said
    .trim()
    .split('\n')
    .map((line) => {
      const { agrees }: { agrees: boolean } = JSON.parse(line);
      return agrees;
    });
}

/** Every vector that differs from this one in one text or number. */
function mutationsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'string') return mutationsOfText(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, at) => mutationsOf(item).map((other) => items.with(at, other)));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    mutationsOf(part).map((other) => ({ ...value, [name]: other })),
  );
}

/** A frame is mutated within, another text in a character of its middle. */
function mutationsOfText(value: string): readonly string[] {
  if (value.startsWith('{"type"')) {
    return mutationsOf(JSON.parse(value)).map((other) => JSON.stringify(other));
  }
  const middle = Math.floor(value.length / 2);
  const other = value[middle] === 'x' ? 'y' : 'x';
  return [value.slice(0, middle) + other + value.slice(middle + 1)];
}

/** What an entry has that nobody signed, and no link holds. */
const UNSEEN = /^(?:name|conversation)$/;

function mutated(vector: Vector): readonly unknown[] {
  switch (vector.about) {
    case 'policy':
      return mutationsOf(vector['holds']).map((holds) => ({ ...vector, holds }));
    case 'log':
      return [
        ...mutationsOf(vector['links']).map((links) => ({ ...vector, links })),
        ...mutationsOfEnd(vector['after']).map((after) => ({ ...vector, after })),
        ...mutationsOfFrame(String(vector['frame'])).map((frame) => ({ ...vector, frame })),
      ];
    default:
      return Object.entries(vector).flatMap(([name, part]) =>
        name === 'about' ? [] : mutationsOf(part).map((other) => ({ ...vector, [name]: other })),
      );
  }
}

/** Its link stands for all that was before; where that was the chain says only where an epoch begins. */
function mutationsOfEnd(end: unknown): readonly unknown[] {
  if (typeof end !== 'object' || end === null || !('link' in end)) return [];
  return mutationsOf(end.link).map((link) => ({ ...end, link }));
}

/** A page's entries, but for what they hold that nobody signed. */
function mutationsOfFrame(frame: string): readonly string[] {
  const page: {
    readonly entries: readonly Readonly<Record<string, unknown>>[];
  } = JSON.parse(frame);
  return page.entries.flatMap((entry, at) =>
    Object.entries(entry).flatMap(([name, part]) =>
      UNSEEN.test(name)
        ? []
        : mutationsOf(part).map((other) =>
            JSON.stringify({
              ...page,
              entries: page.entries.with(at, { ...entry, [name]: other }),
            }),
          ),
    ),
  );
}

const all = makeVectors();

test('the second client comes to the same ids, links and policies', async () => {
  const verdicts = await verdictsOn(all);
  expect(all.filter((_, index) => verdicts[index] !== true)).toEqual([]);
  expect(verdicts).toHaveLength(all.length);
});

test('and agrees with nothing that differs in one place', async () => {
  const vectors = all.filter(({ about }, index) => about !== 'policy' || index % 20 === 0);
  const wrong = vectors.flatMap(mutated);
  const verdicts = await verdictsOn(wrong);
  expect(wrong.length).toBeGreaterThan(300);
  expect(verdicts).toHaveLength(wrong.length);
  const missed = wrong.filter((_, index) => verdicts[index] !== false);
  expect(missed).toEqual([]);
});
