/** What becomes of a Lanyard in which something throws that nobody expected. */
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { expect, test } from 'vitest';
import { doomed } from './support/bring-misfortune.ts';
import { Lanyard, temporaryFolder } from './support/lanyard.ts';
import { openRoom } from './support/open-room.ts';
import { join } from './support/protocol-member.ts';

const CRASH = /^\S+ error crash RangeError \S*misfortune\.ts:\d+:\d+/;

/** What is in the log of that folder about crashes. */
function crashesIn(dataDir: string): readonly string[] {
  const lines = readFileSync(joinPath(dataDir, 'logs/lanyard.log'), 'utf8').split('\n');
  return lines.filter((line) => line.includes(' crash '));
}

/** Hosts a room that misfortune can be brought to. */
async function hostDoomed() {
  const { env, bring } = doomed();
  const dataDir = temporaryFolder();
  const args = ['host', '--room', 'Lab 3', '--json', '--data-dir', dataDir];
  const program = new Lanyard(args, env);
  const [, port = ''] = await program.prints(/"port":(\d+).*\n/);
  return { program, bring, dataDir, port: Number(port) };
}

test.for(['throw', 'reject'] as const)(
  'what the app does not expect (%s) is logged, told and survived by the room it hosts',
  async (kind) => {
    const { program, bring, dataDir, port } = await hostDoomed();
    const ann = await join(port, 'Ann');
    bring('app', kind);
    await program.prints(/^! Something unexpected went wrong .* \(unexpected-error\)$/m);
    ann.say('still here');
    await ann.entry('still here');
    program.type('/who');
    await program.prints(/Here \(2\): .*Ann/);
    program.signal('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(crashesIn(dataDir)).toEqual([expect.stringMatching(CRASH)]);
    expect(crashesIn(dataDir).join()).not.toContain('secret');
    expect(program.stderr).not.toContain('secret');
    ann.crash();
  },
);

test('a chat goes on', async () => {
  const { port } = await openRoom();
  const witness = await join(port, 'Witness');
  const { env, bring } = doomed();
  const place = ['--name', 'Script', '--data-dir', temporaryFolder()];
  const program = new Lanyard(['chat', `127.0.0.1:${port}`, ...place], env);
  await program.prints(/You are in/);
  bring('app');
  await program.prints(/^! Something unexpected went wrong .* \(unexpected-error\)$/m);
  program.type('still here');
  await witness.entry('still here');
  program.endInput();
  expect(await program.ended).toBe(0);
});

test('too much of it within a minute ends the program in an orderly way', async () => {
  const { program, bring, dataDir, port } = await hostDoomed();
  const ann = await join(port, 'Ann');
  bring('app', 'throw', 11);
  expect(await program.ended).toBe(1);
  expect(await ann.ended).toMatchObject({ code: 4001 });
  expect(program.stderr).toMatch(
    /^lanyard: So much went wrong within a minute .* \(unexpected-error\)$/m,
  );
  expect(crashesIn(dataDir)).toHaveLength(11);
  expect(readFileSync(joinPath(dataDir, 'logs/lanyard.log'), 'utf8')).toMatch(/info app-ended\n$/);
});

test('ten times within a minute are survived', async () => {
  const { program, bring, dataDir } = await hostDoomed();
  bring('app', 'reject', 10);
  await program.prints(/\(unexpected-error\)/);
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(crashesIn(dataDir)).toHaveLength(10);
});

test.for(['throw', 'reject'] as const)('while it starts, it ends (%s)', async (kind) => {
  const { env, bring } = doomed();
  bring('app', kind);
  const dataDir = temporaryFolder();
  const program = new Lanyard(['host', '--room', 'Lab 3', '--data-dir', dataDir], env);
  expect(await program.ended).toBe(1);
  expect(program.stderr).toMatch(
    /^lanyard: Something unexpected went wrong, and Lanyard has to end\. .*: crash RangeError \S*misfortune\.ts:\d+:\d+ .*\(unexpected-error\)\n$/,
  );
  expect(program.stderr).not.toContain('secret');
});
