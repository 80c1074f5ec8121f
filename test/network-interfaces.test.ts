import { execFileSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { currentInterfaces } from '../main/network-interfaces.ts';

const MODULE = new URL('../main/network-interfaces.ts', import.meta.url).href;

/** Opens all the files it may, asks Node and us for the interfaces, and tells both answers. */
const PROGRAM = `
  import { closeSync, openSync } from 'node:fs';
  import { networkInterfaces } from 'node:os';
  import { currentInterfaces } from ${JSON.stringify(MODULE)};
  const answer = (ask) => { try { return Object.keys(ask()); } catch ({ code }) { return code; } };
  const before = answer(currentInterfaces);
  const files = [];
  try { for (;;) files.push(openSync('/dev/null')); } catch {}
  const answers = [before, answer(networkInterfaces), answer(currentInterfaces)];
  for (const file of files) closeSync(file);
  console.log(JSON.stringify(answers));
`;

test('they are those of the system', () => {
  expect(currentInterfaces()).toEqual(networkInterfaces());
});

test.skipIf(process.platform !== 'linux')(
  'a program that may open no more files still knows them',
  () => {
    const line = `ulimit -n 48; exec "$0" --input-type=module -e "$1"`;
    const told = execFileSync('sh', ['-c', line, process.execPath, PROGRAM], { encoding: 'utf8' });
    const names = Object.keys(networkInterfaces());
    expect(JSON.parse(told)).toEqual([names, 'ERR_SYSTEM_ERROR', names]);
  },
);
