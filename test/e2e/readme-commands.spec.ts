/** The commands in the README are there and do what it says. */
import { readFileSync } from 'node:fs';
import { expect, test } from './harness.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

const manifest: { scripts: Record<string, string>; bin: Record<string, string> } = JSON.parse(
  read('package.json'),
);

/** What stands in code: blocks between fences, and words between backticks. */
const code = Array.from(read('README.md').matchAll(/```[^`]*```|`[^`]+`/g), ([text]) => text);

/** Every `word` that follows `before` in the README's code. */
function wordsAfter(before: RegExp): string[] {
  const found = code.flatMap((text) =>
    Array.from(text.matchAll(before), ({ groups }) => groups?.['word'] ?? ''),
  );
  return [...new Set(found)];
}

test('every npm script that the README names exists', () => {
  const named = wordsAfter(/\bnpm (?:run )?(?<word>start|test|(?<=run )[a-z][\w:-]*)/g);
  expect(named).toEqual(expect.arrayContaining(['start', 'test', 'host', 'chat']));
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
});

test('what the package installs as `lanyard` is the command line', async ({ lanyard }) => {
  expect(manifest.bin).toEqual({ lanyard: 'dist/main/cli.js' });
  const program = lanyard(['--version']);
  await program.line(/^\d+\.\d+\.\d+$/);
  expect(await program.ended()).toBe(0);
});

for (const command of wordsAfter(/\blanyard (?<word>[a-z]+)/g)) {
  test(`O16: lanyard ${command} --help explains itself`, async ({ lanyard }) => {
    const program = lanyard([command, '--help']);
    await program.line(new RegExp(`^ {2}lanyard (${command}|\\[${command}\\])`));
    expect(await program.ended()).toBe(0);
  });
}

test('every option that the README shows is in the help', async ({ lanyard }) => {
  const program = lanyard(['--help']);
  expect(await program.ended()).toBe(0);
  const shown = wordsAfter(
    /\b(?:npm start|npm run (?:host|chat)|lanyard)\b[^\n#]* (?<word>--[a-z-]+)/g,
  );
  expect(shown.length).toBeGreaterThan(0);
  for (const option of shown) expect(program.output).toContain(option);
});

test('a mistyped option ends with exit code 2 and says where to look', async ({ lanyard }) => {
  const program = lanyard(['host', '--rom=Lab']);
  expect(await program.ended()).toBe(2);
  expect(program.output).toContain("Try 'lanyard --help'.");
});
