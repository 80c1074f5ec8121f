/** O5: `lanyard chat` as scripts use it. */
import { writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../support/foreign-port.ts';
import { chat, Lanyard, run, temporaryFolder } from '../../support/lanyard.ts';
import { openRoom } from '../../support/open-room.ts';
import { join } from '../../support/protocol-member.ts';
import { startRelay } from '../../support/relay.ts';
import { whyNoTerminal } from './terminal.ts';

test('D5: what is no address is told of in a sentence', async () => {
  const said = /^lanyard: That is not an address\. [^\n]+ \(address-invalid\)\n$/;
  for (const address of ['192.168.1.08', 'lab.3', 'ws://192.168.1.09', 'lanyard://10.0.0.010/r']) {
    const { code, stdout, stderr } = await chat([address], []);
    expect([code, stdout], address).toEqual([1, '']);
    expect(stderr, address).toMatch(said);
  }
});

/** A room with somebody in it, and its address. */
async function room() {
  const { port } = await openRoom();
  const witness = await join(port, 'Witness');
  return { port, witness, address: `127.0.0.1:${port}` };
}

/** Somebody at a keyboard: lines are typed one at a time. */
async function comeIn(address: string, name: string): Promise<Lanyard> {
  const program = new Lanyard(['chat', address, '--name', name, '--data-dir', temporaryFolder()]);
  await program.prints(/You are in “Lab 3”/);
  return program;
}

/** What a test settles for when nothing happens. */
function patience(ms: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('too late'), ms).unref();
  });
}

test('what is piped in is said line by line, and the end comes when all was accepted', async () => {
  const { witness, address } = await room();
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  const { code, stderr } = await chat([address, '--name', 'Script'], lines);
  expect([code, stderr]).toEqual([0, '']);
  await witness.change('left', 'Script');
  expect(witness.texts).toEqual(lines);
});

test('O5: what others say is printed with their name before it', async () => {
  const { witness, address } = await room();
  const script = await comeIn(address, 'Script');
  witness.say('hello\nthere \u001b[31m');
  await script.prints(/^\d\d:\d\d Witness: hello\n {6}there \ufffd\[31m$/m);
});

test('what was said before is printed on coming in', async () => {
  const { witness, address } = await room();
  witness.say('earlier');
  await witness.entry('earlier');
  const { stdout } = await chat([address, '--name', 'Late'], []);
  expect(stdout).toMatch(/^\* Here \(2\): Witness, Late$/m);
  expect(stdout).toContain('Witness: earlier');
});

test('S3: a line with nothing to be seen in it is not said, and its script has failed', async () => {
  const { witness, address } = await room();
  const { code, stderr } = await chat([address, '--name', 'Script'], ['\u200b\u00ad', 'seen']);
  expect([code, stderr]).toEqual([1, '! There is nothing to send. Type a message first.\n']);
  await witness.change('left', 'Script');
  expect(witness.texts).toEqual(['seen']);
});

const noTerminal = whyNoTerminal();
const note = noTerminal === null ? '' : ` (skipped: ${noTerminal})`;

test.skipIf(noTerminal !== null).for(['quit', '/quit'])(`O5: %s leaves${note}`, async (word) => {
  const { witness, address } = await room();
  const options = ['--name', 'Script', '--data-dir', temporaryFolder()];
  const typist = new Lanyard(['chat', address, ...options], {}, 'terminal');
  await typist.prints(/You are in “Lab 3”/);
  typist.type(word);
  expect(await typist.ended).toBe(0);
  expect((await witness.change('left', 'Script')).reason).toBe('left');
});

test.skipIf(noTerminal !== null).for([
  ['\u0003', 130],
  ['\u0004', 0],
] as const)(`%j leaves a terminal in order${note}`, async ([key, code]) => {
  const { witness, address } = await room();
  const options = ['--name', 'Script', '--data-dir', temporaryFolder()];
  const typist = new Lanyard(['chat', address, ...options], {}, 'terminal');
  await typist.prints(/Here \(2\)[^]*> /);
  typist.pipe(key);
  expect(await typist.ended).toBe(code);
  expect((await witness.change('left', 'Script')).reason).toBe('left');
  expect(typist.stdout).not.toMatch(/^ +at /m);
});

test('O12, O13: /who and /rename', async () => {
  const { witness, address } = await room();
  const script = await comeIn(address, 'Script');
  script.type('/rename Robot 7');
  await witness.change('renamed', 'Robot 7');
  await script.prints(/\* Script is now Robot 7 · 2 people in the room/);
  script.type('/who');
  await script.prints(/^\* Here \(2\): Witness, Robot 7$/m);
});

test('lines of spaces are not said', async () => {
  const { witness, address } = await room();
  const { code } = await chat([address], ['', '   ', 'something']);
  expect(code).toBe(0);
  const entry = await witness.entry('something');
  expect(entry.seq).toBe(1);
});

test('a name that is taken gets a number', async () => {
  const { address } = await room();
  const { stdout } = await chat([address, '--name', 'witness'], []);
  expect(stdout).toContain('Witness, witness 2');
});

test('O9, O10: a connection that breaks is said, and what was typed gets through after it', async () => {
  const { port, witness } = await room();
  const relay = await startRelay(port);
  const script = await comeIn(`127.0.0.1:${relay.port}`, 'Script');
  relay.cut();
  await script.prints(/\* Trying again in \d+ s \(connection-lost\)/);
  script.type('typed in the dark');
  script.endInput();
  relay.mend();
  await witness.entry('typed in the dark');
  expect(await script.ended).toBe(0);
});

describe('exit code 1: it could not be done', () => {
  test('a text that is too long, and the others are said all the same', async () => {
    const { witness, address } = await room();
    const { code, stderr } = await chat([address], ['before', 'x'.repeat(5_000), 'after']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^! A message can have at most 4,000 characters/);
    await witness.entry('before');
    await witness.entry('after');
  });

  test('a name that is taken', async () => {
    const { address } = await room();
    const { code, stderr } = await chat([address], ['/rename WITNESS']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('already has that name')]);
  });

  test('a command there is not', async () => {
    const { address } = await room();
    const { code, stderr } = await chat([address], ['/dance']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no /dance')]);
  });

  test('nobody listens at the address', async () => {
    const { code, stdout, stderr } = await chat([`127.0.0.1:${await freePort()}`], ['hi']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^lanyard: Nothing answers at this address\. .+ \(refused-connection\)$/m,
    );
  });

  test('nor does a room of an earlier start, left long ago, add anything to that', async () => {
    const { address } = await room();
    const folder = ['--data-dir', temporaryFolder()];
    expect((await run('chat', address, ...folder)).code).toBe(0);
    const { code, stdout, stderr } = await run('chat', `127.0.0.1:${await freePort()}`, ...folder);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^lanyard: Nothing answers .+ \(refused-connection\)\n$/);
  });

  test.for([
    ['nobody.invalid', 'address-not-found'],
    ['300.1.2.3', 'address-invalid'],
  ] as const)('an address that leads nowhere: %s', async ([address, reason]) => {
    const { code, stderr } = await chat([address], []);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`(${reason})`)]);
  });

  test('a name that cannot be one', async () => {
    const { address } = await room();
    const { code, stderr } = await chat([address, '--name', '\u202egnp'], []);
    expect([code, stderr]).toEqual([1, expect.stringContaining('(name-not-allowed)')]);
  });
});

test('the end of the room is the end, with the reason', async () => {
  const server = await openRoom();
  const script = await comeIn(`127.0.0.1:${server.port}`, 'Script');
  await server.stop();
  await script.prints(/^\* The host closed the room\.$/m);
  expect(await script.ended).toBe(0);
});

test('leaving does not wait for a room that has gone silent', async () => {
  const { port, witness } = await room();
  const relay = await startRelay(port);
  const script = await comeIn(`127.0.0.1:${relay.port}`, 'Script');
  relay.freeze();
  const left = script.ended;
  script.type('/quit');
  // Long before the connection would count as lost.
  expect(await Promise.race([left, patience(10_000)])).toBe(0);
  witness.crash();
});

test.for(['SIGINT', 'SIGTERM'] as const)('%s leaves properly', async (signal) => {
  const { witness, address } = await room();
  const script = await comeIn(address, 'Script');
  script.signal(signal);
  expect((await witness.change('left', 'Script')).reason).toBe('left');
  expect(await script.ended).toBe(130);
});

test('settings that cannot be kept are a warning, not the end', async () => {
  const { witness, address } = await room();
  const file = joinPath(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const script = new Lanyard(['chat', address, '--data-dir', joinPath(file, 'below')]);
  await script.prints(/^! Lanyard cannot write to .+below.*--data-dir\. \(data-dir-unwritable\)$/m);
  script.type('here all the same');
  script.endInput();
  await witness.entry('here all the same');
  expect(await script.ended).toBe(0);
});
