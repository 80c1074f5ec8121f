import { describe, expect, test } from 'vitest';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import { FRAME_MAX_BYTES } from '../../main/protocol/limits.ts';
import { openRoom } from '../support/open-room.ts';
import { identityOf } from '../support/identities.ts';
import { connect, join, signedSay } from '../support/protocol-member.ts';
import type { ProtocolMember } from '../support/protocol-member.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

const HELLO = JSON.stringify({ type: 'hello', version: 1, name: 'Mallory' });
const SAY = signedSay(identityOf('Mallory'), 'hi', 'm1');
const ACT = { ...SAY, type: 'act', act: 'slow', on: '5' };

/** A room with people chatting; `misbehave` must leave them alone. */
async function whileOthersChat(misbehave: (port: number, chat: UndisturbedChat) => Promise<void>) {
  const { port } = await openRoom();
  const chat = await UndisturbedChat.start(port);
  await misbehave(port, chat);
  await chat.end();
}

describe('F7: a frame that cannot be read ends the connection, with a code and a sentence', () => {
  const frames: Readonly<Record<string, string | Buffer>> = {
    'not JSON': 'hello?',
    'half of a message': HELLO.slice(0, 20),
    'an empty frame': '',
    'JSON that is no object': '[1, 2]',
    'an object without a type': '{}',
    'a type that is no text': '{"type":1}',
    'a hello without a name': '{"type":"hello","version":1}',
    'a name that is a number': '{"type":"hello","version":1,"name":7}',
    'a version that is a text': '{"type":"hello","version":"1","name":"M"}',
    'a version below 1': '{"type":"hello","version":0,"name":"M"}',
    'a resume point without a token': '{"type":"hello","version":1,"name":"M","resume":{"seq":1}}',
    'nesting without an end': '['.repeat(30_000),
    'a type no hub knows': '{"type":"teleport"}',
    'a type from the prototype': '{"type":"toString"}',
    'a binary frame (F3)': Buffer.from(HELLO),
  };
  test.for(Object.entries(frames))('before hello: %s', ([, frame]) =>
    whileOthersChat(async (port) => {
      const mallory = await connect(port);
      mallory.socket.send(frame);
      const { code } = await mallory.refusal();
      expect(code).toMatch(/^(bad-message|hello-first)$/);
      expect(await mallory.ended).toEqual({
        code: CLOSE_REASONS['bad-message'].code,
        reason: 'bad-message',
      });
    }),
  );

  test.for([
    ['not JSON', '{"type":"say"'],
    ['an act without an id', JSON.stringify({ ...ACT, id: undefined })],
    ['an id that is a number', JSON.stringify({ ...ACT, id: 7 })],
    ['an id that is too long', JSON.stringify({ ...SAY, id: 'x'.repeat(65) })],
    ['an id with a line break', JSON.stringify({ ...SAY, id: 'a\nb' })],
    ['typing that is neither on nor off', '{"type":"typing","on":1}'],
    ['the end of a proof that is none', '{"type":"passphrase","finish":"","proof":""}'],
  ] as const)('after hello: %s; everyone sees the member lost', ([, frame]) =>
    whileOthersChat(async (port, { witness }) => {
      const mallory = await join(port, 'Mallory');
      mallory.socket.send(frame);
      expect((await mallory.refusal()).code).toBe('bad-message');
      expect((await mallory.ended).reason).toBe('bad-message');
      expect(await witness.change('left', 'Mallory')).toMatchObject({ reason: 'lost', count: 3 });
    }),
  );
});

/** Every request that has an id, and wrong values of its other fields. */
const WRONG: readonly (readonly [good: Readonly<Record<string, unknown>>, wrong: object])[] = [
  [SAY, { text: [undefined, null, 7, { a: 1 }] }],
  [SAY, { written: [undefined, '1', -1, 0.5, 1e300] }],
  [SAY, { signature: [undefined, '', 7, 'A'.repeat(1025)] }],
  [SAY, { again: ['yes', false] }],
  [ACT, { act: [undefined, 'crown', 7] }],
  [ACT, { on: [undefined, null, 5, true, {}, ['a'], 'a b', 'é', 'x'.repeat(65)] }],
  [ACT, { written: ['1'], signature: [''] }],
  [{ type: 'rename', name: 'Mal' }, { name: [undefined, null, 7, ['Mal']] }],
  [
    { type: 'history', before: 9, limit: 5 },
    { before: [undefined, -1, '9'], after: [9] },
  ],
  [{ type: 'history', after: 9, limit: 5 }, { limit: [undefined, 0, 100_000, '5'] }],
];

test('F7: a request that is wrong in all but its id is refused by that, and the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    const frames = WRONG.flatMap(([good, fields]) =>
      Object.entries(fields).flatMap(([field, values]: [string, readonly unknown[]]) =>
        values.map((value) => ({ ...good, [field]: value })),
      ),
    );
    for (const [index, frame] of frames.entries()) {
      mallory.socket.send(JSON.stringify({ ...frame, id: `wrong-${index}` }));
      await mallory.refused('bad-message', `wrong-${index}`);
    }
    mallory.socket.send(JSON.stringify(SAY));
    await mallory.entry('hi');
    mallory.socket.close(1000);
    await mallory.ended;
  }));

test('F7: before hello an id does not help', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send('{"type":"hello","id":"h","version":1}');
    expect(await mallory.refusal()).toMatchObject({ code: 'bad-message', id: 'h' });
    expect((await mallory.ended).reason).toBe('bad-message');
  }));

test('H1: anything before hello is refused and ends the connection', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send(JSON.stringify(SAY));
    expect((await mallory.refusal()).code).toBe('hello-first');
    expect((await mallory.ended).reason).toBe('bad-message');
  }));

test('H1: a second hello is refused, the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.socket.send(HELLO);
    expect((await mallory.refusal()).code).toBe('hello-twice');
    mallory.socket.send(JSON.stringify(SAY));
    await mallory.entry('hi');
  }));

test('F6: a type the hub does not know is refused by its id, the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.socket.send('{"type":"react","id":"r1","emoji":"👍"}');
    expect(await mallory.refusal()).toMatchObject({ id: 'r1', code: 'unknown-type' });
    mallory.socket.send(JSON.stringify(SAY));
    await mallory.entry('hi');
  }));

test('F6: fields the hub does not know are ignored', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send('{"type":"hello","version":1,"name":"Mallory","avatar":{"x":[1]}}');
    expect((await mallory.welcome()).roster).toHaveLength(4);
  }));

test('H2: a version from the future is told what to do', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    const told = new Promise((resolve) => mallory.socket.once('message', resolve));
    mallory.socket.send('{"type":"hello","version":2,"name":"Mallory"}');
    const { code, sentence } = JSON.parse(String(await told));
    expect(code).toBe('version-unsupported');
    expect(sentence).toMatch(/different versions .* Update Lanyard on both sides\.$/);
    expect((await mallory.ended).reason).toBe('version-unsupported');
  }));

test.for(['', '   ', '\u200b\u200b', '\u202egnp', '\u2066x', 'x'.repeat(5000), 'a\nb'])(
  'O1, H3: nobody comes in as %j',
  (name) =>
    whileOthersChat(async (port) => {
      const mallory = await connect(port);
      mallory.socket.send(JSON.stringify({ type: 'hello', version: 1, name }));
      expect((await mallory.refusal()).code).toMatch(/^name-/);
      expect((await mallory.ended).reason).toBe('bad-name');
    }),
);

/** Sends parts of one message until the hub has had enough. */
async function sendFragments({ socket, ended }: ProtocolMember, count: number, part: string) {
  for (let sent = 0; sent < count && socket.readyState === socket.OPEN; sent += 1) {
    socket.send(part, { fin: false });
    if (sent % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return ended;
}

describe('F4: frames that are too much end the connection that sends them', () => {
  test('a frame of 10 MB', () =>
    whileOthersChat(async (port, { witness }) => {
      const mallory = await join(port, 'Mallory');
      mallory.socket.send('x'.repeat(10_000_000));
      await mallory.ended;
      expect((await witness.change('left', 'Mallory')).reason).toBe('lost');
    }));

  test('a frame one byte over the limit is too big, one at the limit is read', () =>
    whileOthersChat(async (port) => {
      const mallory = await join(port, 'Mallory');
      const frame = JSON.stringify({ ...SAY, text: '' });
      const fill = (bytes: number) => frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
      mallory.socket.send(fill(FRAME_MAX_BYTES));
      expect((await mallory.refusal()).code).toBe('text-too-long');
      mallory.socket.send(fill(FRAME_MAX_BYTES + 1));
      expect((await mallory.ended).code).toBe(1009);
    }));

  test.for([
    ['empty ones', ''],
    ['ones that add up', 'xxxxxxxx'],
  ] as const)('a million fragments: %s', ([, part]) =>
    whileOthersChat(async (port, { witness }) => {
      const mallory = await join(port, 'Mallory');
      await sendFragments(mallory, 1_000_000, part);
      expect((await witness.change('left', 'Mallory')).reason).toBe('lost');
    }),
  );

  test('text that is not UTF-8', () =>
    whileOthersChat(async (port, { witness }) => {
      const mallory = await join(port, 'Mallory');
      mallory.socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false });
      expect((await mallory.ended).code).toBe(1007);
      expect((await witness.change('left', 'Mallory')).reason).toBe('lost');
    }));
});

test('O20: markup is text like any other', () =>
  whileOthersChat(async (port, { witness }) => {
    const mallory = await join(port, '<b>Mallory</b>');
    const text = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    mallory.say(text);
    expect(await witness.entry(text)).toMatchObject({ name: '<b>Mallory</b>', text });
  }));
