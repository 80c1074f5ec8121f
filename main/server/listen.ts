import { once } from 'node:events';
import type { Server } from 'node:net';
import { LanyardError } from '../errors.ts';
import { PORT_CODES } from '../model/error-codes.ts';
import { DEFAULT_PORT } from '../protocol/limits.ts';

/** A burst of people joining waits here; Node's own 511 is too short for a school. */
const BACKLOG = 4096;

/** How many ports after the usual one are tried before any free one is taken. */
const PORTS_TRIED = 50;

/**
 * Listens on `port`, or on the usual port or the next free one when it is null (D4), at all addresses
 * or at `host`; resolves to the port. Rejects with port-in-use, port-not-allowed, address-not-here.
 */
export async function listen(
  server: Server,
  port: number | null,
  host: string | null,
): Promise<number> {
  if (port !== null) {
    const problem = await tryPort(server, port, host);
    if (problem === null) return port;
    throw problemError(problem, port);
  }
  for (let candidate = DEFAULT_PORT; candidate < DEFAULT_PORT + PORTS_TRIED; candidate += 1) {
    if ((await tryPort(server, candidate, host)) === null) return candidate;
  }
  const problem = await tryPort(server, 0, host);
  const address = server.address();
  if (problem === null && address !== null && typeof address === 'object') return address.port;
  throw problemError(problem, 0);
}

/** Null when it listens, otherwise the system's code for why not. */
async function tryPort(server: Server, port: number, host: string | null): Promise<string | null> {
  // Takes its listeners back also where it fails: dozens of ports are tried.
  const listening = once(server, 'listening');
  server.listen({ port, backlog: BACKLOG, ...(host === null ? {} : { host }) });
  try {
    await listening;
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

/** True for an error of `listen` that another port may not have. */
export function isAboutPort(error: unknown): boolean {
  return error instanceof LanyardError && PORT_CODES.has(error.code);
}

function problemError(problem: string | null, port: number): LanyardError {
  if (problem === 'EACCES') {
    return new LanyardError({ code: 'port-not-allowed', details: { port } });
  }
  if (problem === 'EADDRNOTAVAIL' || problem === 'ENOTFOUND') {
    return new LanyardError({ code: 'address-not-here' });
  }
  return new LanyardError({ code: 'port-in-use', details: { port } });
}
