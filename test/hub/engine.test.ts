/** A hub at work, with connections that note what they get (H2, L8, L9, M2). */
import { describe, expect, test } from 'vitest';
import { clear } from '../../main/events/clear.ts';
import { message } from '../../main/events/message.ts';
import { settings } from '../../main/events/settings.ts';
import { HubEngine } from '../../main/hub/engine/hub-engine.ts';
import type { Peer } from '../../main/hub/engine/peer.ts';
import { MemoryHub } from '../../main/storage/memory-hub.ts';
import { MemoryLog } from '../../main/storage/memory-log.ts';
import { encodeClientMessage } from '../../main/wire/encode.ts';
import type { ClientMessage, HubMessage } from '../../main/wire/messages.ts';
import { hash, sign, verify } from '../simulation/crypto.ts';
import { keyDoorkeeper } from '../simulation/key-doorkeeper.ts';
import { HOST_KEY, keyOf, ROOM, TALK } from '../simulation/names.ts';
import { virtualClock } from '../simulation/virtual-clock.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { eventOf } from './tried-hub.ts';
import type { Wanted } from './tried-hub.ts';

/** An engine with the host and Ann in its room; what Ann was told, and what ended each connection. */
function running() {
  const time = new VirtualTime();
  const logs = new Map([ROOM.id, TALK].map((id) => [id, new MemoryLog(hash)]));
  const memory = new MemoryHub((conversation) => logs.get(conversation) ?? new MemoryLog(hash));
  const flush = (done: () => void) => time.after(1, done);
  const store = {
    log: (conversation: string) => memory.log(conversation),
    epochs: () => memory.epochs(),
    addEpoch: memory.addEpoch.bind(memory),
    known: () => memory.known(),
    inviteUses: () => memory.inviteUses(),
    commit: memory.commit.bind(memory),
    flush,
    flushNow: () => undefined,
  };
  const told: HubMessage[][] = [];
  const closed: string[] = [];
  const engine = new HubEngine({
    clock: virtualClock(time),
    store,
    doorkeeper: keyDoorkeeper(keyOf),
    room: ROOM,
    firstConversation: TALK,
    hostId: HOST_KEY,
    capacity: 10,
    rate: { burst: 1_000, perSecond: 1_000, pauseMs: 1_000, patience: 10 },
    hash,
    sign: (text) => sign(HOST_KEY, text),
    verify,
    onCount: () => undefined,
    onRoom: () => undefined,
    onProblem: (error) => {
      throw error;
    },
  });
  const attach = (connection: number) => {
    const heard: HubMessage[] = [];
    told[connection] = heard;
    const peer: Peer = {
      welcome: (greeting, { members }) => heard.push({ ...greeting, roster: members }),
      send: (sent) => heard.push(sent),
      sendBatch: ({ items }) => heard.push(...items.map((item) => item.message)),
      isTooSlow: () => false,
      close: (reason) => {
        closed[connection] = reason;
      },
    };
    engine.attach(connection, peer, connection === 0);
  };
  const pass = (ms: number) => time.runUntil(time.now + ms);
  const send = (connection: number, sent: ClientMessage) => {
    engine.receive(connection, encodeClientMessage(sent));
    pass(20);
  };
  const post = (connection: number, wanted: Wanted) => {
    const { id, event } = eventOf(keyOf(connection), wanted);
    send(connection, { type: 'post', id, event });
  };
  const take = (connection: number) => told[connection]?.splice(0) ?? [];
  for (const connection of [0, 1]) {
    attach(connection);
    const name = ['Host', 'Ann'][connection] ?? '';
    send(connection, { type: 'hello', version: 2, name, resume: [] });
  }
  pass(1_000);
  take(1);
  return { engine, logs, attach, pass, send, post, take, closed };
}

const saying = (text: string): Wanted => ({ kind: message.name, content: { text } });

describe('H2: a hello of another version', () => {
  test.for([
    { type: 'hello', version: 3, name: 'Cem' },
    { type: 'hello', version: 1, name: 'Cem', resume: { epoch: 'e', seq: 1 } },
    { type: 'hello', version: 9, called: ['Cem'] },
  ])('%j is turned away with words, and ends the connection', (hello) => {
    const { engine, attach, pass, take, closed } = running();
    attach(2);
    engine.receive(2, JSON.stringify(hello));
    pass(20);
    expect(take(2)).toEqual([{ type: 'refused', code: 'version-unsupported' }]);
    expect(closed[2]).toBe('version-unsupported');
    expect(engine.memberCount).toBe(2);
  });
});

describe('L8: the host vouches', () => {
  test('a second after something was told, for all that was told by then, and not again', () => {
    const { post, pass, take, logs } = running();
    for (const text of ['one', 'two', 'three']) {
      post(1, saying(text));
      pass(200);
    }
    expect(take(1).filter(({ type }) => type === 'head')).toEqual([]);
    pass(1_000);
    const { seq, link } = logs.get(TALK)?.last ?? {};
    expect(take(1)).toMatchObject([{ type: 'head', conversation: TALK, seq, link }]);
    pass(10_000);
    expect(take(1)).toEqual([]);
  });

  test('for what it told last before it ends', () => {
    const { engine, post, take, closed } = running();
    post(1, saying('one'));
    take(1);
    engine.closeAll();
    expect(take(1)).toMatchObject([{ type: 'head', conversation: TALK, seq: 1 }]);
    expect(closed[1]).toBe('room-closed');
  });
});

function floorsIn(messages: readonly HubMessage[]): readonly number[] {
  return messages.flatMap((sent) => (sent.type === 'floor' ? sent.floor.seq : []));
}

describe('L9: forgetting', () => {
  test('what was said before it, when the host clears', () => {
    const { post, take, logs } = running();
    for (const text of ['one', 'two']) post(1, saying(text));
    post(0, { kind: clear.name });
    expect(floorsIn(take(1))).toEqual([2]);
    expect(logs.get(TALK)?.after(0, 9)).toEqual([]);
    expect(logs.get(ROOM.id)?.last.seq).toBe(1);
    post(1, saying('three'));
    expect(
      logs
        .get(TALK)
        ?.after(0, 9)
        .map(({ seq }) => seq),
    ).toEqual([3]);
  });

  test('all at once, in a room that remembers nothing; those who are here keep what they heard', () => {
    const { post, take, logs } = running();
    post(1, saying('one'));
    post(0, { kind: settings.name, content: { remembersDays: 0 } });
    expect(floorsIn(take(1))).toEqual([]);
    expect(logs.get(TALK)?.after(0, 9)).toEqual([]);
    post(1, saying('two'));
    const told = take(1);
    expect(told.map(({ type }) => type)).toContain('entries');
    expect(floorsIn(told)).toEqual([]);
    expect(logs.get(TALK)?.after(0, 9)).toEqual([]);
    // The room's acts are never forgotten.
    expect(logs.get(ROOM.id)?.after(0, 9)).toHaveLength(1);
  });
});
