/** M1-M3: looking after a room with what is typed in a chat, and where a room is hosted. */
import { expect, test } from 'vitest';
import { fingerprintWords } from '../../../main/identity/fingerprint.ts';
import { Lanyard, temporaryFolder } from '../../support/lanyard.ts';
import { join } from '../../support/protocol-member.ts';

/** A room without a window, and where it is. */
async function openRoom() {
  const folder = temporaryFolder();
  const host = new Lanyard(['host', '--room=Lab 3', '--name=Hugo', '--data-dir', folder]);
  const [, port] = await host.prints(/on port (\d+)/);
  return { host, port: Number(port) };
}

/** Somebody in a terminal who looks after the room. */
async function moderatorIn(host: Lanyard, port: number, name: string): Promise<Lanyard> {
  const person = ['--name', name, '--data-dir', temporaryFolder()];
  const program = new Lanyard(['chat', `127.0.0.1:${port}`, ...person]);
  // Who is named where the room is hosted has to be known there.
  await host.prints(new RegExp(`\\* ${name} came in`));
  host.type(`/moderator ${name}`);
  await program.prints(new RegExp(`\\* Hugo made ${name} a moderator`));
  return program;
}

test('a moderator is appointed where the room is hosted, bans and lifts, and all see it', async () => {
  const { host, port } = await openRoom();
  const mona = await moderatorIn(host, port, 'Mona');
  const bob = await join(port, 'Bob the Builder');
  bob.say('rubbish');
  await mona.prints(/Bob the Builder: rubbish/);
  mona.type('/who');
  await mona.prints(/^\* Here \(3\): Hugo \(host\), Mona \(moderator\), Bob the Builder$/m);

  mona.type('/mute Bob the Builder');
  await mona.prints(/\* Mona muted Bob the Builder/);
  mona.type('/who');
  await mona.prints(/Bob the Builder \(muted\)$/m);
  mona.type('/unmute bob the builder');
  await bob.actEntry('unmute', bob.id);
  mona.type('/remove Bob the Builder');
  expect((await bob.ended).reason).toBe('removed');
  const back = await join(port, 'Bob the Builder');
  mona.type('/ban  Bob the Builder ');
  expect((await back.ended).reason).toBe('banned');
  await host.prints(/\* Mona banned Bob the Builder/);
  mona.type('/bans');
  await mona.prints(/^\* Bob the Builder was banned by Mona, 20\d\d-\d\d-\d\d \d\d:\d\d$/m);
  await expect(join(port, 'Bob', { as: bob.identity })).rejects.toThrow('banned');
  // He is not here any more: the list of bans knows him.
  host.type('/lift Bob the Builder');
  await mona.prints(/\* Hugo lifted the ban on Bob the Builder/);
  expect((await join(port, 'Bob the Builder')).id).toBe(bob.id);
  expect(host.stdout).not.toContain('rubbish');
});

test('somebody who left is named all the same, if the log knows them', async () => {
  const { host, port } = await openRoom();
  const bob = await join(port, 'Bob');
  const ann = await join(port, 'Ann');
  bob.say('and away');
  await ann.entry('and away');
  // Far behind what the window of the log shows at once.
  for (let line = 1; line <= 150; line += 1) ann.say(`line ${line}`);
  await ann.entry('line 150');
  bob.crash();
  await host.prints(/Bob lost the connection/);
  host.type('/ban Bob');
  await ann.actEntry('ban', bob.id);
  host.type('/ban Nobody');
  await host.prints(/^! Nobody called Nobody is here or in the log\.$/m);
  host.type('/ban');
  await host.prints(/^! Say whom/m);
});

test('lock, unlock and slow mode', async () => {
  const { host, port } = await openRoom();
  const ann = await join(port, 'Ann');
  host.type('/lock');
  await ann.done('act/settings', { locked: true });
  await expect(join(port, 'Stranger')).rejects.toThrow('not-admitted');
  host.type('/unlock');
  await ann.done('act/settings', { locked: false });
  host.type('/slow 3601');
  await host.prints(/^! Type from 0 to 3600 seconds behind \/slow; 0 ends it\.$/m);
  host.type('/slow 60');
  await ann.done('act/settings', { slowSeconds: 60 });
  ann.say('first', 'm1');
  ann.say('second', 'm2');
  expect(await ann.refused('slow-mode', 'm2')).toMatchObject({ seconds: expect.any(Number) });
  host.type('nothing is said from here');
  await host.prints(/^! Nothing is said from here\./m);
});

test('what one may not do is refused, and a script hears of it by its exit code', async () => {
  const { host, port } = await openRoom();
  const mona = await moderatorIn(host, port, 'Mona');
  mona.type('/moderator Hugo');
  await mona.prints(/^! Only those who look after the room may do this/m);
  const ann = new Lanyard(['chat', `127.0.0.1:${port}`, '--data-dir', temporaryFolder()]);
  ann.type('/ban Hugo');
  ann.type('/bans');
  ann.endInput();
  expect(await ann.ended).toBe(1);
  expect(ann.stderr.match(/^! Only those who look after/gm)).toHaveLength(2);
  host.type('/member Mona');
  await mona.prints(/\* Hugo made Mona a member like the others/);
  mona.type('/lock');
  await mona.prints(/(?:^! Only those who[^]*){2}/m);
});

test('I1: /fingerprint tells one’s own words and those of others', async () => {
  const { host, port } = await openRoom();
  const [, hosts] = await host.prints(/^ {2}Fingerprint ([a-z ]+)$/m);
  const bob = await join(port, 'Bob');
  const ann = new Lanyard(['chat', `127.0.0.1:${port}`, '--data-dir', temporaryFolder()]);
  ann.type('/fingerprint Hugo');
  ann.type('/fingerprint Bob');
  ann.type('/fingerprint');
  ann.endInput();
  expect(await ann.ended).toBe(0);
  expect(ann.stdout).toContain(`* Hugo: ${hosts}\n`);
  expect(ann.stdout).toContain(`* Bob: ${fingerprintWords(bob.id).join(' ')}\n`);
  expect(ann.stdout).toMatch(/^\* You: ([a-z]+ ){5}[a-z]+$/m);
});

test('the end of the input ends no room', async () => {
  const { host, port } = await openRoom();
  host.endInput();
  const ann = await join(port, 'Ann');
  ann.say('still here');
  await ann.entry('still here');
  host.signal('SIGTERM');
  expect(await host.ended).toBe(0);
});
