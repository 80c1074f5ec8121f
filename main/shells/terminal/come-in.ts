/** Getting into a room from a terminal: past a passphrase, and past a host whose key is another. */
import type { Bridge } from '../../../preload/contract.ts';
import type { RoomKey } from '../../model/room.ts';
import { LanyardError } from '../../errors.ts';
import { PASSPHRASE_CODES } from '../../model/error-codes.ts';
import { oneLine } from '../../export/printable.ts';
import { fingerprintWords } from '../../identity/fingerprint.ts';
import { call } from './call.ts';
import { chooseRoom } from './choose-room.ts';
import type { ChatCommand } from './commands.ts';
import { passphraseFrom } from './passphrase-file.ts';
import type { Screen } from './screen.ts';
import { snapshotOf } from './snapshot.ts';

/** How often a person is asked for the passphrase. */
const TRIES = 3;

type Attempt = (passphrase: string | undefined) => Promise<RoomKey>;

/**
 * Joins the room at the address, or the one that is chosen. Rejects with what keeps it out, once
 * everything that the person gave and answered was tried.
 */
export async function comeIn(
  bridge: Bridge,
  screen: Screen,
  command: ChatCommand,
): Promise<RoomKey> {
  const join = await attemptFor(bridge, screen, command);
  const { passphraseFile } = command;
  let passphrase =
    passphraseFile === null ? undefined : await passphraseFrom(passphraseFile, screen);
  for (let asked = 0; ;) {
    try {
      return await join(passphrase);
    } catch (error) {
      if (!(error instanceof LanyardError)) throw error;
      if (error.code === 'host-key-changed') await warnOfOtherHost(bridge, screen);
      if (!PASSPHRASE_CODES.has(error.code) || asked === TRIES) throw error;
      passphrase = await askPassphrase(screen, error);
      asked += 1;
    }
  }
}

async function attemptFor(
  bridge: Bridge,
  screen: Screen,
  { address }: ChatCommand,
): Promise<Attempt> {
  const id = address === null ? (await chooseRoom(bridge, screen)).id : null;
  return async (typed) => {
    const passphrase = typed === undefined ? {} : { passphrase: typed };
    const { key } = await (id === null
      ? call(bridge, 'joinAddress', { address: address ?? '', ...passphrase })
      : call(bridge, 'joinNearby', { id, ...passphrase }));
    return key;
  };
}

/** Rejects with the error itself, or passphrase-not-given, when nobody can be asked. */
async function askPassphrase(screen: Screen, error: LanyardError): Promise<string> {
  if (!screen.interactive) {
    if (error.code !== 'passphrase-needed') throw error;
    throw new LanyardError({ code: 'passphrase-not-given' });
  }
  screen.warn(`* ${error.message}`);
  const typed = await screen.nextSecret('Passphrase: ');
  if (typed === null) throw error;
  return typed;
}

/** Shows both keys of a room in whose place another device answered. */
async function warnOfOtherHost(bridge: Bridge, screen: Screen): Promise<void> {
  const { rooms } = await snapshotOf(bridge);
  const room = rooms.find(({ otherHostKey }) => otherHostKey !== null);
  if (!room?.otherHostKey) return;
  const { info, hostKey, otherHostKey } = room;
  for (const line of [
    `! In the place of “${oneLine(info.name)}” another device answers.`,
    `    the host  ${fingerprintWords(hostKey ?? '').join(' ')}`,
    `    answers   ${fingerprintWords(otherHostKey).join(' ')}`,
  ]) {
    screen.warn(line);
  }
}
