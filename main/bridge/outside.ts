/** The bridge as strangers see it: names and arguments are parsed before anything is called. */
import * as v from 'valibot';
import { ACCESSES } from '../model/accesses.ts';
import { ACT_NAMES } from '../model/act-names.ts';
import { REMEMBERS_DAYS_MAX } from '../protocol/limits.ts';
import type { Bridge, BridgeEvent, CallName, CallReply, Calls } from '../../preload/contract.ts';
import { CALL_LIMITS, CallLimiter } from './call-limiter.ts';

/** A longest text that is still worth reading; rules with smaller bounds give their own refusal. */
const text = v.pipe(v.string(), v.maxLength(64 * 1024));
const key = v.pipe(v.string(), v.maxLength(64));
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Of a row: acts stand between what was said. */
const place = v.pipe(v.number(), v.finite(), v.minValue(0));
const access = v.picklist(ACCESSES);
const passphrase = v.exactOptional(v.pipe(v.string(), v.maxLength(4096)));
/** Access has a call of its own: it may need a passphrase. */
const act = v.picklist(ACT_NAMES.filter((name) => name !== 'access'));

const ARGUMENTS: { readonly [Name in CallName]: v.GenericSchema<unknown, Calls[Name]['args']> } = {
  setName: v.object({ name: text }),
  changeSettings: v.object({
    language: v.exactOptional(v.picklist(['system', 'en', 'zh-CN'])),
    theme: v.exactOptional(v.picklist(['system', 'light', 'dark'])),
    notifications: v.exactOptional(v.picklist(['off', 'mentions', 'all'])),
  }),
  host: v.object({
    room: text,
    port: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_535))),
    access: v.exactOptional(access),
    passphrase,
  }),
  joinNearby: v.object({ id: key, passphrase }),
  joinAddress: v.object({ address: text, passphrase }),
  leave: v.object({ key }),
  forget: v.object({ key }),
  rejoin: v.object({ key, passphrase }),
  retryNow: v.object({ key }),
  say: v.object({ key, text }),
  retry: v.object({ key, id: key }),
  cancel: v.object({ key, id: key }),
  rename: v.object({ key, name: text }),
  typing: v.object({ key, on: v.boolean() }),
  markRead: v.object({ key, seq: place }),
  entriesBefore: v.object({
    key,
    seq: place,
    limit: v.pipe(seq, v.minValue(1), v.maxValue(1000)),
  }),
  act: v.object({ key, act, on: key }),
  bans: v.object({ key }),
  setAccess: v.object({ key, access, passphrase }),
  createInvite: v.object({
    key,
    lifetime: v.picklist(['five-minutes', 'day', 'until-revoked']),
    maxUses: v.nullable(v.pipe(seq, v.minValue(1), v.maxValue(10_000))),
  }),
  invites: v.object({ key }),
  revokeInvite: v.object({ key, id: key }),
  fingerprint: v.object({ id: key }),
  // What one QR code can hold with room to spare: it has no more than 2,953 bytes.
  qrCode: v.object({ text: v.pipe(v.string(), v.maxBytes(1024)) }),
  setIdleMinutes: v.object({ key, minutes: v.nullable(seq) }),
  setRemembers: v.object({
    key,
    days: v.nullable(v.pipe(seq, v.maxValue(REMEMBERS_DAYS_MAX))),
  }),
  clearHistory: v.object({ key }),
  search: v.object({ key: v.nullable(key), query: text, below: v.exactOptional(seq) }),
  exportLog: v.object({ key, format: v.picklist(['text', 'jsonl', 'html']) }),
  attend: v.object({ visible: v.boolean(), key: v.nullable(key) }),
};

/** What one page has of the bridge. */
export interface PageBridge {
  call(name: unknown, args: unknown): Promise<CallReply>;
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}

export interface OutsideBridge extends PageBridge {
  /** For one page: what it calls too often or too much at once is refused with too-many-calls. */
  forPage(): PageBridge;
}

/**
 * Wraps a bridge for callers that are not trusted; refuses with unknown-call, bad-arguments.
 * `onTooMany` hears of the first call of a page that is refused with too-many-calls.
 */
export function createOutsideBridge(
  bridge: Bridge,
  onTooMany: () => void = () => undefined,
): OutsideBridge {
  const outside: PageBridge = {
    async call(name, args) {
      if (typeof name !== 'string' || !isCallName(name)) {
        return { ok: false, code: 'unknown-call' };
      }
      return callChecked(bridge, name, args);
    },
    subscribe: (listener) => bridge.subscribe(listener),
  };
  return { ...outside, forPage: () => boundCalls(outside, onTooMany) };
}

function boundCalls(outside: PageBridge, onTooMany: () => void): PageBridge {
  const limiter = new CallLimiter(CALL_LIMITS, performance.now());
  let told = false;
  return {
    async call(name, args) {
      if (!limiter.enter(performance.now())) {
        if (!told) onTooMany();
        told = true;
        return { ok: false, code: 'too-many-calls' };
      }
      try {
        return await outside.call(name, args);
      } finally {
        limiter.leave();
      }
    },
    subscribe: (listener) => outside.subscribe(listener),
  };
}

async function callChecked(bridge: Bridge, name: CallName, args: unknown): Promise<CallReply> {
  const parsed = v.safeParse(ARGUMENTS[name], args);
  if (!parsed.success) {
    return { ok: false, code: 'bad-arguments' };
  }
  return bridge.call(name, parsed.output);
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(ARGUMENTS, name);
}
