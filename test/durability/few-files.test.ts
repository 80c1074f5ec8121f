/** A host that may have few files open, sockets among them, on this computer. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { SERVER_LIMITS, within } from '../../main/server/limits.ts';
import { holdDoor } from '../support/door-holder.ts';
import { temporaryFolder } from '../support/lanyard.ts';
import { join } from '../support/protocol-member.ts';
import { startHost } from './lanyard.ts';

test('a hub takes as many connections as it may have files open, and half-open ones are few of them', () => {
  for (const openFiles of [256, 1_024, 4_096, 20_000, Infinity]) {
    const { connections, halfOpen, halfOpenPerSource } = within(openFiles, SERVER_LIMITS);
    expect(connections + 2 * halfOpen).toBeLessThan(openFiles);
    expect(halfOpenPerSource).toBeLessThan(halfOpen);
    expect(connections).toBeGreaterThan(halfOpen);
  }
  const { connections, halfOpen } = SERVER_LIMITS;
  expect(within(connections + 2 * halfOpen + 200, SERVER_LIMITS)).toEqual(SERVER_LIMITS);
});

const noLimit = process.platform === 'linux' ? '' : ' (skipped: the limit is Linux’s)';

test.skipIf(noLimit !== '')(
  `who opens more connections than a host may have files open keeps nobody out${noLimit}`,
  async () => {
    const here = {
      spawn: (file: string, args: readonly string[]) =>
        spawn('sh', ['-c', 'ulimit -n 300 && exec "$@"', 'sh', file, ...args]),
      address: '127.0.0.1',
      port: null,
      setCable: () => Promise.resolve(),
    };
    const { program, port } = await startHost(here, { dataDir: temporaryFolder() });
    const from = Array.from({ length: 200 }, (_, index) => `127.0.9.${index + 1}`);
    const holder = holdDoor(port, { count: 400, from });
    await holder.made(400);
    // Among so few, one may have to try again.
    const late = () => join(port, 'Late', { localAddress: '127.0.0.2' }).catch(() => null);
    await expect.poll(late).not.toBeNull();
    holder.stop();
    expect(await program.stop()).toBe(0);
  },
);
