/** What each call of the contract does. */
import type { CallName, Calls } from '../../preload/contract.ts';
import type { Settings } from '../model/settings.ts';
import { LanyardError } from '../errors.ts';
import { fingerprintWords } from '../identity/fingerprint.ts';
import { IDLE_MINUTES_MAX, IDLE_MINUTES_MIN } from '../protocol/limits.ts';
import { normalizeName } from '../protocol/names.ts';
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
    async trustHost({ key, hostKey }) {
      await rooms.trustHost(key, hostKey);
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
      await rooms.get(key).act(act, on);
      return null;
    },
    bans: async ({ key }) => ({ bans: await rooms.get(key).bans() }),
    async setAccess({ key, access, passphrase }) {
      await rooms.setAccess(key, access, passphrase);
      return null;
    },
    createInvite: async ({ key, lifetime, maxUses }) =>
      rooms.hosted(key).createInvite(lifetime, maxUses),
    invites: async ({ key }) => ({ invites: await rooms.hosted(key).invites() }),
    async revokeInvite({ key, id }) {
      await rooms.hosted(key).revokeInvite(id);
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
      await rooms.hosted(key).setIdleMinutes(minutes);
      return null;
    },
    async setRemembers({ key, days }) {
      await rooms.hosted(key).setRemembers(days);
      return null;
    },
    async clearHistory({ key }) {
      await rooms.hosted(key).clearHistory();
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
