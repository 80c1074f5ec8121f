/** `kill -9` at the host: what was decided about a room holds as soon as everybody has seen it. */
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import { keptActs, lanyard, startChat, startHost, until } from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

test(`M1-M3, K2: bans, mutes, a lock, moderators and invitations outlive the host’s crashes (${WHERE})`, async () => {
  const network = await openNetwork(2);
  onTestFinished(() => network.dispose());
  const [one = expect.unreachable(), two = expect.unreachable()] = network.computers;
  const folders = { host: testFolder(), ann: testFolder(), bob: testFolder(), cem: testFolder() };
  const chat = (address: string, name: string, dataDir: string, typed = '') =>
    lanyard(two, ['chat', address, '--name', name, '--data-dir', dataDir], typed);
  const start = (...options: readonly string[]) =>
    startHost(one, { dataDir: folders.host, options });

  let host = await start('--access=invite', '--invite');
  const ready: { invite: string } = JSON.parse(host.program.output.split('\n')[0] ?? '');
  const ann = startChat(two, ready.invite, 'Ann', folders.ann);
  await ann.line(/You are in/);
  // Who said something can be named when they are gone.
  expect((await chat(ready.invite, 'Bob', folders.bob, 'rubbish\n')).code).toBe(0);
  expect((await chat(ready.invite, 'Cem', folders.cem, 'hello\n')).code).toBe(0);
  /** Types where the room is hosted, and ends it without warning once Ann has seen what it did. */
  const actAndDie = async (...acts: readonly (readonly [command: string, seen: RegExp])[]) => {
    for (const [command] of acts) host.program.write(command);
    for (const [, seen] of acts) await ann.line(seen);
    await host.program.kill();
    host = await start();
  };

  await actAndDie(
    ['/moderator Ann', /\* Host made Ann a moderator/],
    ['/ban Bob', /\* Host banned Bob/],
    ['/mute Cem', /\* Host muted Cem/],
  );
  expect((await chat(host.address, 'Robert', folders.bob)).stderr).toContain('(banned)');
  const muted = await chat(host.address, 'Cem', folders.cem, 'cannot be heard\n');
  expect([muted.code, muted.stderr]).toEqual([1, expect.stringContaining('muted')]);
  expect((await chat(ready.invite, 'Dora', testFolder())).code).toBe(0);
  // A room that is locked lets nobody in, whatever they were given.
  ann.write('/lock');
  await ann.line(/\* Ann locked/);
  await actAndDie(['/slow 1', /\* Host turned slow mode on/]);
  const late = await chat(ready.invite, 'Late', testFolder());
  expect(late.stderr).toContain('(room-locked)');
  // Ann looks after the room still, once she is back after both crashes.
  await until(() => ann.output.match(/You are in ·/g)?.length === 2);
  ann.write('/slow 0');
  await ann.line(/^! The host has decided this/);
  ann.write('/unlock');
  await ann.line(/\* Ann unlocked/);
  expect((await chat(ready.invite, 'Late', testFolder())).code).toBe(0);
  expect((await chat(host.address, 'Stranger', testFolder())).stderr).toContain('(invite-needed)');
  expect(keptActs(folders.host)).toEqual(['appoint', 'ban', 'mute', 'lock', 'slow', 'unlock']);
  expect(await host.program.stop()).toBe(0);
});
