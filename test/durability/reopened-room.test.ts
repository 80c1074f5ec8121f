/** A room that is closed and opened again. */
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../storage/folder.ts';
import { keptEntries, lanyard, startHost } from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

test(`has the same id and log, on its port, another free one, or the one asked for (${WHERE})`, async () => {
  const network = await openNetwork(1);
  onTestFinished(() => network.dispose());
  const [here = expect.unreachable()] = network.computers;
  const dataDir = testFolder();
  const first = await startHost(here, { dataDir });
  await lanyard(here, ['chat', first.address, '--data-dir', testFolder()], 'hello\n');
  const log = keptEntries(dataDir);
  expect(log).toHaveLength(1);
  await first.program.stop();

  const anyPort = { ...here, port: null };
  const same = await startHost(anyPort, { dataDir });
  expect([same.id, same.port]).toEqual([first.id, first.port]);
  await same.program.stop();

  const intruder = await startHost({ ...here, port: first.port }, { dataDir: testFolder() });
  const other = await startHost(anyPort, { dataDir });
  expect(other.id).toBe(first.id);
  expect(other.port).not.toBe(first.port);
  await other.program.stop();
  await intruder.program.stop();

  const wanted = other.port + 100;
  const moved = await startHost({ ...here, port: wanted }, { dataDir });
  expect([moved.id, moved.port]).toEqual([first.id, wanted]);
  expect(keptEntries(dataDir)).toEqual(log);
  await moved.program.stop();
});
