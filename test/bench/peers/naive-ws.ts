/** A chat as everybody writes it first: stringify once, `client.send` for each. */
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import * as v from 'valibot';

const { values } = parseArgs({ options: { notices: { type: 'boolean', default: false } } });
const saying = v.object({ type: v.literal('say'), text: v.string() });

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const names = new Set<string>();

function broadcast(message: object): void {
  const frame = JSON.stringify(message);
  for (const client of server.clients) client.send(frame);
}

server.on('connection', (client, request) => {
  const name = new URL(request.url ?? '', 'ws://localhost').searchParams.get('name') ?? '';
  names.add(name);
  if (values.notices) {
    broadcast({ type: 'joined', name });
    client.send(JSON.stringify({ type: 'welcome', roster: [...names] }));
  }
  client.on('message', (data: Buffer) => {
    const { text } = v.parse(saying, JSON.parse(data.toString()));
    broadcast({ type: 'said', name, text });
  });
  client.on('close', () => names.delete(name));
});
server.on('listening', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
});
