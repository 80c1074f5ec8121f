/** Where a room is: the forms a person may type, paste or click. */
import { isIPv6 } from 'node:net';
import { DEFAULT_PORT } from '../protocol/limits.ts';
import type { MemberId } from '../protocol/messages.ts';

/** One place to connect to. */
export interface Target {
  /** A name, an IPv4 or a bare IPv6 literal, possibly with a scope (`fe80::1%eth0`). */
  readonly host: string;
  readonly port: number;
  /**
   * `tls` with the hub's own key, as every room has it; `plain` for `ws://`; `web` for `wss://`, a
   * proxy with a certificate that browsers would take.
   */
  readonly transport: 'tls' | 'plain' | 'web';
  readonly path: string;
  /** The room it must be, when a link says so. */
  readonly roomId: string | null;
  /** The key its host must have, when a link says so (D5). */
  readonly hostKey: MemberId | null;
  /** The token of an invitation (K2). */
  readonly invite: string | null;
}

const HOST_NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?(\.[\p{L}\p{N}_-]+)*\.?$/u;
const IPV6_WITH_SCOPE = /^[0-9a-f:.]+(%[\w.-]{1,32})?$/i;
const ROOM_ID = /^[\w-]{1,64}$/;
const HOST_KEY = /^[\w-]{44}$/;
const INVITE = /^[\w-]{22,64}$/;

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
  if (scheme === 'lanyard') return parseLink(authority, path);
  if (scheme !== 'ws' && scheme !== 'wss') return null;
  const transport = scheme === 'wss' ? 'web' : 'plain';
  const target = parseHostPort(authority, transport === 'web' ? 443 : 80);
  return target && { ...target, transport, path: path.startsWith('/') ? path : `/${path}` };
}

function parseLink(authority: string, path: string): Target | null {
  const target = parseHostPort(authority, DEFAULT_PORT);
  const [roomPath = '', query = ''] = path.split('?');
  const roomId = roomPath.replaceAll('/', '') || null;
  const parameters = new URLSearchParams(query);
  const hostKey = parameters.get('key');
  const invite = parameters.get('invite');
  const isWhole =
    (roomId === null || ROOM_ID.test(roomId)) &&
    (hostKey === null || HOST_KEY.test(hostKey)) &&
    // An invitation says whom it is for and whom it is from, or it is not a whole one.
    (invite === null || (INVITE.test(invite) && hostKey !== null && roomId !== null));
  return target && isWhole ? { ...target, roomId, hostKey, invite } : null;
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
  return { host, port, transport: 'tls', path: '/', roomId: null, hostKey: null, invite: null };
}

/** `host:port`, with brackets around an IPv6 literal. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Where a target is, without what only its finder may know: fit to be kept and shown. */
export function placeOf({ host, port, transport, path }: Target): string {
  const hostPort = formatHostPort(host, port);
  if (transport === 'tls') return hostPort;
  return `${transport === 'web' ? 'wss' : 'ws'}://${hostPort}${path}`;
}

/** The link that joins this very room, and lets in with an invitation's token (D5). */
export function roomLink(
  hostPort: string,
  roomId: string,
  hostKey: MemberId | null,
  invite: string | null,
): string {
  const parameters = [
    ...(hostKey === null ? [] : [`key=${hostKey}`]),
    ...(invite === null ? [] : [`invite=${invite}`]),
  ];
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return `lanyard://${hostPort}/${roomId}${query}`;
}
