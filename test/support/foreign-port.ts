/** Ports of servers that are not Lanyard's. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** Takes a port for the length of a test, any free one when it is 0. */
export async function occupyPort(port = 0): Promise<number> {
  const { server, port: taken } = await listen(port);
  onTestFinished(() => {
    server.close();
  });
  return taken;
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const { server, port } = await listen(0);
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(port: number): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(port);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { server, port: address.port };
}
