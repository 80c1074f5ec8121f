import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceIdentity } from '../../main/identity/device-identity.ts';
import { freshIdentity } from '../support/identities.ts';
import { EngineRoom } from './engine-room.ts';
import { SecondClient } from './second-client.ts';

let folder: string;
let host: DeviceIdentity;
let room: EngineRoom;
let clients: SecondClient[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-second-'));
  host = freshIdentity();
  room = await EngineRoom.open(host);
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.kill();
  await Promise.all(clients.map(({ ended }) => ended));
  room.close();
  await rm(folder, { recursive: true });
});

async function joined(name: string, ...options: readonly string[]): Promise<SecondClient> {
  const client = new SecondClient(room.port, '--name', name, `--room=${room.id}`, ...options);
  clients.push(client);
  await client.sees('welcome');
  return client;
}

/** The host's key in a second client: it does what only the founder may. */
async function founder(): Promise<SecondClient> {
  const file = join(folder, 'founder.pem');
  await writeFile(file, host.privateKey);
  return joined('Hugo', '--key', file);
}

test('the second client says, edits, reacts, pins and redacts, and verifies all it gets', async () => {
  const ann = await joined('Ann', `--host-key=${host.id}`);
  const bo = await joined('Bo');
  const first = await ann.posts({ do: 'say', text: 'Hello?' });
  const second = await bo.posts({ do: 'say', text: 'Hi\nthere 👩🏽‍🚀', re: first });
  await ann.posts({ do: 'edit', to: first, text: 'Hello!' });
  const reaction = await bo.posts({ do: 'react', to: first, emoji: '👍' });
  await bo.posts({ do: 'post', kind: 'message/poll', body: { fallback: 'Tea?' } });
  await ann.sees('entry', { kind: 'message/poll' });
  const before = await ann.view();
  expect(before).toMatchObject([
    { id: first, text: 'Hello!', edited: true, reactions: { '👍': [expect.any(String)] } },
    { id: second, text: 'Hi\nthere 👩🏽‍🚀', answers: first },
    { text: 'Tea?' },
  ]);
  await bo.posts({ do: 'redact', to: reaction });
  await ann.posts({ do: 'redact', to: first });
  await bo.sees('entry', { kind: 'relation/redaction', person: idOf(ann) });
  await bo.sees('head', { holds: true });
  const after = await bo.view();
  expect(after[0]).toMatchObject({ id: first, redacted: true, by: idOf(ann) });
  // Who comes later gets nothing of what is gone, and can verify it all the same.
  const cy = await joined('Cy');
  expect(await cy.view()).toEqual(after);
  expect(JSON.stringify(cy.seen)).not.toMatch(/Hello|👍/u);
  for (const { seen } of clients) {
    expect(seen.filter(({ saw, holds }) => saw === 'entry' && holds !== true)).toEqual([]);
    expect(seen.some(({ saw }) => saw === 'unreadable' || saw === 'refused')).toBe(false);
  }
  bo.do({ do: 'leave' });
  await bo.sees('closed', { code: 4000 });
  expect(await bo.ended).toBe(0);
});

test('resumes where its copy ends, through an epoch that began meanwhile', async () => {
  const ann = await joined('Ann');
  await ann.posts({ do: 'say', text: 'one' });
  await ann.posts({ do: 'say', text: 'two' });
  room.beginAnew();
  const bo = await joined('Bo');
  await bo.posts({ do: 'say', text: 'three' });
  ann.do({ do: 'reconnect' });
  await ann.sees('welcome');
  await ann.sees('entry', { seq: 3 });
  await ann.posts({ do: 'say', text: 'four' });
  await ann.sees('head', { seq: 4 });
  expect(ann.seen.flatMap(({ saw, seq }) => (saw === 'entry' ? [seq] : []))).toEqual([1, 2, 3, 4]);
  expect(await ann.view()).toMatchObject(['one', 'two', 'three', 'four'].map((text) => ({ text })));
});

const moderate = (act: string, person: string) => ({
  do: 'act',
  kind: 'act/moderation',
  body: { act, person, name: 'them' },
});

test('acts name what was seen, and count', async () => {
  const hugo = await founder();
  const ann = await joined('Ann');
  const bo = await joined('Bo');
  await hugo.posts({ do: 'act', kind: 'act/settings', body: { name: 'Lab 3', slowSeconds: 0 } });
  await hugo.posts(moderate('appoint', idOf(ann)));
  await ann.sees('presence', { change: 'standing', role: 'moderator' });
  await ann.posts(moderate('mute', idOf(bo)));
  await bo.sees('presence', { change: 'standing', muted: true });
  bo.do({ do: 'say', text: 'mmh' });
  await bo.sees('refused', { code: 'muted' });
  bo.do(moderate('unmute', idOf(bo)));
  await bo.sees('refused', { code: 'not-allowed' });
  const secret = { hash: 'x'.repeat(43), expiresAt: null, maxUses: null };
  const invitation = await hugo.posts({ do: 'act', kind: 'act/invitation', body: secret });
  const withheld = await bo.sees('entry', { id: invitation });
  expect(withheld).toMatchObject({ withheld: expect.any(String), holds: true });
  await ann.posts(moderate('ban', idOf(bo)));
  await bo.sees('closed', { code: 4013 });
});

test.for([
  [{ type: 'hello', version: 3 }, 'hello-twice'],
  [
    { type: 'history', id: 'h', conversation: 'x'.repeat(43), after: 0, limit: 1 },
    'no-such-conversation',
  ],
  [{ type: 'history', id: 'h', conversation: 'x'.repeat(43), limit: 1 }, 'bad-message'],
  [{ type: 'dance', id: 'd' }, 'unknown-type'],
] as const)('is refused %j with %s', async ([frame, code]) => {
  const ann = await joined('Ann');
  ann.do({ do: 'send', frame });
  await ann.sees('refused', { code });
});

interface Frame {
  readonly type: string;
  readonly after?: unknown;
  readonly entries?: readonly object[] | undefined;
  readonly room?: object;
  readonly epoch?: object;
}

/** Frames of this type are changed. */
function changing(type: string, change: (frame: Frame) => Frame): (frame: string) => string {
  return (text) => {
    const frame: Frame = JSON.parse(text);
    return frame.type === type ? JSON.stringify(change(frame)) : text;
  };
}

describe('leaves a hub', () => {
  test.for<[string, string, (frame: Frame) => Frame]>([
    [
      'that passes a hole off as complete',
      'entries',
      (frame) => (frame.after === 0 ? { ...frame, entries: [] } : { ...frame, after: 0 }),
    ],
    [
      'that says another time',
      'entries',
      (frame) => ({
        ...frame,
        entries: frame.entries?.map((entry) => ({ ...entry, at: 1 })),
      }),
    ],
    ['whose head is not its own', 'head', (frame) => ({ ...frame, link: 'x'.repeat(43) })],
  ])('%s', async ([, type, change]) => {
    const ann = await joined('Ann');
    const bo = await joined('Bo');
    room.tamper = changing(type, change);
    bo.do({ do: 'say', text: 'one' });
    await bo.sees('posted');
    bo.do({ do: 'say', text: 'two' });
    await ann.sees('gave-up', { kind: 'Broken' });
    expect(await ann.ended).toBe(1);
  });

  test.for<[string, (room?: object, epoch?: object) => object]>([
    ['whose room is another founder’s', (of) => ({ room: { ...of, founder: freshIdentity().id } })],
    [
      'that has no right to host',
      (_, epoch) => ({ epoch: { ...epoch, writer: freshIdentity().id } }),
    ],
    ['whose record nobody signed', (_, epoch) => ({ epoch: { ...epoch, number: 9 } })],
  ])('%s', async ([, change]) => {
    room.tamper = changing('welcome', (frame) => ({
      ...frame,
      ...change(frame.room, frame.epoch),
    }));
    const ann = new SecondClient(room.port);
    clients.push(ann);
    await ann.sees('gave-up', { kind: 'Broken' });
  });

  test('that shows what the founder signed, with another key', async () => {
    const posing = await EngineRoom.open(host, freshIdentity());
    const ann = new SecondClient(posing.port);
    clients.push(ann);
    await ann.sees('gave-up', { kind: 'Broken' });
    posing.close();
  });

  test.for<[string, object]>([
    ['id', { id: 'x'.repeat(43) }],
    ['nonce', { nonce: 'another' }],
  ])('whose room gets another %s', async ([, change]) => {
    const hugo = await founder();
    const ann = await joined('Ann');
    room.tamper = changing('room', (frame) => ({ ...frame, room: { ...frame.room, ...change } }));
    hugo.do({ do: 'act', kind: 'act/settings', body: { slowSeconds: 5 } });
    await ann.sees('gave-up', { kind: 'Broken' });
  });

  test.for([`--room=${'x'.repeat(43)}`, `--host-key=${'x'.repeat(44)}`])(
    'that is not the one asked for with %s',
    async (option) => {
      const ann = new SecondClient(room.port, option);
      clients.push(ann);
      await ann.sees('gave-up', { kind: 'Left' });
    },
  );
});

test('doubts what its author did not sign', async () => {
  const ann = await joined('Ann');
  const bo = await joined('Bo');
  room.tamper = changing('entries', (frame) => ({
    ...frame,
    entries: frame.entries?.map((entry) => ({
      ...entry,
      body: '{"text":"forged"}',
    })),
  }));
  bo.do({ do: 'say', text: 'true' });
  await ann.sees('entry', { holds: false });
  expect(await ann.view()).toMatchObject([{ text: 'forged', doubtful: true }]);
});

function idOf(client: SecondClient): string {
  const welcome = client.seen.find(({ saw }) => saw === 'welcome');
  return String(welcome?.['you']);
}
