/** A disk that is really full, and folders that really cannot be written. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import {
  inFolder,
  keptActs,
  keptEntries,
  lanyard,
  spawnHost,
  startChat,
  startHost,
  textsOf,
  until,
} from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

/** A disk of 3 MB at a folder. */
const smallDisk = (folder: string) => `mount -t tmpfs -o size=3m tmpfs '${folder}'`;

const noMount = whyNoMount();
const onDisks = test.skipIf(noMount !== null);
const note = noMount === null ? WHERE : `skipped: ${noMount}`;

onDisks(
  `S7: on a full disk nothing is confirmed, and nothing confirmed is lost (${note})`,
  async () => {
    const network = await openNetwork(2);
    onTestFinished(() => network.dispose());
    const [one = expect.unreachable(), two = expect.unreachable()] = network.computers;
    const [disk, anns] = [testFolder(), testFolder()];
    const host = await startHost(one, { dataDir: disk, mount: smallDisk(disk) });
    const ann = startChat(two, host.address, 'Ann', anns);
    await ann.line(/You are in/);
    ann.write('while there was room');
    await ann.line(/Ann: while there was room/);

    // The disk is mounted for the host alone; this is how others see what it sees.
    const seenByHost = `/proc/${host.program.pid}/root${disk}`;
    const ballast = join(seenByHost, 'ballast');
    fill(ballast);
    const long = 'x'.repeat(3_900);
    for (let said = 1; said <= 40; said += 1) ann.write(`long ${said} ${long}`);
    await ann.line(/^! The host could not keep this message/);
    await host.program.line(/The disk is full.*\(storage-full\)/);
    ann.write('/who');
    // The first was told when she came in.
    await until(() => ann.output.match(/Here \(2\)/g)?.length === 2);

    rmSync(ballast);
    ann.write('when there was room again');
    await ann.line(/Ann: when there was room again/);
    const copy = testFolder();
    cpSync(seenByHost, copy, { recursive: true });
    const log = keptEntries(copy);
    const isThere = new Set(log.map(({ id }) => id));
    const outbox = inFolder(anns, (room) => room.outbox());
    const refused = outbox.filter(({ id }) => !isThere.has(id));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.map((message) => message.refused?.code)).toEqual(refused.map(() => 'not-kept'));
    // Each message is in the room or with its author, and what Ann has seen is what the room has.
    const ids = [...log, ...refused].map(({ id }) => id);
    expect(new Set(ids).size).toBe(42);
    expect(ids).toHaveLength(42);
    expect(keptEntries(anns)).toEqual(log);
    expect(textsOf(log).at(-1)).toBe('when there was room again');
    expect(await host.program.stop()).toBe(0);
  },
);

onDisks(
  `M1, S7: on a full disk an act that cannot be kept is refused and not in force (${note})`,
  async () => {
    const network = await openNetwork(2);
    onTestFinished(() => network.dispose());
    const [one = expect.unreachable(), two = expect.unreachable()] = network.computers;
    const [disk, anns] = [testFolder(), testFolder()];
    const host = await startHost(one, { dataDir: disk, mount: smallDisk(disk) });
    const ann = startChat(two, host.address, 'Ann', anns);
    await ann.line(/You are in/);
    const ballast = join(`/proc/${host.program.pid}/root${disk}`, 'ballast');
    fill(ballast);
    // The journal's last pages may take some more.
    for (let act = 1; act <= 60; act += 1) host.program.write(`/slow ${act}`);
    await host.program.line(/^! The host could not keep this/);
    host.program.write('/ban Ann');
    host.program.write('/lock');
    host.program.write('/who');
    await host.program.line(/Here \(2\)/);
    const late = await lanyard(two, ['chat', host.address, '--data-dir', testFolder()], '/who\n');
    expect(late).toMatchObject({ code: 0, stdout: expect.stringContaining('Host (host), Ann') });

    rmSync(ballast);
    host.program.write('/ban Ann');
    await ann.line(/You were banned/);
    const log = keptActs(anns);
    expect(log).not.toContain('lock');
    expect(log.filter((act) => act === 'ban').length).toBeLessThanOrEqual(1);
    expect(await host.program.stop()).toBe(0);
  },
);

onDisks(`a host that starts on a full disk says so and ends (${note})`, async () => {
  const network = await openNetwork(1);
  onTestFinished(() => network.dispose());
  const [one = expect.unreachable()] = network.computers;
  const disk = testFolder();
  const fillIt = `head -c 4m /dev/zero > '${disk}/ballast' 2>/dev/null; true`;
  const host = spawnHost(one, { dataDir: disk, mount: `${smallDisk(disk)} && { ${fillIt}; }` });
  await host.line(/^lanyard: The disk is full.*\(storage-full\)$/);
  await until(() => !host.running);
  expect(await host.stop()).toBe(1);
});

onDisks(
  `a folder on a read-only disk: the room is open, nothing is kept, and that is said (${note})`,
  async () => {
    const network = await openNetwork(1);
    onTestFinished(() => network.dispose());
    const [one = expect.unreachable()] = network.computers;
    const disk = testFolder();
    const mount = `mount -t tmpfs -o ro tmpfs '${disk}'`;
    const host = await startHost(one, { dataDir: join(disk, 'folder'), mount });
    await host.program.line(/cannot write to .*\(data-dir-unwritable\)/);
    const ann = await lanyard(one, ['chat', host.address, '--data-dir', testFolder()], 'hello\n');
    expect(ann.code).toBe(0);
    expect(await host.program.stop()).toBe(0);
  },
);

test(`a folder that cannot be made: the room is open, nothing is kept, and that is said (${WHERE})`, async () => {
  const network = await openNetwork(1);
  onTestFinished(() => network.dispose());
  const [one = expect.unreachable()] = network.computers;
  const file = join(testFolder(), 'a file');
  writeFileSync(file, '');
  const host = await startHost(one, { dataDir: join(file, 'folder') });
  await host.program.line(/cannot write to .*\(data-dir-unwritable\)/);
  const ann = await lanyard(one, ['chat', host.address, '--data-dir', join(file, 'ann')], 'hi\n');
  expect(ann.code).toBe(0);
  expect(ann.stderr).toMatch(/\(data-dir-unwritable\)/);
  expect(await host.program.stop()).toBe(0);
});

/** Writes until not a byte more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 65_536; size > 0;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Why no disk can be mounted for one process alone here, or null when it can. */
function whyNoMount(): string | null {
  if (process.platform !== 'linux') return 'mount namespaces are a Linux feature';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-mount-'));
  const tried = spawnSync('unshare', ['-m', 'sh', '-c', smallDisk(folder)], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (tried.error) return 'unshare (util-linux) is not installed';
  return tried.status === 0 ? null : `no disk can be mounted: ${tried.stderr.trim()}`;
}
