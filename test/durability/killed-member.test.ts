/** A member killed with something unsent sends it next time. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { bodyOf } from '../../main/events/kind.ts';
import { message } from '../../main/events/message.ts';
import type { RoomStorage } from '../../main/storage/storage.ts';
import { testFolder } from '../storage/folder.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import {
  inFolder,
  keptEntries,
  lanyard,
  startChat,
  startHost,
  textsOf,
  until,
  talkOf,
} from './lanyard.ts';
import { openNetwork, WHERE } from './network.ts';
import type { Computer } from './network.ts';

test(`S2: what was typed while the host was gone outlives the member too (${WHERE})`, async () => {
  const [one, two] = await twoComputers();
  const [hosts, anns] = [testFolder(), testFolder()];
  const first = await startHost(one, { dataDir: hosts });
  const ann = startChat(two, first.address, 'Ann', anns);
  await ann.line(/You are in/);
  ann.write('before');
  await ann.line(/Ann: before/);
  await first.program.kill();
  await ann.line(/Trying again/);
  for (const text of ['one', 'two', 'three']) ann.write(text);
  await until(() => inFolder(anns, typedIn).slice(-3).join() === 'one,two,three');
  await ann.kill();

  const second = await startHost(one, { dataDir: hosts });
  const back = await lanyard(two, ['chat', second.address, '--name', 'Ann', '--data-dir', anns]);
  expect(back).toMatchObject({ code: 0, stderr: '' });
  const texts = ['before', 'one', 'two', 'three'];
  expect(textsOf(keptEntries(hosts))).toEqual(texts);
  expect(keptEntries(anns)).toEqual(keptEntries(hosts));
  const isThere = new Set(keptEntries(hosts).map(({ id }) => id));
  expect(inFolder(anns, (room) => room.outbox()).filter(({ id }) => !isThere.has(id))).toEqual([]);
});

test(`S5: a member killed in mid-sentence says nothing twice and all in order (${WHERE})`, async () => {
  const random = new SeededRandom(5);
  const [one, two] = await twoComputers();
  const [hosts, anns] = [testFolder(), testFolder()];
  const { address } = await startHost(one, { dataDir: hosts });
  const typed: string[] = [];
  for (let life = 1; life <= 6; life += 1) {
    const ann = startChat(two, address, 'Ann', anns);
    await ann.line(/You are in/);
    const lines = Array.from({ length: 150 }, (_, index) => `life ${life}, line ${index + 1}`);
    ann.write(lines.join('\n'));
    // Whatever becomes of the others, of one life there is something.
    if (life === 1) await ann.line(/Ann: life 1, line 1$/);
    else await delay(random.between(0, 120));
    await ann.kill();
    typed.push(...lines);
  }
  await lanyard(two, ['chat', address, '--name', 'Ann', '--data-dir', anns]);
  // What is there was not vouched for yet when she went.
  const isThere = new Set(keptEntries(hosts).map(({ id }) => id));
  expect(inFolder(anns, (room) => room.outbox()).filter(({ id }) => !isThere.has(id))).toEqual([]);
  const texts = textsOf(keptEntries(hosts));
  // What Ann's program had not read yet when it was killed was never said.
  expect(texts).toEqual(typed.filter((text) => texts.includes(text)));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length).toBeLessThan(typed.length);
});

test(`what was said before a member came in stays read after a kill (${WHERE})`, async () => {
  const [one, two] = await twoComputers();
  const anns = testFolder();
  const { address } = await startHost(one, { dataDir: testFolder() });
  await lanyard(two, ['chat', address, '--name', 'Bo', '--data-dir', testFolder()], 'a\nb\nc\n');
  const ann = startChat(two, address, 'Ann', anns);
  await ann.line(/Bo: c/);
  await ann.kill();
  const readTo = () => inFolder(anns, (room) => talkOf(room).find(room.record.read)?.seq);
  expect(readTo()).toBe(3);
  // What one says oneself has been read, and all before it.
  const again = startChat(two, address, 'Ann', anns);
  await again.line(/You are in/);
  again.write('d');
  await again.line(/Ann: d/);
  await until(() => readTo() === 4);
  await again.kill();
});

async function twoComputers(): Promise<readonly [Computer, Computer]> {
  const network = await openNetwork(2);
  onTestFinished(() => network.dispose());
  const [one, two] = network.computers;
  if (!one || !two) throw new Error('there are not two computers');
  return [one, two];
}

function typedIn(room: RoomStorage) {
  return room.outbox().map(({ event }) => bodyOf(message, event)?.text);
}
