import type { IncomingMessage } from 'node:http';

/**
 * Where a connection really comes from. `X-Forwarded-For` is believed only when the connection
 * itself comes from a proxy that was named as trusted, and then only its last hop (O8).
 */
export function clientAddress(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (!trustedProxies.includes(peer)) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  const last = hops.at(-1)?.trim() ?? '';
  return last === '' ? peer : plainAddress(last);
}

/** IPv4 that came in over a dual-stack socket looks like `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
