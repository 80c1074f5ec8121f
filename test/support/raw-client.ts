/** A TCP connection, without TLS, that says exactly what a test wants, and nothing by itself. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../main/protocol/limits.ts';

/** What a WebSocket client asks for; further headers come on top. */
export function upgradeRequest(headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({
    Host: 'room',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': SUBPROTOCOL,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET / HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** What somebody says who comes in under this name. */
export function helloOf(name: string): string {
  return JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, name });
}

/** One masked text frame; the mask is zero, so that the bytes can be read in a test. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Connects and says `opening`; stays open on this side until the test is over. */
export async function rawConnect(port: number, opening: string | Buffer = ''): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  if (opening !== '') socket.write(opening);
  return socket;
}

/** Everything the other side says until it ends the connection. */
export async function answerOf(socket: Socket): Promise<string> {
  let answer = '';
  socket.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
  });
  // Whoever is reset has been answered as well.
  await new Promise((resolve) => {
    socket.once('end', resolve);
    socket.once('close', resolve);
  });
  return Buffer.from(answer, 'latin1').toString();
}

/** Resolves once the other side has taken the whole connection down, not only its own half. */
export async function untilDropped(socket: Socket): Promise<void> {
  if (socket.closed) return;
  // Only writing shows it: a side that has ended its own half may still be listening.
  const probe = setInterval(() => socket.write('\r\n'), 20);
  socket.resume();
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  clearInterval(probe);
}
