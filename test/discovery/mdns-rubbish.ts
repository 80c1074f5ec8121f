/** Sends 500 datagrams that begin like DNS responses and go on at random; run on a host of a LAN. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

const RESPONSE = Buffer.from([0, 0, 0x84, 0]);

const socket = createSocket('udp4');
for (let length = 0; length < 500; length += 1) {
  const datagram = Buffer.concat([RESPONSE, randomBytes(length)]);
  await new Promise((resolve) => socket.send(datagram, 5353, '224.0.0.251', resolve));
}
socket.close();
