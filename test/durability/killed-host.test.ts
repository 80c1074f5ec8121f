/** `kill -9` at the host, again and again, at moments nobody chose. */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Entry } from '../../main/timeline/entry.ts';
import { testFolder } from '../storage/folder.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import type { HeardEntry } from '../support/protocol-member.ts';
import { keptEntries, startHost, textsOf, until } from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';

const SAYER = fileURLToPath(new URL('sayer.ts', import.meta.url));
const KILLS = 20;

/** How long the host lives before it is killed, in ms. */
const LIFE_MS = [5, 250] as const;

test(`S7: a host killed ${KILLS} times keeps every confirmed message once, in order (${WHERE})`, async () => {
  const random = new SeededRandom(3);
  // A sayer that dials the port of its own computer could happen to hold it (self-connect).
  const network = await openNetwork(2);
  onTestFinished(() => network.dispose());
  const [computer = expect.unreachable(), other = expect.unreachable()] = network.computers;
  const dataDir = testFolder();
  const confirmed = new Map<string, HeardEntry>();

  const first = await startHost(computer, { dataDir });
  const sayer = other.spawn(process.execPath, [SAYER, first.address]);
  if (!sayer.stdout || !sayer.stdin) throw new Error('the sayer has no pipes');
  const allSaid = new Promise((resolve) => sayer.once('close', resolve));
  createInterface({ input: sayer.stdout }).on('line', (line) => {
    const entry: HeardEntry = JSON.parse(line);
    expect(confirmed.get(entry.id) ?? entry).toEqual(entry);
    confirmed.set(entry.id, entry);
  });

  let host = first;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await delay(random.between(...LIFE_MS));
    await host.program.kill();
    const known = [...confirmed.values()];
    host = await startHost(computer, { dataDir });
    expect([host.id, host.port]).toEqual([first.id, first.port]);
    checkLog(keptEntries(dataDir), known);
  }
  // However short the lives were, the last one is as long as it takes.
  await until(() => confirmed.size > KILLS);
  sayer.stdin.end();
  await allSaid;
  expect(await host.program.stop()).toBe(0);
  const log = keptEntries(dataDir);
  checkLog(log, [...confirmed.values()]);
  // Everything that was ever said, in the order in which it was said.
  const texts = Array.from({ length: log.length }, (_, index) => `message ${index + 1}`);
  expect(textsOf(log)).toEqual(texts);
  expect(confirmed.size).toBe(log.length);
  expect(log.length).toBeGreaterThan(KILLS);
});

/** Numbered without a gap, nothing twice, and everything confirmed is where it was confirmed. */
function checkLog(log: readonly Entry[], confirmed: readonly HeardEntry[]): void {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_entry, index) => index + 1));
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const kept = confirmed.map(({ seq }) => log[seq - 1] ?? expect.unreachable());
  expect(kept.map(placeOf)).toEqual(confirmed.map(placeOf));
}

function placeOf({ seq, epoch, id }: HeardEntry | Entry) {
  return { seq, epoch, id };
}
