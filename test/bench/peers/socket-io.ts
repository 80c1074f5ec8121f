/** The chat of Socket.IO's own tutorial: `io.emit` for everybody. */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Server } from 'socket.io';

const { values } = parseArgs({ options: { notices: { type: 'boolean', default: false } } });

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
const names = new Set<string>();

io.on('connection', (socket) => {
  const name = String(socket.handshake.query['name']);
  names.add(name);
  if (values.notices) {
    io.emit('joined', name);
    socket.emit('welcome', [...names]);
  }
  socket.on('say', (text: unknown) => {
    io.emit('said', text);
  });
  socket.on('disconnect', () => names.delete(name));
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : null;
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
});
