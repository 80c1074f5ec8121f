/** What can be typed in a room besides messages. */
import type { Bridge, Snapshot } from '../../../preload/contract.ts';
import type { ActName } from '../../model/act-names.ts';
import type { Member, MemberId } from '../../model/member.ts';
import type { RoomKey } from '../../model/room.ts';
import { LanyardError } from '../../errors.ts';
import { localTime } from '../../export/local-time.ts';
import { oneLine } from '../../export/printable.ts';
import { fingerprintWords } from '../../identity/fingerprint.ts';
import { SLOW_SECONDS_MAX } from '../../protocol/limits.ts';
import { call } from './call.ts';
import { idNamed, isCalled } from './people-named.ts';
import { snapshotOf } from './snapshot.ts';

/** Where a command is typed. */
export interface ChatPlace {
  readonly bridge: Bridge;
  readonly key: RoomKey;
  readonly print: (line: string) => void;
}

type ChatCommand = (place: ChatPlace, rest: string) => Promise<void>;

const COMMANDS: Readonly<Record<string, ChatCommand>> = {
  async who(place) {
    place.print(rosterLine(rosterIn(await snapshotOf(place.bridge), place.key)));
  },
  async rename({ bridge, key }, name) {
    await call(bridge, 'rename', { key, name });
  },
  async fingerprint(place, name) {
    const { app } = await snapshotOf(place.bridge);
    const id = name === '' ? app.you : await named(place, name);
    const who = name === '' ? 'You' : oneLine(name);
    place.print(`* ${who}: ${fingerprintWords(id).join(' ')}`);
  },
  async bans({ bridge, key, print }) {
    const { bans } = await call(bridge, 'bans', { key });
    for (const { name, by, at } of bans) {
      print(`* ${oneLine(name)} was banned by ${oneLine(by)}, ${localTime(at)}`);
    }
    if (bans.length === 0) print('* Nobody is banned.');
  },
  async lift(place, name) {
    const { bans } = await call(place.bridge, 'bans', { key: place.key });
    const banned = bans.find(isCalled(name));
    await act(place, 'lift', banned?.id ?? (await named(place, name)));
  },
  remove: async (place, name) => act(place, 'remove', await named(place, name)),
  ban: async (place, name) => act(place, 'ban', await named(place, name)),
  mute: async (place, name) => act(place, 'mute', await named(place, name)),
  unmute: async (place, name) => act(place, 'unmute', await named(place, name)),
  moderator: async (place, name) => act(place, 'appoint', await named(place, name)),
  member: async (place, name) => act(place, 'dismiss', await named(place, name)),
  lock: (place) => act(place, 'lock', ''),
  unlock: (place) => act(place, 'unlock', ''),
  slow: (place, seconds) => act(place, 'slow', secondsOf(seconds)),
};

/**
 * Whether a line says goodbye (O5). What is piped in is text unless it begins like a command: there
 * `quit` is a word like any other.
 */
export function isGoodbye(line: string, typed: boolean): boolean {
  const word = line.trim();
  return word === '/quit' || (typed && word === 'quit');
}

/** The command a line is, or null for a message. It rejects with command-unknown, and why it failed. */
export function chatCommandIn(line: string): ((place: ChatPlace) => Promise<void>) | null {
  const [, word, rest = ''] = /^\/([a-z]+)(?:\s+(.*))?$/.exec(line.trim()) ?? [];
  if (word === undefined) return null;
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (command) return (place) => command(place, rest.trim());
  const known = [...Object.keys(COMMANDS), 'quit'].map((each) => `/${each}`).join(' ');
  return async () => {
    throw new LanyardError({ code: 'command-unknown', details: { command: word, known } });
  };
}

/** Who is here, with what they may do. */
export function rosterLine(roster: readonly Member[]): string {
  const names = roster.map(({ name, role, muted, away }) => {
    const marks = [role === 'member' ? '' : role, muted ? 'muted' : '', away ? 'away' : '']
      .filter(Boolean)
      .join(', ');
    return marks === '' ? oneLine(name) : `${oneLine(name)} (${marks})`;
  });
  return `* Here (${names.length}): ${names.join(', ')}`;
}

async function act(
  { bridge, key }: ChatPlace,
  name: Exclude<ActName, 'access'>,
  on: string,
): Promise<void> {
  await call(bridge, 'act', { key, act: name, on });
}

function rosterIn({ rooms }: Snapshot, key: RoomKey): readonly Member[] {
  return rooms.find((room) => room.key === key)?.roster ?? [];
}

async function named({ bridge, key }: ChatPlace, name: string): Promise<MemberId> {
  if (name !== '') return idNamed(bridge, key, rosterIn(await snapshotOf(bridge), key), name);
  throw new LanyardError({ code: 'name-needed' });
}

/** Throws slow-seconds. */
function secondsOf(text: string): string {
  if (/^\d{1,4}$/.test(text) && Number(text) <= SLOW_SECONDS_MAX) return text;
  throw new LanyardError({ code: 'slow-seconds', details: { most: SLOW_SECONDS_MAX } });
}
