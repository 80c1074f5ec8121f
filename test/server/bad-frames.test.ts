import { describe, expect, test } from 'vitest';
import { CLOSE_REASONS } from '../../main/protocol/close-codes.ts';
import {
  ANCESTRY_MAX,
  BODY_MAX,
  FRAME_MAX_BYTES,
  PROTOCOL_VERSION,
  REFERENCES_MAX,
} from '../../main/protocol/limits.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import { openRoom, ROOM_ID, TALK } from '../support/open-room.ts';
import { identityOf } from '../support/identities.ts';
import { connect, join } from '../support/protocol-member.ts';
import type { ProtocolMember } from '../support/protocol-member.ts';
import { postBy } from '../support/posts.ts';
import { helloOf } from '../support/raw-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

const HELLO = helloOf('Mallory');
const POST = postBy(identityOf('Mallory'), 'message/text', { text: 'hi' });
const SAID = encodeClientMessage(POST);

/** What it would look like with other fields; undefined for without. */
function posted(fields: object, event: object = {}): string {
  const frame = JSON.parse(SAID);
  return JSON.stringify({ ...frame, ...fields, event: { ...frame.event, ...event } });
}

/** A room with people chatting; `misbehave` must leave them alone. */
async function whileOthersChat(misbehave: (port: number, chat: UndisturbedChat) => Promise<void>) {
  const { port } = await openRoom();
  const chat = await UndisturbedChat.start(port);
  await misbehave(port, chat);
  await chat.end();
}

function withResume(resume: readonly unknown[]): string {
  return JSON.stringify({ ...JSON.parse(HELLO), resume });
}

describe('F7: a frame that cannot be read ends the connection, with a code and a sentence', () => {
  const frames: Readonly<Record<string, string | Buffer>> = {
    'not JSON': 'hello?',
    'half of a message': HELLO.slice(0, 20),
    'an empty frame': '',
    'JSON that is no object': '[1, 2]',
    'an object without a type': '{}',
    'a type that is no text': '{"type":1}',
    'a hello without a name': JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION }),
    'a name that is a number': HELLO.replace('"Mallory"', '7'),
    'a version that is a text': '{"type":"hello","version":"1","name":"M"}',
    'a version below 1': '{"type":"hello","version":0,"name":"M"}',
    'a copy that names no conversation': withResume([{ ancestry: [] }]),
    'a copy in an epoch that is none': withResume([
      { conversation: TALK, ancestry: [{ epoch: 'e', seq: 1 }] },
    ]),
    'copies of more conversations than there can be': withResume(
      Array.from({ length: ANCESTRY_MAX + 1 }, () => ({ conversation: TALK, ancestry: [] })),
    ),
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
    ['not JSON', '{"type":"post"'],
    ['an event without an id', posted({ id: undefined })],
    ['an id that is a number', posted({ id: 7 })],
    ['an id that is too long', posted({ id: 'x'.repeat(65) })],
    ['an id with a line break', posted({ id: 'a\nb' })],
    ['typing that is neither on nor off', `{"type":"typing","conversation":"${TALK}","on":1}`],
    ['typing nowhere', '{"type":"typing","on":true}'],
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
  [{ type: 'rename', name: 'Mal' }, { name: [undefined, null, 7, ['Mal']] }],
  [
    { type: 'history', conversation: TALK, before: 9, limit: 5 },
    { before: [undefined, -1, '9'], after: [9], conversation: [undefined, 7, 'here'] },
  ],
  [
    { type: 'history', conversation: TALK, after: 9, limit: 5 },
    { limit: [undefined, 0, 100_000, '5'] },
  ],
];

/** Wrong values of the fields of an event. */
const WRONG_IN_EVENT: Readonly<Record<string, readonly unknown[]>> = {
  conversation: [undefined, 7, 'here'],
  kind: [undefined, 7, 'text', 'message/', 'poll/text', `message/${'x'.repeat(60)}`, 'message/a b'],
  person: [undefined, null, 7, '', 'a b', 'é', 'x'.repeat(65)],
  device: [null, 7, ''],
  written: [undefined, '1', -1, 0.5, 1e300],
  refs: [
    7,
    {},
    ['to'],
    [['to']],
    [['to', 'a b']],
    [['To', 'x']],
    Array.from({ length: REFERENCES_MAX + 1 }, () => ['to', 'x']),
  ],
  salt: [undefined, 7, '', 'short', 'x'.repeat(44), 'é'.repeat(22)],
  body: [undefined, null, 7, { text: 'hi' }, 'x'.repeat(BODY_MAX + 1)],
  signature: [undefined, '', 7, 'A'.repeat(85), 'A'.repeat(87)],
};

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
    mallory.socket.send(SAID);
    await mallory.entry('hi');
    mallory.socket.close(1000);
    await mallory.ended;
  }));

test('F7: an event that is none is refused by its id, and the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    const frames = [
      posted({ again: 'yes' }),
      posted({ again: false }),
      ...Object.entries(WRONG_IN_EVENT).flatMap(([field, values]) =>
        values.map((value) => posted({}, { [field]: value })),
      ),
    ];
    for (const frame of frames) mallory.socket.send(frame);
    mallory.socket.send(SAID);
    await mallory.entry('hi');
    const refused = mallory.received.filter(({ type }) => type === 'refused');
    const refusal = { type: 'refused', id: POST.id, code: 'bad-message' };
    expect(refused).toEqual(frames.map(() => refusal));
  }));

test.for([
  ['message/text', { text: 7 }, 'bad-message'],
  ['message/text', {}, 'bad-message'],
  ['message/text', { text: ' hi ' }, 'text-not-normal'],
  ['message/text', { text: ' \n ' }, 'text-empty'],
  ['message/text', { text: 'x'.repeat(4_001) }, 'text-too-long'],
  ['relation/edit', { text: '' }, 'text-empty'],
  ['relation/reaction', { emoji: '' }, 'bad-message'],
  ['act/settings', {}, 'bad-message'],
  ['act/settings', { slowSeconds: '5' }, 'bad-message'],
  ['act/moderation', { act: 'crown', person: 'x', name: '' }, 'bad-message'],
] as const)('S3, E7: %s that says %j is refused', ([kind, content, code]) =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.post(kind, content, { label: 'wrong' });
    await mallory.refused(code, 'wrong');
    mallory.socket.send(SAID);
    await mallory.entry('hi');
  }),
);

test('E3: an event under another id than its own is refused, and so is one in somebody’s name', () =>
  whileOthersChat(async (port, { witness }) => {
    const mallory = await join(port, 'Mallory');
    const other = postBy(identityOf('Mallory'), 'message/text', { text: 'other' });
    mallory.send({ ...POST, id: other.id });
    await mallory.refused('bad-message', other.id);
    const forged = postBy(witness.identity, 'message/text', { text: 'forged' });
    mallory.send(forged);
    await mallory.refused('not-allowed', forged.id);
    mallory.socket.send(SAID);
    await mallory.entry('hi');
  }));

test('S1: nothing is said where there is no conversation', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.post('message/text', { text: 'x' }, { label: 'lost', more: { conversation: ROOM_ID } });
    await mallory.refused('no-such-conversation', 'lost');
    mallory.send({ type: 'history', id: 'h', conversation: POST.id, after: 0, limit: 5 });
    await mallory.refused('no-such-conversation', 'h');
  }));

test('S5: what is posted twice is entered once, and its author is told that it is there', () =>
  whileOthersChat(async (port, { witness }) => {
    const mallory = await join(port, 'Mallory');
    mallory.send(POST);
    await mallory.entry('hi');
    mallory.send(POST);
    await mallory.waitFor((it) => (it.type === 'confirmed' && it.id === POST.id ? it : undefined));
    mallory.say('and now?');
    await witness.entry('and now?');
    expect(witness.entries.filter(({ id }) => id === POST.id)).toHaveLength(1);
  }));

test('E5: a kind that nobody knows reaches everybody as it is', () =>
  whileOthersChat(async (port, { witness }) => {
    const mallory = await join(port, 'Mallory');
    const content = { options: ['yes', 'no'], fallback: 'Yes or no?' };
    const id = mallory.post('message/poll', content);
    const heard = await witness.item(id);
    expect(heard).toMatchObject({ kind: 'message/poll', person: mallory.id, text: null });
    expect(heard.body).toMatchObject({ state: 'whole', text: JSON.stringify(content) });
  }));

test('F7: before hello an id does not help', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send(JSON.stringify({ type: 'hello', id: 'h', version: PROTOCOL_VERSION }));
    expect(await mallory.refusal()).toMatchObject({ code: 'bad-message', id: 'h' });
    expect((await mallory.ended).reason).toBe('bad-message');
  }));

test('H1: anything before hello is refused and ends the connection', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send(SAID);
    expect((await mallory.refusal()).code).toBe('hello-first');
    expect((await mallory.ended).reason).toBe('bad-message');
  }));

test('H1: a second hello is refused, the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.socket.send(HELLO);
    expect((await mallory.refusal()).code).toBe('hello-twice');
    mallory.socket.send(SAID);
    await mallory.entry('hi');
  }));

test('F6: a type the hub does not know is refused by its id, the member stays', () =>
  whileOthersChat(async (port) => {
    const mallory = await join(port, 'Mallory');
    mallory.socket.send('{"type":"react","id":"r1","emoji":"👍"}');
    expect(await mallory.refusal()).toMatchObject({ id: 'r1', code: 'unknown-type' });
    mallory.socket.send(SAID);
    await mallory.entry('hi');
  }));

test('F6: fields the hub does not know are ignored', () =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    mallory.socket.send(JSON.stringify({ ...JSON.parse(HELLO), avatar: { x: [1] } }));
    expect((await mallory.welcome()).roster).toHaveLength(4);
  }));

test.for([1, 3, 1_000])('H2: who speaks version %s is told what to do', (version) =>
  whileOthersChat(async (port) => {
    const mallory = await connect(port);
    const told = new Promise((resolve) => mallory.socket.once('message', resolve));
    // As version 1 said it: without a list of copies.
    mallory.socket.send(JSON.stringify({ type: 'hello', version, name: 'Mallory' }));
    const { code, sentence } = JSON.parse(String(await told));
    expect(code).toBe('version-unsupported');
    expect(sentence).toMatch(/different versions .* Update Lanyard on both sides\.$/);
    expect((await mallory.ended).reason).toBe('version-unsupported');
  }),
);

test.for(['', '   ', '\u200b\u200b', '\u202egnp', '\u2066x', 'x'.repeat(5000), 'a\nb'])(
  'O1, H3: nobody comes in as %j',
  (name) =>
    whileOthersChat(async (port) => {
      const mallory = await connect(port);
      mallory.socket.send(helloOf(name));
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
      const frame = posted({ padding: '' });
      const fill = (bytes: number) => frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
      mallory.socket.send(fill(FRAME_MAX_BYTES));
      await mallory.entry('hi');
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
