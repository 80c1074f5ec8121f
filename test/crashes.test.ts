/** What becomes of a Lanyard in which something throws that nobody expected. */
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endingError } from '../main/crashes.ts';
import { until } from './durability/lanyard.ts';
import { doomed } from './support/bring-misfortune.ts';
import { freePort, occupyPort } from './support/foreign-port.ts';
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
  const { env, bring } = doomed(temporaryFolder());
  const dataDir = temporaryFolder();
  // Not a usual one: another test's room would take it in the moment in which it is free.
  const port = await freePort();
  const place = [`--port=${port}`, '--data-dir', dataDir];
  const program = new Lanyard(['host', '--room=Lab 3', '--name=Host', ...place], env);
  await program.prints(/Press Ctrl\+C/);
  return { program, bring, dataDir, port };
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
  const { env, bring } = doomed(temporaryFolder());
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
    /^lanyard: So much went wrong within a minute .* \(too-many-errors\)$/m,
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
  const { env, bring } = doomed(temporaryFolder());
  bring('app', kind);
  const dataDir = temporaryFolder();
  const program = new Lanyard(['host', '--room', 'Lab 3', '--data-dir', dataDir], env);
  expect(await program.ended).toBe(1);
  expect(program.stderr).toMatch(
    /^lanyard: Something unexpected went wrong, and Lanyard has to end\. .*: crash RangeError \S*misfortune\.ts:\d+:\d+ .*\(cannot-go-on\)\n$/,
  );
  expect(program.stderr).not.toContain('secret');
});

describe('what the thread of a hub does not expect', () => {
  test.for(['throw', 'reject'] as const)(
    '(%s) begins the hub anew, in the same place',
    async (kind) => {
      const { program, bring, dataDir, port } = await hostDoomed();
      const ann = await join(port, 'Ann');
      ann.say('before');
      await ann.entry('before');
      bring('hub', kind);
      expect((await ann.ended).code).toBe(1006);
      await program.prints(
        /^! Something unexpected went wrong .* opened it anew\. .* \(hub-restarted\)$/m,
      );
      const again = await join(port, 'Ann');
      expect((await again.welcome()).room).toEqual((await ann.welcome()).room);
      expect(await again.entry('before')).toEqual(await ann.entry('before'));
      // The host itself comes back, and what it asks of its hub is done.
      await program.prints(/You are out \(connection-lost\)[^]*You are in/);
      program.type('/slow 7');
      await again.done('act/settings', { slowSeconds: 7 });
      program.signal('SIGTERM');
      expect(await program.ended).toBe(0);
      expect((await again.ended).code).toBe(4001);
      expect(crashesIn(dataDir)).toEqual([expect.stringMatching(CRASH)]);
    },
  );

  test('begins it elsewhere when another program was faster', async () => {
    const { program, bring, port } = await hostDoomed();
    const ann = await join(port, 'Ann');
    ann.say('before');
    await ann.entry('before');
    bring('hub');
    await ann.ended;
    await occupyPort(port);
    const [, moved] = await program.prints(/ opened it anew, at port (\d+): .* \(hub-moved\)$/m);
    const again = await join(Number(moved), 'Ann');
    expect(await again.entry('before')).toEqual(await ann.entry('before'));
    program.signal('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  test('ends the room when it happens again and again, in a sentence', async () => {
    const { program, bring, dataDir, port } = await hostDoomed();
    for (let time = 1; time <= 4; time += 1) {
      const ann = await join(port, 'Ann');
      bring('hub');
      await ann.ended;
      // It is logged once there is a hub again.
      if (time < 4) await until(() => crashesIn(dataDir).length === time);
    }
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(/^! .* could not open it anew\. .* \(hub-gone\)$/m);
    expect(program.stderr).toMatch(/^lanyard: .* \(hub-failed\)$/m);
    expect(crashesIn(dataDir)).toHaveLength(4);
  });
});

test('why it ends: what the system says names a file, anything else may name a secret', () => {
  const full = new Error("ENOSPC: no space left on device, mkdir '/data'");
  expect(endingError(Object.assign(full, { syscall: 'mkdir' })).message).toContain(full.message);
  expect(endingError(new RangeError('a secret')).message).toMatch(/: crash RangeError .*crashes/);
  expect(endingError(new RangeError('a secret')).message).not.toContain('secret');
  expect(endingError('a secret').message).toContain(': crash string.');
});
