/** Where a room is: the forms a person may type, paste or click. */
import { isIPv4, isIPv6 } from 'node:net';
import { DEFAULT_PORT } from '../protocol/limits.ts';
import type { MemberId } from '../model/member.ts';

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

/** Longer than any address of a room, in UTF-16 units. */
const ADDRESS_MAX = 1_000;

/** A scheme, if there is one, who is asked, and what is asked of them. */
const ADDRESS = /^(?:([a-z]+):\/\/)?([^/?#]*)(.*)$/is;
/** Where others see nothing or something else, nobody knows what was meant. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const LABEL = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?`;
const HOST_NAME = new RegExp(String.raw`^${LABEL}(?:\.${LABEL})*\.?$`, 'u');
/** What the name service looks up (RFC 1035, 2.3.4). */
const DNS_NAME = /^(?=.{1,254}$)[^.]{1,63}(?:\.[^.]{1,63})*\.?$/;
const IPV6_WITH_SCOPE = /^[0-9a-f:.]+(%[\w.-]{1,32})?$/i;
const PORT = /^\d{1,5}$/;
const ROOM_PATH = /^\/?([\w-]{1,64})?\/?$/;
const HOST_KEY = /^[\w-]{44}$/;
const INVITE = /^[\w-]{22,64}$/;

/**
 * Reads `host`, `host:port`, an IPv6 literal with or without brackets, `ws://…`, `wss://…` or
 * `lanyard://host:port/room-id`, in letters of full width too (D5). Null when it is none of them.
 * What `urlOf` makes of the target is a URL, and it leads to the machine that was typed.
 */
export function parseAddress(text: string): Target | null {
  const typed = text.trim();
  if (typed.length > ADDRESS_MAX || UNPRINTABLE.test(typed)) return null;
  const [, scheme, authority = '', rest = ''] = ADDRESS.exec(typed) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
      return rest === '' ? parseHostPort(authority, 'tls', DEFAULT_PORT) : null;
    case 'lanyard':
      return parseLink(authority, rest);
    case 'ws':
      return withPath(parseHostPort(authority, 'plain', 80), rest);
    case 'wss':
      return withPath(parseHostPort(authority, 'web', 443), rest);
    default:
      return null;
  }
}

function parseLink(authority: string, rest: string): Target | null {
  const target = parseHostPort(authority, 'tls', DEFAULT_PORT);
  const [roomPath = '', query = ''] = rest.split('?');
  const inPath = ROOM_PATH.exec(roomPath);
  const roomId = inPath?.[1] ?? null;
  const parameters = new URLSearchParams(query);
  const hostKey = parameters.get('key');
  const invite = parameters.get('invite');
  const isWhole =
    inPath !== null &&
    (hostKey === null || HOST_KEY.test(hostKey)) &&
    // An invitation says whom it is for and whom it is from, or it is not a whole one.
    (invite === null || (INVITE.test(invite) && hostKey !== null && roomId !== null));
  return target && isWhole ? { ...target, roomId, hostKey, invite } : null;
}

/** The path as a URL has it; a fragment is for who reads a page, and no server is told of it. */
function withPath(target: Target | null, rest: string): Target | null {
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const url = target && URL.parse(urlOf({ ...target, path }));
  if (!url) return null;
  const whole = { ...target, path: `${url.pathname}${url.search}` };
  return placeOf(whole).length > ADDRESS_MAX ? null : whole;
}

function parseHostPort(
  authority: string,
  transport: Target['transport'],
  defaultPort: number,
): Target | null {
  const typed = authority.normalize('NFKC').replaceAll('。', '.');
  const bracketed = /^\[([^\]]+)\](?::(.*))?$/.exec(typed);
  const isBareIpv6 = !bracketed && typed.split(':').length > 2;
  const [plainHost = '', plainPort] = isBareIpv6 ? [typed] : typed.split(':');
  const host = bracketed?.[1] ?? plainHost;
  const portText = bracketed ? bracketed[2] : plainPort;
  if (portText !== undefined && !PORT.test(portText)) return null;
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) return null;
  const target = { host, port, transport, path: '/', roomId: null, hostKey: null, invite: null };
  const isHost = bracketed || isBareIpv6 ? isIpv6Host(target) : isNamedHost(target);
  return isHost ? target : null;
}

function isIpv6Host(target: Target): boolean {
  const { host, transport } = target;
  // No certificate that browsers would take is for an address with a scope.
  if (!IPV6_WITH_SCOPE.test(host) || (transport === 'web' && host.includes('%'))) return false;
  return isIPv6(unscoped(host)) && URL.canParse(urlOf(target));
}

/**
 * To a URL `10.0.0.010`, `0x7f.1` and `1.2.3` are other machines than they say, and `lab.3` and
 * `300.1.2.3` are none: an IPv4 address is one that is spelled as a URL spells it.
 */
function isNamedHost(target: Target): boolean {
  const hostname = HOST_NAME.test(target.host) ? URL.parse(urlOf(target))?.hostname : undefined;
  if (hostname === undefined) return false;
  return isIPv4(hostname) ? hostname === target.host : DNS_NAME.test(hostname);
}

function unscoped(host: string): string {
  return host.split('%')[0] ?? host;
}

/** The URL of a target, without the scope of its address: a URL has no place for one. */
export function urlOf({ host, port, transport, path }: Target): string {
  const scheme = transport === 'plain' ? 'ws' : 'wss';
  return `${scheme}://${formatHostPort(unscoped(host), port)}${path}`;
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
