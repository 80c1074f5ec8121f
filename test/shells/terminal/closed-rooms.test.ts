/** K1-K5, I3, I5: closed rooms, other keys and other addresses, from the command line. */
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join as joinPath } from 'node:path';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../support/foreign-port.ts';
import { hostRoom, Lanyard, temporaryFolder } from '../../support/lanyard.ts';
import { whyNoTerminal } from './terminal.ts';

const SIX_WORDS = /(?:[a-z]+ ){5}[a-z]+/;

/** A file whose first line is this. */
function fileWith(line: string): string {
  const file = joinPath(temporaryFolder(), 'passphrase');
  writeFileSync(file, `${line}\r\nwhat follows is none of it\n`);
  return file;
}

/** Chats with a keyboard and a screen. */
function atTerminal(args: readonly string[]): Lanyard {
  return new Lanyard(['chat', ...args], {}, 'terminal');
}

/** Chats as whoever has the folder, to the end of the lines. */
async function chatFrom(folder: string, args: readonly string[], lines: readonly string[] = []) {
  const program = new Lanyard(['chat', ...args, '--data-dir', folder]);
  for (const line of lines) program.type(line);
  program.endInput();
  return { code: await program.ended, stdout: program.stdout, stderr: program.stderr };
}

/** Whether anybody listens there. */
async function isOpen(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('K1: a room with a passphrase', () => {
  const PASSPHRASE = 'correct horse battery staple';

  const hostWithPassphrase = () =>
    hostRoom('--access=passphrase', '--passphrase-file', fileWith(PASSPHRASE));

  test('lets scripts in that have it in a file, and once in for good', async () => {
    const { program, address } = await hostWithPassphrase();
    expect(JSON.parse(program.stdout)).toMatchObject({ access: 'passphrase' });
    const folder = temporaryFolder();
    const without = await chatFrom(folder, [address]);
    expect([without.code, without.stdout]).toEqual([1, '']);
    expect(without.stderr).toMatch(/^lanyard: .+--passphrase-file\. \(passphrase-not-given\)\n$/);
    const wrong = await chatFrom(folder, [address, '--passphrase-file', fileWith('a guess')]);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('(passphrase-wrong)')]);
    const typed = await chatFrom(
      folder,
      [address, '--passphrase-file=-'],
      [PASSPHRASE, 'this is said'],
    );
    expect(typed.code).toBe(0);
    expect(typed.stdout).toContain(': this is said');
    expect(typed.stdout).not.toContain(PASSPHRASE);
    expect((await chatFrom(folder, [address])).code).toBe(0);
    const right = ['--passphrase-file', fileWith(PASSPHRASE)];
    expect((await chatFrom(temporaryFolder(), [address, ...right])).code).toBe(0);
  });

  test('can be told its passphrase by a pipe, and keeps it through restarts', async () => {
    const folder = temporaryFolder();
    const host = ['host', '--room=Lab 3', '--json', '--data-dir', folder];
    const first = new Lanyard([...host, '--access=passphrase', '--passphrase-file=-']);
    first.type(PASSPHRASE);
    await first.prints(/"ready":true/);
    first.signal('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = new Lanyard(host);
    const [, port] = await second.prints(/"access":"passphrase".*"port":(\d+)/);
    const address = `127.0.0.1:${port}`;
    expect((await chatFrom(temporaryFolder(), [address])).code).toBe(1);
    const right = ['--passphrase-file', fileWith(PASSPHRASE)];
    expect((await chatFrom(temporaryFolder(), [address, ...right])).code).toBe(0);
  });

  test('a file that is not there, and one that is empty', async () => {
    const host = ['host', '--room=Lab 3', '--data-dir', temporaryFolder(), '--access=passphrase'];
    const missing = new Lanyard([...host, '--passphrase-file=/nowhere/at/all']);
    await missing.prints(/^lanyard: .+\(ENOENT\).+\(passphrase-unreadable\)$/m);
    expect(await missing.ended).toBe(1);
    const empty = new Lanyard([...host, '--passphrase-file', fileWith('')]);
    await empty.prints(/\(passphrase-empty\)/);
    expect(await empty.ended).toBe(1);
  });

  const noTerminal = whyNoTerminal();
  const note = noTerminal === null ? '' : ` (skipped: ${noTerminal})`;

  test.skipIf(noTerminal !== null)(
    `is asked of a person three times, and never shown${note}`,
    async () => {
      const { address } = await hostWithPassphrase();
      const folder = temporaryFolder();
      const ann = atTerminal([address, '--name=Ann', '--data-dir', folder]);
      await ann.prints(/has a passphrase[^]*Passphrase: $/);
      ann.type('a wild guess');
      await ann.prints(/not the passphrase of this room[^]*Passphrase: $/);
      ann.type(PASSPHRASE);
      await ann.prints(/You are in “Lab 3”/);
      // What was typed last is what the arrow key brings back: not that.
      ann.type('\u001b[Aafter the arrow key');
      await ann.prints(/Ann: after the arrow key/);
      ann.type('/quit');
      expect(await ann.ended).toBe(0);
      for (const secret of ['wild', 'horse']) expect(ann.stdout).not.toContain(secret);

      const bo = atTerminal([address, '--data-dir', temporaryFolder()]);
      for (let tries = 1; tries <= 3; tries += 1) {
        await bo.prints(new RegExp(`(Passphrase: [^]*){${tries}}$`));
        bo.type('another guess');
      }
      await bo.prints(/\(passphrase-wrong\)/);
      expect(await bo.ended).toBe(1);
    },
  );
});

test('K2: --invite prints a link that lets anybody in who has it, and the room nobody else', async () => {
  const { program, address } = await hostRoom('--access=invite', '--invite');
  const ready: { invite: string; access: string } = JSON.parse(program.stdout);
  expect(ready.access).toBe('invite');
  expect(ready.invite).toMatch(/^lanyard:\/\/.+&invite=[\w-]{22,}$/);
  const stranger = await chatFrom(temporaryFolder(), [address]);
  expect([stranger.code, stranger.stdout]).toEqual([1, '']);
  expect(stranger.stderr).toContain('(invite-needed)');
  for (const name of ['Ann', 'Bo']) {
    const folder = temporaryFolder();
    const invited = await chatFrom(folder, [ready.invite, '--name', name], ['hello']);
    expect(invited).toMatchObject({ code: 0, stderr: '' });
    expect(invited.stdout).toContain(`${name}: hello`);
    // The link is needed once.
    expect((await chatFrom(folder, [address])).code).toBe(0);
  }
  const cut = await chatFrom(temporaryFolder(), [ready.invite.slice(0, -1)]);
  expect(cut.stderr).toContain('(invite-invalid)');
});

test('in words, an invitation and the fingerprint stand where a person sees them', async () => {
  const options = ['--access=invite', '--invite', '--data-dir', temporaryFolder()];
  const program = new Lanyard(['host', '--room', 'Lab 3', ...options]);
  await program.prints(/Press Ctrl\+C/);
  expect(program.stdout).toMatch(/^Hosting “Lab 3” on port \d+, for the invited only\.$/m);
  expect(program.stdout).toMatch(/^ {2}Invitation {2}lanyard:\/\/\S+ \(lasts a day\)$/m);
  expect(program.stdout).toMatch(new RegExp(`^  Fingerprint ${SIX_WORDS.source}$`, 'm'));
});

test('X1: a host that lost its key has a new room, and those of before keep what was said', async () => {
  const hosts = temporaryFolder();
  // Not the usual port: another test's room may be there once this one is closed.
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const host = ['host', '--room=Lab 3', '--json', `--port=${port}`, '--data-dir', hosts];
  const first = new Lanyard(host);
  const [, before] = await first.prints(/"id":"([\w-]+)"/);
  const anns = temporaryFolder();
  expect((await chatFrom(anns, [address], ['hello'])).code).toBe(0);
  first.signal('SIGTERM');
  await first.ended;
  rmSync(joinPath(hosts, 'identity.json'));
  const second = new Lanyard(host);
  const [, now] = await second.prints(/"id":"([\w-]+)"/);
  expect(now).not.toBe(before);

  expect(await chatFrom(anns, [address], ['hello again'])).toMatchObject({ code: 0, stderr: '' });
  const found = new Lanyard(['search', 'hello', '--data-dir', anns]);
  await found.ended;
  expect(found.stdout.match(/: hello/g)).toHaveLength(2);
});

/** Not on the usual port: another test's room may be there at the other address. */
const hostAlone = async (...options: readonly string[]) =>
  hostRoom(...options, `--port=${await freePort()}`);

describe('I5: where a room listens', () => {
  const other = Object.values(networkInterfaces())
    .flatMap((infos) => infos ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  const note = other ? '' : ' (skipped: this computer has no address but the loopback’s)';

  test.skipIf(!other)(`without TLS, at the loopback alone, and loudly${note}`, async () => {
    const { program, port } = await hostAlone('--transport=plain');
    expect(JSON.parse(program.stdout)).toMatchObject({
      encrypted: false,
      addresses: [`127.0.0.1:${port}`],
      link: `ws://127.0.0.1:${port}/`,
    });
    await program.prints(/^! Nothing in this room is encrypted.+\(transport-plain\)$/m);
    expect(await isOpen('127.0.0.1', port)).toBe(true);
    expect(await isOpen(other?.address ?? '', port)).toBe(false);
    const ann = await chatFrom(temporaryFolder(), [`ws://127.0.0.1:${port}`], ['in clear']);
    expect(ann).toMatchObject({ code: 0, stdout: expect.stringContaining(': in clear') });
  });

  test.skipIf(!other)(`--listen: at that address alone${note}`, async () => {
    const { program, port } = await hostAlone('--listen', other?.address ?? '');
    expect(JSON.parse(program.stdout)).toMatchObject({ addresses: [`${other?.address}:${port}`] });
    expect(await isOpen(other?.address ?? '', port)).toBe(true);
    expect(await isOpen('127.0.0.1', port)).toBe(false);
  });

  test.skipIf(!other)(`--listen=0.0.0.0: at all addresses, and it says which${note}`, async () => {
    const { program, port } = await hostAlone('--listen=0.0.0.0');
    expect(program.stdout).toContain(`"${other?.address}:${port}"`);
    expect(program.stdout).not.toContain('0.0.0.0');
    expect(await isOpen(other?.address ?? '', port)).toBe(true);
    expect(await isOpen('127.0.0.1', port)).toBe(true);
  });

  test('--listen with an address of another computer', async () => {
    const place = ['--listen=192.0.2.199', '--data-dir', temporaryFolder()];
    const program = new Lanyard(['host', '--room=Lab 3', ...place]);
    await program.prints(/--listen\. \(address-not-here\)/);
    expect(await program.ended).toBe(1);
    // Not a word more: dozens of ports were tried.
    expect(program.stderr).toMatch(/^lanyard: .+\n$/);
  });
});
