/** `lanyard host`, `lanyard open` and the command line itself, as child processes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { occupyPort } from '../../support/foreign-port.ts';
import { hostRoom, Lanyard, run, temporaryFolder } from '../../support/lanyard.ts';
import { join } from '../../support/protocol-member.ts';

test.for(['SIGINT', 'SIGTERM'] as const)(
  'with --json: one line when ready, then %s says goodbye',
  async (signal) => {
    const { program, port } = await hostRoom('--name', 'Ann');
    const ready: unknown = JSON.parse(program.stdout);
    expect(ready).toMatchObject({
      ready: true,
      id: expect.stringMatching(/^[\w-]{43}$/),
      room: 'Lab 3',
      port,
      addresses: expect.arrayContaining([expect.stringMatching(new RegExp(`:${port}$`))]),
      link: expect.stringMatching(/^lanyard:\/\/.+\/[\w-]{43}\?key=[\w-]{44}$/),
      access: 'open',
      encrypted: true,
      fingerprint: expect.stringMatching(/^([a-z]+ ){5}[a-z]+$/),
    });
    const guest = await join(port, 'Bo');
    expect((await guest.welcome()).roster).toMatchObject([
      { name: 'Ann', role: 'host' },
      { role: 'member' },
    ]);
    guest.say('hi');
    await guest.entry('hi');
    program.signal(signal);
    expect(await guest.ended).toEqual({ code: 4001, reason: 'room-closed' });
    expect(await program.ended).toBe(0);
    expect(program.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(program.stderr).toBe('');
  },
);

test('without --json it says in words where it is and who comes, not what is said', async () => {
  const program = new Lanyard(['host', '--room', 'Lab 3', '--data-dir', temporaryFolder()]);
  const [, port] = await program.prints(/Hosting “Lab 3” on port (\d+), open to everybody\./);
  await program.prints(/lanyard:\/\//);
  const guest = await join(Number(port), 'Bo');
  await program.prints(/^\* Bo came in · 2 people in the room$/m);
  guest.say('a secret');
  await guest.entry('a secret');
  guest.crash();
  await program.prints(/^\* Bo lost the connection · 1 person in the room$/m);
  expect(program.stdout).not.toContain('a secret');
});

test('/quit closes the room, and a script that says quit does not', async () => {
  const { program, port } = await hostRoom();
  const guest = await join(port, 'Bo');
  program.type('quit');
  await program.prints(/^! Nothing is said from here/m);
  program.type('/quit');
  expect(await guest.ended).toEqual({ code: 4001, reason: 'room-closed' });
  expect(await program.ended).toBe(0);
});

test('a guest with a hostile name does not steer the terminal', async () => {
  const program = new Lanyard(['host', '--room', '\u009d Lab', '--data-dir', temporaryFolder()]);
  expect(await program.ended).toBe(1);
  expect(program.stderr).toContain('(room-name-not-allowed)');
});

describe('exit code 1: it could not be done', () => {
  test('the port is used by somebody else', async () => {
    const port = String(await occupyPort());
    const folder = temporaryFolder();
    const place = ['--port', port, '--data-dir', folder];
    const { code, stdout, stderr } = await run('host', '--room', 'Lab 3', '--json', ...place);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^lanyard: Port ${port} is used .+ \\(port-in-use\\)$`, 'm'));
  });

  test('the port of the page is used by somebody else', async () => {
    const port = String(await occupyPort());
    const folder = temporaryFolder();
    const place = ['--port', port, '--data-dir', folder];
    const { code, stderr } = await run('open', '--shell=browser', '--no-open', ...place);
    expect(code).toBe(1);
    expect(stderr).toContain('(port-in-use)');
  });

  test('a room name of 5,000 characters', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await run('host', '--room', 'x'.repeat(5_000), '--data-dir', folder);
    expect([code, stderr]).toEqual([1, expect.stringContaining('(room-name-too-long)')]);
  });
});

describe('exit code 2: it was mistyped', () => {
  test.for([
    ['dance'],
    ['host'],
    ['host', '--room', 'Lab', '--port', 'x'],
    ['host', '--room', 'Lab', '--access', 'passphrase'],
    ['chat', 'a', 'b'],
  ])('%j', async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^lanyard: .+\nTry 'lanyard --help'\.\n$/);
  });
});

test('--help and --version are no mistakes', async () => {
  const help = await run('--help');
  expect([help.code, help.stderr]).toEqual([0, '']);
  for (const word of ['lanyard host', 'lanyard chat', '--data-dir', '/rename', '--trust-proxy']) {
    expect(help.stdout).toContain(word);
  }
  const manifest = new URL('../../../package.json', import.meta.url);
  const version = await run('--version');
  expect(version).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
  expect(readFileSync(manifest, 'utf8')).toContain(`"version": "${version.stdout.trim()}"`);
});

test('a settings file cut in half is kept aside and told of; the room opens', async () => {
  const folder = temporaryFolder();
  writeFileSync(joinPath(folder, 'settings.json'), '{"name":"A');
  const program = new Lanyard(['host', '--room', 'Lab 3', '--json', '--data-dir', folder]);
  await program.prints(/settings\.json\.damaged/);
  await program.prints(/"ready":true/);
  expect(JSON.parse(program.stdout)).toMatchObject({ ready: true });
  expect(readFileSync(joinPath(folder, 'settings.json.damaged'), 'utf8')).toBe('{"name":"A');
});

test('the page in the browser says where it is, and ends with SIGTERM', async () => {
  const folder = temporaryFolder();
  const program = new Lanyard(['open', '--shell=browser', '--no-open', '--data-dir', folder]);
  const [, url = ''] = await program.prints(/Lanyard is ready at (http:\S+)/);
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<!doctype html>');
  expect((await fetch(new URL('/', url))).status).toBe(403);
  program.signal('SIGTERM');
  expect(await program.ended).toBe(0);
});

test('asked to end while its rooms are being opened again it ends in order', async () => {
  const folder = temporaryFolder();
  const host = new Lanyard(['host', '--room', 'Lab 3', '--json', '--data-dir', folder]);
  await host.prints(/"ready":true/);
  host.signal('SIGKILL');
  await host.ended;
  const open = new Lanyard(['open', '--shell=browser', '--no-open', '--data-dir', folder]);
  await open.prints(/Lanyard is ready at/);
  open.signal('SIGTERM');
  expect([await open.ended, open.stderr]).toEqual([0, '']);
});
