/** K3, K4: guessing, skipping and relaying the proof of a passphrase. */
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeHubMessage } from '../../main/wire/encode.ts';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import type { HubMessage } from '../../main/wire/messages.ts';
import { parseHubMessage } from '../../main/wire/parse.ts';
import { beginPassphrase } from '../../main/passphrase/passphrase-attempt.ts';
import { openPassphraseRoom, PASSPHRASE } from '../support/closed-room.ts';
import { Device } from '../support/device.ts';
import { greetingTo } from '../hub/greeting.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { LyingHub } from '../support/lying-hub.ts';
import { HOST, ROOM_ID } from '../support/open-room.ts';
import { connect } from '../support/protocol-member.ts';
import type { ConnectAs, ProtocolMember } from '../support/protocol-member.ts';
import { strangeHub } from '../support/strange-hub.ts';

/** A guess, made once: its beginning tells nothing and is good for any number of connections. */
const guess = await beginPassphrase('password1');

/** The hub's answer to a beginning: OPAQUE's, or why not. */
function answerTo(member: ProtocolMember) {
  return member.waitFor((it: HubMessage) =>
    it.type === 'passphrase' || it.type === 'refused' ? it : undefined,
  );
}

/** Begins a guess and hangs up: the answer alone lets a guess be tested. */
async function guessOnce(port: number, as: ConnectAs = {}) {
  const member = await connect(port, as);
  member.hello('Mallory', { passphrase: guess.start });
  const answer = await answerTo(member);
  // Nothing of the room but its id is told before (K1).
  expect(member.received).toHaveLength(1);
  member.crash();
  return answer.type === 'refused' ? answer.code : 'answered';
}

describe('K3: what does not prove the passphrase', () => {
  test('no word about it', async () => {
    const { port } = await openPassphraseRoom();
    const member = await connect(port);
    member.hello('Mallory');
    expect(await member.turnedAway()).toEqual({
      code: 'passphrase-needed',
      ending: 'not-admitted',
    });
    expect(member.received).toHaveLength(1);
  });

  test('a wrong one, typed into the real app', async () => {
    const { port } = await openPassphraseRoom();
    const joining = new Device('Mallory').rooms.joinAddress(`127.0.0.1:${port}`, 'password1');
    await expect(joining).rejects.toMatchObject({ code: 'passphrase-wrong' });
  });

  test('the right one, typed as another keyboard does', async () => {
    const { port } = await openPassphraseRoom();
    const ann = new Device('Ann');
    const typed = ` ${PASSPHRASE.replaceAll('o', 'ｏ')} `;
    const key = await ann.rooms.joinAddress(`127.0.0.1:${port}`, typed);
    expect(ann.view(key).status.state).toBe('here');
  });

  test.for(['x', 'A'.repeat(128), 'A'.repeat(1024), '*'])(
    'a beginning that is none: %j',
    async (start) => {
      const { port } = await openPassphraseRoom();
      const member = await connect(port);
      member.hello('Mallory', { passphrase: start });
      expect((await member.turnedAway()).code).toBe('passphrase-wrong');
    },
  );

  test('an end that is none', async () => {
    const { port } = await openPassphraseRoom();
    const member = await connect(port);
    member.hello('Mallory', { passphrase: guess.start });
    expect((await answerTo(member)).type).toBe('passphrase');
    member.send({ type: 'passphrase', finish: 'A'.repeat(86), proof: 'A'.repeat(43) });
    expect((await member.turnedAway()).code).toBe('passphrase-wrong');
  });

  test('an end without a beginning', async () => {
    const { port } = await openPassphraseRoom();
    const member = await connect(port);
    member.send({ type: 'passphrase', finish: 'A', proof: 'A' });
    expect((await member.turnedAway()).code).toBe('hello-first');
  });

  test('knowing it, and saying so for somebody else', async () => {
    const { port } = await openPassphraseRoom();
    const attempt = await beginPassphrase(PASSPHRASE);
    const member = await connect(port);
    member.hello('Mallory', { passphrase: attempt.start });
    const answer = await answerTo(member);
    if (answer.type !== 'passphrase') throw new Error(answer.code);
    const ends = { room: ROOM_ID, client: identityOf('Ann').id, hub: HOST.id };
    const end = attempt.answer(answer.response, ends);
    if (!end) throw new Error('the passphrase is right');
    member.send({ type: 'passphrase', ...end });
    expect((await member.turnedAway()).code).toBe('passphrase-wrong');
  });
});

const proxied = { trustedProxies: ['127.0.0.1'] };
const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });

describe('K4: guessing', () => {
  // However long a guess takes here, no wait is over.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('one key from ever other addresses', async () => {
    const { port } = await openPassphraseRoom({}, proxied);
    const as = freshIdentity();
    const answers = [];
    for (let n = 1; n <= 6; n += 1)
      answers.push(await guessOnce(port, { as, ...from(`192.0.2.${n}`) }));
    expect(answers).toEqual([...Array(5).fill('answered'), 'too-many-guesses']);
  });

  test('ever new keys from one address; who knows it at another one comes in meanwhile', async () => {
    const { port } = await openPassphraseRoom({}, proxied);
    const answers = [];
    for (let n = 1; n <= 6; n += 1) answers.push(await guessOnce(port, from('192.0.2.1')));
    expect(answers).toEqual([...Array(5).fill('answered'), 'too-many-guesses']);
    const ann = new Device('Ann');
    const key = await ann.rooms.joinAddress(`127.0.0.1:${port}`, PASSPHRASE);
    expect(ann.view(key).status.state).toBe('here');
  });

  test('ever new addresses of one IPv6 network', async () => {
    const { port } = await openPassphraseRoom({}, proxied);
    const answers = [];
    for (let n = 1; n <= 6; n += 1)
      answers.push(await guessOnce(port, from(`2001:db8:1:2:${n}::${n}`)));
    expect(answers).toEqual([...Array(5).fill('answered'), 'too-many-guesses']);
  });

  test('thirty at once, each as somebody new', async () => {
    const { port } = await openPassphraseRoom();
    const answers = await Promise.all(Array.from({ length: 30 }, () => guessOnce(port)));
    expect(answers.filter((answer) => answer === 'answered')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'too-many-guesses')).toHaveLength(25);
  });

  test('again and again on one connection', async () => {
    const { port } = await openPassphraseRoom();
    const member = await connect(port);
    for (let n = 1; n <= 20; n += 1) member.hello('Mallory', { passphrase: guess.start });
    const { code, ending } = await member.turnedAway();
    expect([code, ending]).toEqual(['too-many-guesses', 'not-admitted']);
    expect(member.received.filter(({ type }) => type === 'passphrase').length).toBeLessThanOrEqual(
      5,
    );
  });

  test('says for how long to wait', async () => {
    const { port } = await openPassphraseRoom();
    for (let n = 1; n <= 5; n += 1) await guessOnce(port);
    const member = await connect(port);
    member.hello('Mallory', { passphrase: guess.start });
    expect(await member.refusal()).toMatchObject({ code: 'too-many-guesses', seconds: 1 });
  });
});

/** Stands in between, with a key of its own on both sides; passes on what `alters` gives. */
async function relay(roomPort: number, alter: (message: HubMessage) => HubMessage) {
  const fromHub: HubMessage[] = [];
  const port = await strangeHub((near) => {
    const options = memberTls(identityOf('Mallory'));
    const far = new WebSocket(`wss://127.0.0.1:${roomPort}`, SUBPROTOCOL, options);
    onTestFinished(() => far.terminate());
    const early: string[] = [];
    near.on('message', (data: Buffer) => {
      if (far.readyState === WebSocket.OPEN) far.send(data.toString());
      else early.push(data.toString());
    });
    far.on('open', () => {
      for (const frame of early) far.send(frame);
    });
    far.on('message', (data: Buffer) => {
      const parsed = parseHubMessage(data.toString());
      if (!parsed.ok) throw new Error(`the hub sent ${data.toString()}`);
      fromHub.push(parsed.message);
      near.send(encodeHubMessage(alter(parsed.message)));
    });
    far.on('close', (code) => near.close(code));
  }, identityOf('Mallory'));
  return { port, fromHub };
}

describe('K3: an impostor between a member and the room', () => {
  test('gets nothing that lets it in, and the room says no', async () => {
    const { port: roomPort } = await openPassphraseRoom();
    const { port, fromHub } = await relay(roomPort, (message) => message);
    const joining = new Device('Ann').rooms.joinAddress(`127.0.0.1:${port}`, PASSPHRASE);
    await expect(joining).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(fromHub.map(({ type }) => type)).toEqual(['passphrase', 'refused']);
  });

  test('and cannot welcome the member itself', async () => {
    const { port: roomPort } = await openPassphraseRoom();
    const welcome = { ...greetingTo('x'), proof: 'A'.repeat(43), roster: [] };
    const { port } = await relay(roomPort, (message) =>
      message.type === 'refused' ? welcome : message,
    );
    const joining = new Device('Ann').rooms.joinAddress(`127.0.0.1:${port}`, PASSPHRASE);
    await expect(joining).rejects.toMatchObject({ code: 'host-not-proven' });
  });
});

test('K3: a hub that welcomes without a proof is not believed', async () => {
  const hub = await LyingHub.start();
  const joining = new Device('Ann').rooms.joinAddress(hub.address, PASSPHRASE);
  await expect(joining).rejects.toMatchObject({ code: 'host-not-proven' });
  expect(JSON.stringify(hub.heard)).not.toContain(PASSPHRASE);
});
