/** The host's clock is put back by an hour. */
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import { keptEntries, lanyard, startChat, startHost, textsOf } from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

const CLOCK_JUMP = fileURLToPath(new URL('../e2e/clock-jump.ts', import.meta.url));

test(`order and delivery do not depend on the host’s clock (${WHERE})`, async () => {
  const network = await openNetwork(2);
  onTestFinished(() => network.dispose());
  const [one = expect.unreachable(), two = expect.unreachable()] = network.computers;
  const [hosts, anns, bos] = [testFolder(), testFolder(), testFolder()];
  const jumping = { dataDir: hosts, node: ['--import', CLOCK_JUMP] };
  const host = await startHost(one, jumping);
  const ann = startChat(two, host.address, 'Ann', anns);
  await ann.line(/You are in/);
  const said: string[] = [];
  for (const minutes of [0, -60, 30, -24 * 60]) {
    host.program.write(String(minutes));
    for (let line = 1; line <= 3; line += 1) {
      const text = `line ${line} after ${minutes} minutes`;
      ann.write(text);
      await ann.line(new RegExp(`Ann: ${text}$`));
      said.push(text);
    }
  }
  // Late comers and those who come back get the same order.
  await lanyard(two, ['chat', host.address, '--name', 'Bo', '--data-dir', bos]);
  await host.program.kill();
  await startHost(one, jumping);
  ann.write('after a restart');
  await ann.line(/Ann: after a restart/);
  expect(textsOf(keptEntries(hosts))).toEqual([...said, 'after a restart']);
  expect(keptEntries(anns)).toEqual(keptEntries(hosts));
  expect(keptEntries(bos)).toEqual(keptEntries(hosts).slice(0, -1));
  const times = keptEntries(hosts).map(({ at }) => at);
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
});
