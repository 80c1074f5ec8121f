/** What each call of the contract does. */
import type { CallName, Calls } from '../../preload/contract.ts';
import type { Settings } from '../model/settings.ts';
import { LanyardError } from '../errors.ts';
import { fingerprintWords } from '../identity/fingerprint.ts';
import { IDLE_MINUTES_MAX, IDLE_MINUTES_MIN } from '../protocol/limits.ts';
import { normalizeName } from '../protocol/names.ts';
import * as care from '../rooms/care.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** The calls as functions: they resolve to the result or reject with a LanyardError. */
export type CallHandlers = {
  readonly [Name in CallName]: (args: Calls[Name]['args']) => Promise<Calls[Name]['result']>;
};

export interface CallContext {
  readonly rooms: Rooms;
  /** Rejects with data-dir-unwritable; the change holds until the app ends all the same. */
  readonly changeSettings: (change: Partial<Settings>) => Promise<void>;
  /** Whether the person can see the window. */
  readonly attend: (visible: boolean) => void;
}

export function createCalls({ rooms, changeSettings, attend }: CallContext): CallHandlers {
  return {
    async setName({ name }) {
      const normalized = normalizeName(name);
      if (!normalized.ok) throw new LanyardError({ code: normalized.problem });
      await changeSettings({ name: normalized.name });
      return null;
    },
    async changeSettings(change) {
      await changeSettings(change);
      return null;
    },
    host: async (wish) => ({ key: await rooms.host(wish) }),
    joinNearby: async ({ id, passphrase }) => ({ key: await rooms.joinNearby(id, passphrase) }),
    joinAddress: async ({ address, passphrase }) => ({
      key: await rooms.joinAddress(address, passphrase),
    }),
    async leave({ key }) {
      await rooms.leave(key);
      return null;
    },
    async forget({ key }) {
      await rooms.forget(key);
      return null;
    },
    async rejoin({ key, passphrase }) {
      await rooms.rejoin(key, passphrase);
      return null;
    },
    async retryNow({ key }) {
      rooms.get(key).retryNow();
      return null;
    },
    say: async ({ key, text }) => ({ id: rooms.get(key).say(text) }),
    async retry({ key, id }) {
      rooms.get(key).retry(id);
      return null;
    },
    async cancel({ key, id }) {
      rooms.get(key).cancel(id);
      return null;
    },
    async rename({ key, name }) {
      await rooms.get(key).rename(name);
      return null;
    },
    async typing({ key, on }) {
      rooms.get(key).setTyping(on);
      return null;
    },
    async markRead({ key, seq }) {
      rooms.get(key).markRead(seq);
      return null;
    },
    entriesBefore: ({ key, seq, limit }) => rooms.get(key).entriesBefore(seq, limit),
    async act({ key, act, on }) {
      await care.act(rooms.get(key), act, on);
      return null;
    },
    bans: async ({ key }) => ({ bans: await rooms.get(key).bans() }),
    async setAccess({ key, access, passphrase }) {
      rooms.hosted(key);
      await care.setAccess(rooms.get(key), access, passphrase);
      return null;
    },
    createInvite: async ({ key, lifetime, maxUses }) =>
      care.createInvite(rooms.get(key), rooms.hosted(key), lifetime, maxUses),
    invites: async ({ key }) => ({ invites: rooms.hosted(key).invitations() }),
    async revokeInvite({ key, id }) {
      await care.revokeInvite(rooms.get(key), rooms.hosted(key), id);
      return null;
    },
    fingerprint: async ({ id }) => ({ words: fingerprintWords(id) }),
    async qrCode({ text }) {
      // Only who invites needs it.
      const { encode } = await import('uqr');
      const { data } = encode(text.toWellFormed(), { border: 0 });
      return { rows: data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join('')) };
    },
    async setIdleMinutes({ key, minutes }) {
      if (minutes !== null && (minutes < IDLE_MINUTES_MIN || minutes > IDLE_MINUTES_MAX)) {
        throw new LanyardError({ code: 'idle-minutes-range' });
      }
      rooms.hosted(key);
      await care.setIdleMinutes(rooms.get(key), minutes);
      return null;
    },
    async setRemembers({ key, days }) {
      rooms.hosted(key);
      await care.setRemembers(rooms.get(key), days);
      return null;
    },
    async clearHistory({ key }) {
      rooms.hosted(key);
      await care.clearHistory(rooms.get(key));
      return null;
    },
    search: async ({ key, query, below }) => rooms.search(query, key, below ?? Infinity),
    exportLog: async ({ key, format }) => rooms.get(key).exportAs(format),
    async attend({ visible }) {
      attend(visible);
      return null;
    },
  };
}
