/** Where a room is: the forms a person may type, paste or click. */
import { isIPv6 } from 'node:net';
import { DEFAULT_PORT } from '../protocol/limits.ts';

/** One place to connect to. */
export interface Target {
  /** A name, an IPv4 or a bare IPv6 literal, possibly with a scope (`fe80::1%eth0`). */
  readonly host: string;
  readonly port: number;
  /** TLS, for a hub behind a proxy that terminates it. */
  readonly secure: boolean;
  readonly path: string;
  /** The room it must be, when a link says so. */
  readonly roomId: string | null;
}

const HOST_NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?(\.[\p{L}\p{N}_-]+)*\.?$/u;
const IPV6_WITH_SCOPE = /^[0-9a-f:.]+(%[\w.-]{1,32})?$/i;
const ROOM_ID = /^[\w-]{1,64}$/;

/**
 * Reads `host`, `host:port`, an IPv6 literal with or without brackets, `ws://…`, `wss://…` or
 * `lanyard://host:port/room-id` (D5). Null when it is none of them.
 */
export function parseAddress(text: string): Target | null {
  const typed = text.trim();
  if (typed.length > 1000) return null;
  const scheme = /^([a-z]+):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme === undefined) return parseHostPort(typed, DEFAULT_PORT);
  const rest = typed.slice(scheme.length + 3);
  const slash = rest.search(/[/?#]/);
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const path = slash === -1 ? '' : rest.slice(slash);
  if (scheme === 'lanyard') {
    const target = parseHostPort(authority, DEFAULT_PORT);
    const roomId = path.replaceAll('/', '');
    if (!target || roomId === '') return target;
    return ROOM_ID.test(roomId) ? { ...target, roomId } : null;
  }
  if (scheme !== 'ws' && scheme !== 'wss') return null;
  const secure = scheme === 'wss';
  const target = parseHostPort(authority, secure ? 443 : 80);
  return target && { ...target, secure, path: path.startsWith('/') ? path : `/${path}` };
}

function parseHostPort(text: string, defaultPort: number): Target | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed) return ipv6(bracketed[1] ?? '', bracketed[2], defaultPort);
  if (text.split(':').length > 2) return ipv6(text, undefined, defaultPort);
  const [host = '', port] = text.split(':');
  return HOST_NAME.test(host) && isPlausibleHost(host) ? plain(host, port, defaultPort) : null;
}

/** `300.1.2.3` is a mistyped address, not the name of a device. */
function isPlausibleHost(host: string): boolean {
  if (!/^[\d.]+$/.test(host)) return true;
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => part !== '' && Number(part) <= 255);
}

function ipv6(host: string, port: string | undefined, defaultPort: number): Target | null {
  const bare = host.split('%')[0] ?? '';
  return IPV6_WITH_SCOPE.test(host) && isIPv6(bare) ? plain(host, port, defaultPort) : null;
}

function plain(host: string, portText: string | undefined, defaultPort: number): Target | null {
  const port = portText === undefined ? defaultPort : Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return { host, port, secure: false, path: '/', roomId: null };
}

/** `host:port`, with brackets around an IPv6 literal. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The link that joins this very room (D5). */
export function roomLink(hostPort: string, roomId: string): string {
  return `lanyard://${hostPort}/${roomId}`;
}
