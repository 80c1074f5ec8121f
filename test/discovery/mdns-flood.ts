/**
 * Asks a thousand times for rooms in one packet, then once for service types, and prints how many
 * answers came until that of the last question; run on a host of a LAN.
 */
import { createSocket } from 'node:dgram';

const GROUP = '224.0.0.251';
const PORT = 5353;

const labels = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`)),
    Buffer.of(0),
  ]);

/** A query whose questions all have the same name: all but the first point at it. */
function query(name: string, count: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(count, 4);
  const ptrIn = Buffer.of(0, 12, 0, 1);
  const pointer = Buffer.of(0xc0, header.length);
  const others = Array.from({ length: count - 1 }, () => Buffer.concat([pointer, ptrIn]));
  return Buffer.concat([header, labels(name), ptrIn, ...others]);
}

let answers = 0;
const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (message) => {
  const isResponse = (message[2] ?? 0) >= 0x80;
  if (!isResponse) return;
  if (message.includes(labels('_services._dns-sd._udp.local'))) {
    process.stdout.write(`${answers}\n`);
    socket.close();
  } else answers += 1;
});
socket.bind(PORT, () => {
  socket.addMembership(GROUP);
  socket.send(query('_lanyard._tcp.local', 1_000), PORT, GROUP);
  socket.send(query('_services._dns-sd._udp.local', 1), PORT, GROUP);
});
