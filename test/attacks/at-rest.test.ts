/** What a thief of the data folders finds, and what the app's own log says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Bridge, CallName, Calls, Snapshot } from '../../preload/contract.ts';
import { startApp } from '../../main/app.ts';
import { findSecrets } from '../support/byte-search.ts';
import { temporaryFolder } from '../support/lanyard.ts';

const PASSPHRASE = 'marmalade-zeppelin-quorum';
const WORDS = 'The xylophone is under the stairs';
const NAMES = ['Hugo Quillfeather', 'Anneliese Brixworth', 'Bodhi Zankowski'];

/** A person's whole app, without a window, over a folder of its own. */
async function startPerson(name: string) {
  const dataDir = temporaryFolder();
  const app = await startApp({ dataDir, locale: 'en', name, listenAt: '127.0.0.1' });
  let isRunning = true;
  const stop = async () => {
    if (isRunning) await app.stop();
    isRunning = false;
  };
  onTestFinished(stop);
  return { dataDir, stop, bridge: app.bridge };
}

async function ask<Name extends CallName>(bridge: Bridge, name: Name, args: Calls[Name]['args']) {
  const reply = await bridge.call<Name>(name, args);
  if (!reply.ok) throw new Error(`${name}: ${reply.code}`);
  return reply.value;
}

function snapshotOf(bridge: Bridge): Snapshot {
  let snapshot: Snapshot | undefined;
  bridge.subscribe((event) => {
    if (event.type === 'snapshot') snapshot = event.snapshot;
  })();
  if (!snapshot) throw new Error('a subscription begins with one');
  return snapshot;
}

/** Every file in a folder and below, with what is in it. */
function filesIn(folder: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => joinPath(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

function secretsIn(folder: string, secrets: readonly string[], only = ''): readonly string[] {
  return filesIn(folder)
    .filter(({ path }) => path.includes(only))
    .flatMap(({ path, bytes }) => findSecrets(bytes, secrets).map((found) => `${path}: ${found}`));
}

test('K2, K3: no file has a passphrase or a token, and no log a word, a name or a key', async () => {
  const [hostName = '', annName = '', boName = ''] = NAMES;
  const people = [
    await startPerson(hostName),
    await startPerson(annName),
    await startPerson(boName),
  ];
  const [host, ann, bo] = people;
  if (!host || !ann || !bo) throw new Error('there are three');
  const wish = { room: 'Lab 3', access: 'passphrase', passphrase: PASSPHRASE } as const;
  const { key } = await ask(host.bridge, 'host', wish);
  const { link } = await ask(host.bridge, 'createInvite', { key, lifetime: 'day', maxUses: 1 });
  const token = new URL(link).searchParams.get('invite') ?? '';
  const port = new URL(link).port;
  const wrong = { address: `127.0.0.1:${port}`, passphrase: 'not the one at all' };
  expect(await ann.bridge.call('joinAddress', wrong)).toMatchObject({ code: 'passphrase-wrong' });
  const right = { address: `127.0.0.1:${port}`, passphrase: PASSPHRASE };
  const joined = await ask(ann.bridge, 'joinAddress', right);
  await ask(bo.bridge, 'joinAddress', { address: link });
  await ask(ann.bridge, 'say', { key: joined.key, text: WORDS });
  await expect
    .poll(() => snapshotOf(bo.bridge).rooms[0]?.entries.map((it) => it.kind === 'said' && it.text))
    .toContain(WORDS);
  await ask(host.bridge, 'act', { key, act: 'mute', on: snapshotOf(bo.bridge).app.you });
  const keys = people.map(({ bridge }) => snapshotOf(bridge).app.you);

  expect(token).toHaveLength(32);
  const secrets = [PASSPHRASE, token, wrong.passphrase];
  // As somebody finds it who takes a running computer, and then one that was turned off.
  for (const { dataDir } of people) expect(secretsIn(dataDir, secrets)).toEqual([]);
  for (const { stop } of people) await stop();
  for (const { dataDir } of people) {
    expect(secretsIn(dataDir, secrets)).toEqual([]);
    expect(secretsIn(dataDir, [WORDS], 'lanyard.db')).not.toEqual([]);
    expect(secretsIn(dataDir, [WORDS, 'xylophone', ...NAMES, ...keys], 'lanyard.log')).toEqual([]);
    expect(filesIn(dataDir).some(({ path }) => path.endsWith('lanyard.log'))).toBe(true);
  }
});
