import { connect } from 'node:net';

/** Whether any of the addresses accepts a TCP connection within `limit` ms. */
export async function tryConnect(
  addresses: readonly string[],
  port: number,
  limit: number,
): Promise<boolean> {
  const attempts = addresses.map((host) => accepts(host, port, AbortSignal.timeout(limit)));
  return (await Promise.all(attempts)).includes(true);
}

function accepts(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
