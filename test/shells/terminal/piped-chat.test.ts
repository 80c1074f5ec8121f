/** `lanyard chat` with what scripts pipe in: all of it is said, or it is told how much was not. */
import { expect, test } from 'vitest';
import { chat, endOf, hostRoom, Lanyard, temporaryFolder } from '../../support/lanyard.ts';
import { openRoom } from '../../support/open-room.ts';
import { join } from '../../support/protocol-member.ts';

async function room() {
  const server = await openRoom();
  const witness = await join(server.port, 'Witness');
  return { server, witness, address: `127.0.0.1:${server.port}` };
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `line ${index + 1}`);
}

/** Chats with this as its input. */
async function chatWith(address: string, input: string | Uint8Array) {
  const program = new Lanyard(['chat', address, '--data-dir', temporaryFolder()]);
  program.pipe(input);
  return endOf(program);
}

/** How many lines it says were not accepted. */
function leftIn(stderr: string): number {
  return Number(
    /^! (\d+) lines? (?:was|were) not accepted\..*\(lines-not-accepted\)$/m.exec(stderr)?.[1],
  );
}

test('O5: quit is a word like any other, and what follows it is said', async () => {
  const { witness, address } = await room();
  const lines = ['last words', 'quit', ' quit ', 'and more'];
  const { code, stderr } = await chat([address], lines);
  expect([code, stderr]).toEqual([0, '']);
  await witness.entry('and more');
  expect(witness.texts).toEqual(['last words', 'quit', 'quit', 'and more']);
});

test('O5: /quit leaves, and what follows it is counted', async () => {
  const { witness, address } = await room();
  const { code, stderr } = await chat(
    [address, '--name', 'Script'],
    ['said', '/quit', 'one', '', 'two'],
  );
  expect([code, leftIn(stderr)]).toEqual([1, 2]);
  expect(stderr).toBe('! 2 lines were not accepted. (lines-not-accepted)\n');
  await witness.change('left', 'Script');
  expect(witness.texts).toEqual(['said']);
  expect((await chat([address], ['said too', '/quit', ''])).code).toBe(0);
});

test.each(['utf8', 'utf16le'] as const)(
  'a file of an editor on Windows, in %s: a mark before a command, no end after the last line',
  async (encoding) => {
    const { witness, address } = await room();
    const input = Buffer.from('\ufeff/rename Robot\r\na\0b\r\ntwo', encoding);
    const { code, stdout, stderr } = await chatWith(address, input);
    expect([code, stderr]).toEqual([0, '']);
    await witness.entry('two');
    expect(witness.texts).toEqual(['a\0b', 'two']);
    expect(stdout).toContain('Robot: a\u{fffd}b\n');
  },
);

test('what is no text is not said, and the rest is', async () => {
  const { witness, address } = await room();
  const input = Buffer.concat([
    Buffer.from('before\n'),
    Buffer.of(0xff, 0xd8, 0x0a),
    Buffer.from('after'),
  ]);
  const { code, stderr } = await chatWith(address, input);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^! A line that is not UTF-8 text was left out\. .+\n$/);
  await witness.entry('after');
  expect(witness.texts).toEqual(['before', 'after']);
});

test('a room that closes in the middle: what was not accepted is counted', async () => {
  const { server, witness, address } = await room();
  const script = new Lanyard(['chat', address, '--data-dir', temporaryFolder()]);
  for (const line of numbered(1_000)) script.type(line);
  await witness.entry('line 10');
  await server.stop();
  const { code, stdout, stderr } = await endOf(script);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^\* The host closed the room\.\n! \d+ lines were not accepted\. .+\n$/);
  const said = stdout.match(/: line \d+$/gm)?.length ?? 0;
  expect(said).toBeGreaterThanOrEqual(10);
  expect(leftIn(stderr)).toBe(1_000 - said);
});

test('so it is for who is banned in the middle, and who is interrupted', async () => {
  const { program, address } = await hostRoom();
  const talk = async (name: string) => {
    const folder = temporaryFolder();
    const script = new Lanyard(['chat', address, '--name', name, '--data-dir', folder]);
    for (const line of numbered(500)) script.type(line);
    await script.prints(new RegExp(`${name}: line 5$`, 'm'));
    return script;
  };
  const banned = await talk('Script');
  program.type('/ban Script');
  const end = await endOf(banned);
  expect(end.code).toBe(1);
  expect(leftIn(end.stderr)).toBeGreaterThan(300);

  const interrupted = await talk('Robot');
  interrupted.signal('SIGTERM');
  const { code, stderr } = await endOf(interrupted);
  expect(code).toBe(130);
  expect(leftIn(stderr)).toBeGreaterThan(300);
  expect(stderr).toMatch(/ \d+ of them go out when you are in this room again\./);
});
