/**
 * Carries frames between a room and the test that started it: `bot-program.ts URL`. Lines typed are
 * sent as they are, frames received are printed as lines, and `closed CODE` is the last one. Who it
 * is says `BOT_CERTIFICATE` and its `BOT_KEY`.
 */
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { memberTls } from '../support/member-tls.ts';

const [, , url = ''] = process.argv;
const { BOT_CERTIFICATE: certificate = '', BOT_KEY: privateKey = '' } = process.env;
const socket = new WebSocket(url, SUBPROTOCOL, memberTls({ certificate, privateKey }));
const print = (line: string) => process.stdout.write(`${line}\n`);

socket.on('open', () => {
  createInterface({ input: process.stdin })
    .on('line', (line) => socket.send(line))
    .on('close', () => socket.close());
});
socket.on('message', (data: Buffer) => print(data.toString()));
socket.on('close', (code) => {
  print(`closed ${code}`);
  process.exit();
});
