/** A second start on a data folder shows the page of the first, as programs. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { endOf, Lanyard, temporaryFolder } from '../../support/lanyard.ts';

const READY = /Lanyard is ready at (http:\S+)/;
const ALREADY = /Lanyard is open already at (http:\S+)/;

function start(folder: string, ...options: readonly string[]): Lanyard {
  return new Lanyard(['open', '--shell=browser', '--no-open', '--data-dir', folder, ...options]);
}

/** The address of the page of one that has started. */
async function pageOf(program: Lanyard): Promise<string> {
  const [, page = ''] = await program.prints(READY);
  return page;
}

test('the first goes on, and the second tells where it is and ends', async () => {
  const folder = temporaryFolder();
  const first = start(folder);
  const page = await pageOf(first);
  const second = await endOf(start(folder, '--port=1'));
  expect(second).toEqual({ code: 0, stdout: `Lanyard is open already at ${page}\n`, stderr: '' });
  expect((await fetch(page)).status).toBe(200);

  for (const command of [
    ['host', '--room=Lab'],
    ['open', '--shell=browser', '--no-open'],
  ]) {
    first.signal('SIGTERM');
    expect([await first.ended, existsSync(join(folder, 'holder.json'))]).toEqual([0, false]);
    const next = new Lanyard([...command, '--data-dir', folder]);
    await next.prints(/Press Ctrl\+C/);
    next.signal('SIGTERM');
    expect(await next.ended).toBe(0);
  }
});

test.skipIf(process.platform !== 'linux')(
  'without --no-open it opens it in the browser',
  async () => {
    const folder = temporaryFolder();
    const page = await pageOf(start(folder));
    const [bin, opened] = [temporaryFolder(), join(folder, 'opened')];
    const opener = join(bin, 'xdg-open');
    writeFileSync(
      opener,
      `#!/bin/sh\nprintf %s "$1" > '${opened}.new' && mv '${opened}.new' '${opened}'\n`,
    );
    chmodSync(opener, 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env['PATH']}` };
    const args = ['open', '--shell=browser', '--data-dir', folder];
    expect((await endOf(new Lanyard(args, env))).code).toBe(0);
    await expect.poll(() => existsSync(opened)).toBe(true);
    expect(readFileSync(opened, 'utf8')).toBe(page);
  },
);

test('two that start at once show one page', async () => {
  const folder = temporaryFolder();
  const both = [start(folder), start(folder)];
  const pages = await Promise.all(
    both.map(async (program) => (await program.prints(/ at (http:\S+)/))[1]),
  );
  expect(pages[0]).toBe(pages[1]);
  expect(both.filter(({ stdout }) => READY.test(stdout))).toHaveLength(1);
  expect(both.filter(({ stdout }) => ALREADY.test(stdout))).toHaveLength(1);
});

test('after one that was killed the next is the first, and whoever has the folder then is named', async () => {
  const folder = temporaryFolder();
  const killed = start(folder);
  const page = await pageOf(killed);
  killed.signal('SIGKILL');
  await killed.ended;
  expect(readFileSync(join(folder, 'holder.json'), 'utf8')).toContain(page);

  const next = start(folder);
  expect(await pageOf(next)).not.toBe(page);
  next.signal('SIGKILL');
  await next.ended;

  const host = new Lanyard(['host', '--room=Lab', '--json', '--data-dir', folder]);
  await host.prints(/"ready":true/);
  const refused = await endOf(start(folder));
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /^lanyard: A room hosted in a terminal is using .+--data-dir\. \(data-dir-in-use\)\n$/,
  );
});

test('a room in a terminal is told that the folder is that of a page', async () => {
  const folder = temporaryFolder();
  await pageOf(start(folder));
  const host = await endOf(new Lanyard(['host', '--room=Lab', '--data-dir', folder]));
  expect(host).toMatchObject({ code: 1, stdout: '' });
  expect(host.stderr).toMatch(
    /^lanyard: A Lanyard in a browser is using .+ \(data-dir-in-use\)\n$/,
  );
});
