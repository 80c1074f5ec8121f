/**
 * Serves the window as a page on loopback, and the bridge beside it on a WebSocket. Both are only
 * for the browser this start opened: every path begins with an unguessable token, `Host` must be
 * this very server (DNS rebinding), and the socket must come from the page itself (cross-site).
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { OutsideBridge } from '../../bridge/outside.ts';
import { LanyardError } from '../../errors.ts';
import { createHttpServer } from '../../node-http.ts';
import { PAGE_HEADERS, readPageFile } from '../page.ts';
import { serveBridge } from './bridge-socket.ts';
import { CHALLENGE_HEADER, PROOF_HEADER, proofOf } from './page-proof.ts';

/** The largest call a page may send, in bytes: a room name or a message, escaped. */
const CALL_MAX_BYTES = 512 * 1024;

export interface PageServerOptions {
  readonly bridge: OutsideBridge;
  /** The folder of the built page. */
  readonly root: string;
  /** Null for any free port. */
  readonly port: number | null;
  readonly token: string;
}

export interface PageServer {
  /** What to open; it carries the token. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Rejects with port-in-use. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { bridge, root, token } = options;
  const http = createHttpServer();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: CALL_MAX_BYTES,
    maxFragments: 64,
    maxBufferedChunks: 1024,
    // A call is answered before the next one is read, unless it takes its time: the bridge counts those.
    allowSynchronousEvents: false,
  });
  const port = await listenOnLoopback(http, options.port ?? 0);
  // A page that could not be taken in, as when memory is short, tries again.
  http.on('error', () => undefined);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  http.on('request', (request, response) => {
    const path = allowedPath(request, hosts, token);
    if (path === null || request.method !== 'GET')
      refuse(response, proofFor(request, hosts, token));
    else sendFile(response, root, path).catch(() => response.destroy());
  });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const origin = request.headers.origin ?? '';
    const fromPage = origin.startsWith('http://') && hosts.has(origin.slice('http://'.length));
    if (!fromPage || allowedPath(request, hosts, token) !== '/bridge') {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
        stream.destroy(),
      );
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => serveBridge(socket, bridge));
  });

  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.close(1001);
        http.close(() => resolve());
        http.closeAllConnections();
        setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
        }, 500).unref();
      }),
  };
}

/** The path behind the token, or null when the request may not be answered. */
function allowedPath(
  request: IncomingMessage,
  hosts: ReadonlySet<string>,
  token: string,
): string | null {
  if (!hosts.has(request.headers.host ?? '')) return null;
  const [, given = '', ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  return sameSecret(given, token) && rest.length > 0 ? `/${rest.join('/')}` : null;
}

function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** That this is the page whose token this is, for a second start that asks; nothing for others. */
function proofFor(
  { headers }: IncomingMessage,
  hosts: ReadonlySet<string>,
  token: string,
): Readonly<Record<string, string>> {
  const challenge = headers[CHALLENGE_HEADER];
  if (typeof challenge !== 'string' || !hosts.has(headers.host ?? '')) return {};
  return { [PROOF_HEADER]: proofOf(token, challenge) };
}

function refuse(response: ServerResponse, proof: Readonly<Record<string, string>>): void {
  response.writeHead(403, {
    ...PAGE_HEADERS,
    ...proof,
    'Content-Type': 'text/plain; charset=utf-8',
  });
  response.end('This page belongs to the Lanyard that opened it. Use the address it printed.\n');
}

async function sendFile(response: ServerResponse, root: string, path: string): Promise<void> {
  const file = await readPageFile(root, path);
  response.writeHead(file ? 200 : 404, {
    ...PAGE_HEADERS,
    'Content-Type': file?.type ?? 'text/plain; charset=utf-8',
  });
  response.end(file?.body ?? 'There is no such file.\n');
}

function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', () =>
      reject(new LanyardError({ code: 'port-in-use', details: { port } })),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}
