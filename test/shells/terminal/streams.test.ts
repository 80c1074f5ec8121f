/** A terminal whose input or output is not what it should be. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { CLI } from '../../durability/lanyard.ts';
import { freePort } from '../../support/foreign-port.ts';
import { temporaryFolder } from '../../support/lanyard.ts';
import { openRoom } from '../../support/open-room.ts';
import { join } from '../../support/protocol-member.ts';

/** On Linux, what is written there finds no room, and reading this fails. */
const FULL = '/dev/full';
const UNREADABLE = '/proc/self/mem';
const onLinux = test.skipIf(!existsSync(FULL) || !existsSync(UNREADABLE));

/** Starts a Lanyard with streams of its own. */
function start(args: readonly string[], input: number | 'ignore', output: number | 'ignore') {
  const options = { stdio: [input, output, 'pipe'] } satisfies SpawnOptions;
  const child: ChildProcess = spawn(process.execPath, [CLI, ...args], options);
  const ended = once(child, 'exit').then(([code]: unknown[]) => code);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const { stderr } = child;
  if (!stderr) throw new Error('its errors go through a pipe');
  return { child, ended, stderr: text(stderr), complains: once(stderr, 'data') };
}

function opened(path: string, how: 'r' | 'w'): number {
  const file = openSync(path, how);
  onTestFinished(() => closeSync(file));
  return file;
}

onLinux('a host that cannot print goes on, and says so once', async () => {
  const port = await freePort();
  const args = ['host', '--room=Lab 3', `--port=${port}`, '--data-dir', temporaryFolder()];
  const { child, ended, stderr, complains } = start(args, 'ignore', opened(FULL, 'w'));
  await complains;
  for (const name of ['Ann', 'Bo']) {
    const member = await join(port, name);
    member.say('hello');
    await member.entry('hello');
    member.crash();
  }
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
  expect(await stderr).toMatch(/^lanyard: [^\n]+ \(storage-full\)\n$/);
});

onLinux('a host goes on without an input that can be read', async () => {
  const port = await freePort();
  const args = ['host', '--room=Lab 3', `--port=${port}`, '--data-dir', temporaryFolder()];
  const { child, ended, stderr, complains } = start(args, opened(UNREADABLE, 'r'), 'ignore');
  await complains;
  const ann = await join(port, 'Ann');
  ann.crash();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await stderr).toMatch(/^! [^\n]+ \(EIO\)\. [^\n]+\n$/);
});

onLinux('a chat without an input that can be read has failed, in a sentence', async () => {
  const { port } = await openRoom();
  const args = ['chat', `127.0.0.1:${port}`, '--data-dir', temporaryFolder()];
  const { ended, stderr } = start(args, opened(UNREADABLE, 'r'), 'ignore');
  expect(await ended).toBe(1);
  expect(await stderr).toMatch(/^! [^\n]+ \(EIO\)\. [^\n]+\n$/m);
});
