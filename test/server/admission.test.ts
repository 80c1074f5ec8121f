import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { identityOf } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { openRoom } from '../support/open-room.ts';
import { connect, join, joinPlain } from '../support/protocol-member.ts';
import {
  answerOf,
  helloOf,
  textFrame,
  untilDropped,
  upgradeRequest,
} from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';
import { UndisturbedChat } from '../support/undisturbed-chat.ts';

describe('O1: what is no WebSocket gets an answer in words, not a hang', () => {
  test.for(['GET', 'POST', 'PUT', 'DELETE'])('%s', async (method) => {
    const { port } = await openRoom();
    const chat = await UndisturbedChat.start(port);
    const url = `https://127.0.0.1:${port}/any/path?x=1`;
    const asking = startRequest(url, { method, rejectUnauthorized: false, agent: false });
    // The room ends it once it has answered, whatever of the body is still to come.
    asking.on('error', () => undefined);
    asking.end(method === 'GET' ? '' : 'x'.repeat(100_000));
    const response = await new Promise<IncomingMessage>((answer) => {
      asking.once('response', answer);
    });
    expect(response.statusCode).toBe(400);
    expect(response.headers['lanyard-refusal']).toBe('not-a-websocket');
    expect(await text(response)).toContain('Open it with the Lanyard app');
    await chat.end();
  });

  test('no HTTP at all', async () => {
    const { port } = await openRoom();
    const chat = await UndisturbedChat.start(port);
    const socket = await tlsConnect(port, 'EHLO mail\r\n\r\n');
    expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 400 /);
    await untilDropped(socket);
    await chat.end();
  });
});

test('F1: among several subprotocols the right one is taken', async () => {
  const { port } = await openRoom();
  const options = memberTls(identityOf('Ann'));
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, ['lanyard.9', SUBPROTOCOL], options);
  await once(socket, 'open');
  expect(socket.protocol).toBe(SUBPROTOCOL);
  socket.terminate();
});

test('1,000 connections from one address: the cap holds, the others chat on, room is made again', async () => {
  // Those who are in say nothing; on a busy machine all of this takes a while.
  const { port } = await openRoom({ helloMs: 60_000 }, { transport: 'plain' });
  const chat = await UndisturbedChat.start(port, joinPlain);
  const attempts = await Promise.all(
    Array.from({ length: 1000 }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL);
      socket.on('error', () => undefined);
      return Promise.race([
        once(socket, 'open').then(() => ({ socket, status: 101 })),
        once(socket, 'unexpected-response').then(([request, response]) => {
          request.destroy();
          return { socket, status: response.statusCode };
        }),
      ]);
    }),
  );
  expect(attempts.filter(({ status }) => status === 101)).toHaveLength(97);
  expect(attempts.filter(({ status }) => status === 429)).toHaveLength(903);
  const closed = attempts
    .filter(({ status }) => status === 101)
    .map(async ({ socket }) => {
      socket.close(1000);
      await once(socket, 'close');
    });
  await Promise.all(closed);
  const late = await joinPlain(port, 'Late');
  late.crash();
  await chat.end();
});

test('a room that takes no more connections at all says so', async () => {
  const { port } = await openRoom({ connections: 2, connectionsPerAddress: 2 });
  await join(port, 'Ann');
  await join(port, 'Bo');
  expect(await answerOf(await tlsConnect(port, upgradeRequest()))).toMatch(
    /^HTTP\/1\.1 503 [^]*Lanyard-Refusal: too-many-connections/,
  );
});

describe('H1: who connects and says nothing is let go', () => {
  test('after the upgrade', async () => {
    const { port } = await openRoom({ helloMs: 1_500 });
    const chat = await UndisturbedChat.start(port);
    const silent = await connect(port);
    expect(await silent.ended).toEqual({ code: 4006, reason: 'hello-timeout' });
    await chat.end();
  });

  test('before a request', async () => {
    const { port } = await openRoom({ helloMs: 1_500 });
    const chat = await UndisturbedChat.start(port);
    const silent = await tlsConnect(port);
    const dribbling = await tlsConnect(port, 'GET / HTTP/1.1\r\nHost:');
    for (const socket of [silent, dribbling]) socket.resume();
    await Promise.all([once(silent, 'end'), once(dribbling, 'end')]);
    await chat.end();
  });

  test('a hello that comes after the time was up does not bring a ghost in', async () => {
    const { port } = await openRoom({ helloMs: 1_500 });
    const chat = await UndisturbedChat.start(port);
    // A raw connection: one that does not answer the goodbye.
    const stream = await tlsConnect(port, upgradeRequest());
    await new Promise<void>((resolve) => {
      stream.on('data', (data: Buffer) => {
        if (data.includes('hello-timeout')) resolve();
      });
    });
    stream.write(textFrame(helloOf('Ghost')));
    await once(stream, 'end');
    await chat.end();
    const changes = chat.witness.received.filter(({ type }) => type === 'presence');
    expect(JSON.stringify(changes)).not.toContain('Ghost');
  });
});
