import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../main/model/error-codes.ts';
import { LanyardError } from '../../main/errors.ts';
import { openLog } from '../../main/log/log.ts';
import { temporaryFolder } from '../support/lanyard.ts';

const SECRET = 'correct horse battery staple';
const MEGABYTE = 1024 * 1024;

function failing(): TypeError {
  return new TypeError(SECRET);
}

function logIn(folder: string) {
  const file = join(folder, 'logs/lanyard.log');
  return {
    log: openLog(folder),
    file,
    lines: () => readFileSync(file, 'utf8').split(/\r?\n/).slice(0, -1),
  };
}

test('a line has its time, its code and its counts', () => {
  const { log, lines } = logIn(temporaryFolder());
  log.event('room-hosted', { major: 1, rooms: 2 });
  log.event('room-ended', {}, 'room-closed');
  expect(lines()).toEqual([
    expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z info room-hosted major=1 rooms=2$/),
    expect.stringMatching(/Z info room-ended room-closed$/),
  ]);
});

test('a log is gone on with at the next start', () => {
  const folder = temporaryFolder();
  logIn(folder).log.event('app-started');
  const { log, lines } = logIn(folder);
  log.event('app-ended');
  expect(lines()).toHaveLength(2);
});

test.skipIf(process.platform === 'win32')('nobody else can read it', () => {
  const folder = temporaryFolder();
  const { log, file } = logIn(folder);
  log.event('app-started');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700);
});

test('past a megabyte it begins again, and one old file is kept', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'logs'));
  const [file, old] = [join(folder, 'logs/lanyard.log'), join(folder, 'logs/lanyard.old.log')];
  writeFileSync(file, `begin${'.'.repeat(MEGABYTE - 20)}`);
  writeFileSync(old, 'older still');
  const { log, lines } = logIn(folder);
  for (const code of ['room-hosted', 'room-joined', 'room-ended'] as const) log.event(code);
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['lanyard.log', 'lanyard.old.log']);
  expect(readFileSync(old, 'utf8')).toMatch(/^begin.+room-hosted\r?\n$/);
  expect(lines()).toEqual([
    expect.stringContaining('room-joined'),
    expect.stringContaining('room-ended'),
  ]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.for([
  SECRET,
  'Ann',
  '192.168.1.20:47100',
  'lanyard://10.0.0.2:47100/?t=abc',
  'f3a9c2d4e5b60718',
  'Zm9vYmFyYmF6cXV4',
  'room-closed\nforged line',
  '',
])('a reason that is no code is not written: %j', (reason) => {
  const { log, lines } = logIn(temporaryFolder());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- What the compiler would not let through.
  log.event('problem', {}, reason as ErrorCode);
  expect(lines()).toEqual([expect.stringMatching(/ info problem unknown$/)]);
});

test('an error is logged by its kind and its place, without what it says', () => {
  const { log, lines } = logIn(temporaryFolder());
  log.crash(failing());
  expect(lines()).toEqual([
    expect.stringMatching(/Z error crash TypeError failing@log\.test\.ts:\d+:\d+( |$)/),
  ]);
  expect(lines()[0]).not.toContain(import.meta.dirname);
});

const stack = `Error: ${SECRET}\n    at secret (file.ts:1:1)`;
const renamed = Object.assign(new Error('other words'), { stack });
const multiline = new Error(`${SECRET}\n    at ${SECRET} (file.ts:1:1)\n    at secret.ts:1:1`);
const aggregate = new AggregateError([new Error(SECRET)], SECRET, { cause: new Error(SECRET) });
const named = Object.assign(new Error(SECRET), { name: SECRET, code: SECRET });
const stackless = Object.assign(new Error(SECRET), { stack: `    at ${SECRET} (a.ts:1:1)` });

test.for([
  ['of ours', new LanyardError({ code: 'nobody-called', details: { name: SECRET } })],
  ['whose message was changed', renamed],
  ['with a message like a stack', multiline],
  ['of several', aggregate],
  ['with a name and a code of somebody’s', named],
  ['with a stack of somebody’s', stackless],
  ['that is a text', SECRET],
  ['that is an object', { message: SECRET, stack: SECRET }],
] as const)('nothing an error says is logged: one %s', ([, error]) => {
  const { log, lines } = logIn(temporaryFolder());
  log.crash(error);
  expect(lines()).toHaveLength(1);
  for (const word of [...SECRET.split(' '), 'secret', 'words']) {
    expect(lines()[0]?.replaceAll(/\w+\.test\.ts/g, '')).not.toContain(word);
  }
});

test('the code of an error is kept', () => {
  const { log, lines } = logIn(temporaryFolder());
  log.crash(new LanyardError({ code: 'database-newer', details: { folder: SECRET } }));
  log.crash(Object.assign(new Error(SECRET), { code: 'ENOSPC' }));
  expect(lines()[0]).toContain('crash LanyardError database-newer ');
  expect(lines()[1]).toContain('crash Error ENOSPC ');
});

test('nothing is said on the console, whatever goes wrong with the file', async () => {
  const [fine, taken, full] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  mkdirSync(join(taken, 'logs/lanyard.log'), { recursive: true });
  mkdirSync(join(full, 'logs/lanyard.old.log/in-the-way'), { recursive: true });
  writeFileSync(join(full, 'logs/lanyard.log'), '.'.repeat(MEGABYTE + 1));
  const folders = [fine, taken, full, join(fine, 'logs/lanyard.log')];
  const program = `
    const { openLog } = await import(${JSON.stringify(new URL('../../main/log/log.ts', import.meta.url))});
    for (const folder of ${JSON.stringify(folders)}) {
      const log = openLog(folder);
      log.event('app-started');
      log.crash(new Error());
    }`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    program,
  ]);
  expect([stdout, stderr]).toEqual(['', '']);
  expect(readFileSync(join(fine, 'logs/lanyard.log'), 'utf8')).toContain('app-started');
});

test.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
  'in a folder that cannot be written there is no log',
  () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    openLog(folder).event('app-started');
    expect(readdirSync(folder)).toEqual([]);
  },
);
