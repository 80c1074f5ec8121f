import type { Sentences } from './error-codes.ts';

/** What went wrong, in English: what happened and what to do next. */
export const EN_SENTENCES: Sentences = {
  plain: {
    'name-empty': 'A name needs at least one visible character. Type one and try again.',
    'name-too-long': 'A name can have at most 32 characters. Choose a shorter one.',
    'name-not-allowed':
      'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
    'name-taken': 'Somebody in the room already has that name. Choose another one.',
    'idle-minutes-range': 'Choose between 1 minute and 24 hours of silence (1 to 1440 minutes).',
    'no-name': 'Tell your name first; you find it under “Settings”.',
    'text-empty': 'There is nothing to send. Type a message first.',
    'text-too-long': 'A message can have at most 4,000 characters. Shorten it or send it in parts.',
    'room-name-empty': 'A room needs a name with at least one visible character.',
    'room-name-too-long':
      'The name of a room can have at most 200 characters. Choose a shorter one.',
    'room-name-not-allowed':
      'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
    'address-invalid':
      'That is not an address. Type one like 192.168.1.20, 192.168.1.20:47100 or paste a whole lanyard:// link.',
    'not-kept':
      'The host could not keep this message: its disk may be full. Tell the host, then send it again.',
    'slow-down': 'That was too much at once. Slow down; what you wrote goes out in a moment.',
    'passphrase-empty': 'A passphrase needs at least one character. Type one and try again.',
    'passphrase-too-long': 'A passphrase can have at most 128 characters. Choose a shorter one.',
    'text-not-normal':
      'This message has spaces or line breaks the room does not take. Type it again, or update Lanyard.',
    'slow-mode': 'The room is in slow mode. What you wrote goes out when it is your turn.',
    muted: 'You are muted in this room. Ask the host or a moderator.',
    'not-allowed': 'Only those who look after the room may do this. Ask the host.',
    'set-by-host': 'The host has decided this, and only the host can undo it. Ask the host.',
    'no-such-member': 'This person was not found in the room. Look at the list of people again.',
    'no-such-invite': 'This invitation is forgotten. Look at the list again.',
    'no-such-entry': 'That message is not in the room any more.',
    'no-such-conversation':
      'There is no such conversation in this room. Update Lanyard on both sides, then try again.',
    'passphrase-needed': 'This room has a passphrase. Ask its host for it, then type it.',
    'passphrase-wrong': 'That is not the passphrase of this room. Check it and try again.',
    'too-many-guesses': 'There were too many wrong passphrases. Wait a while, then try again.',
    'invite-needed': 'This room is for the invited only. Ask its host for an invitation link.',
    'invite-invalid':
      'This invitation is not one of this room. Check that the whole link was copied, or ask for a new one.',
    'invite-expired': 'This invitation has expired. Ask for a new one.',
    'invite-used-up': 'This invitation was used as often as it may be. Ask for a new one.',
    'invite-revoked': 'This invitation was revoked. Ask for a new one.',
    'room-locked': 'The room is locked: nobody new gets in. Ask its host to unlock it.',
    banned: 'You were banned from this room. Ask its host to lift the ban.',
    'not-admitted': 'The room did not let you in. Ask its host.',
    'key-not-proven':
      'This app could not prove whose it is. Check what lies between it and the room, then try again.',
    'host-key-changed':
      'Another device answers in the place of this room’s host. Compare the keys before you join.',
    'wrong-host':
      'Another device than the one in this link answered, so nothing was sent to it. Ask the person who gave you the link for a new one.',
    'host-not-proven':
      'What answers does not know the passphrase itself: it may be an impostor. Do not try again before you have asked the host.',
    'log-forged':
      'The host shows another history of this room than it has vouched for. Do not trust it before you have asked the host in person.',
    'certificate-untrusted':
      'This device does not trust the certificate at that address. Try the address without wss:// in front, or ask the person who runs it.',
    'certificate-refused':
      'The room and this device could not agree on a secure connection. Update Lanyard on both sides.',
    unreachable: 'The room cannot be reached. Check that both of you are on the same network.',
    'refused-connection':
      'Nothing answers at this address. Check the port, and ask the host whether the room is still open.',
    'address-not-found': 'There is no computer with this name on your network. Check the address.',
    'timed-out':
      'The room did not answer in time. Check the address, and the firewall on both sides.',
    'not-a-room':
      'Something answers at this address, but it is not a Lanyard room. Check the port.',
    'wrong-room': 'Another room answers at this address now. Look for yours under “Nearby”.',
    'connection-lost': 'The connection was lost.',
    'too-many-connections': 'The room has too many connections right now. Try again in a while.',
    'hub-failed':
      'Something unexpected went wrong in the room. Try again in a moment, or open the room again.',
    'room-gone': 'That room is no longer there. Ask its host to open it again.',
    'room-full': 'The room is full. Try again when a member has left.',
    left: 'You left the room.',
    'room-closed': 'The host closed the room.',
    idle: 'You were removed because you said nothing for a while. Join again to come back.',
    removed: 'You were removed from the room by the host or a moderator.',
    'taken-over': 'You joined this room from another window, which took over here.',
    'too-slow': 'This connection could not keep up with the room. It will be tried again.',
    flooding: 'You were removed because you sent far too much at once. Join again more calmly.',
    'hello-timeout': 'Joining took too long. The network may be slow; try again.',
    'bad-name': 'The room did not accept your name. Choose another one and join again.',
    'bad-message': 'The room received something it could not read. Update Lanyard on both sides.',
    'unknown-type': 'The room does not know this kind of message. Ask the host to update Lanyard.',
    'hello-first': 'The connection did not start as it should. Update Lanyard on both sides.',
    'hello-twice': 'The connection did not start as it should. Update Lanyard on both sides.',
    'version-unsupported':
      'This app and the room speak different versions of the Lanyard protocol. Update Lanyard on both sides.',
    'not-host': 'Only the host of the room can change this. Ask them to.',
    'bad-arguments': 'Lanyard could not read this request. Reload the window.',
    'unknown-call': 'Lanyard does not know this request. Reload the window.',
    'not-here': 'You are not connected to the room. Wait until you are back, then try again.',
    'too-many-calls': 'This window asked for too much at once. Wait a moment, then try again.',
    'storage-full': 'The disk is full. Make some room on it, then try again.',
    'hub-restarted':
      'Something unexpected went wrong in a room you host, so Lanyard opened it anew. Everybody comes back by themselves, and nothing that was said is lost.',
    'hub-gone':
      'Something unexpected went wrong in a room you host, and Lanyard could not open it anew. Open it yourself; if that does not help, start Lanyard again.',
    'unexpected-error':
      'Something unexpected went wrong in Lanyard. If anything looks wrong now, quit it and start it again.',
    'shell-lost':
      'Lanyard on this computer does not answer. Nothing was sent; try again in a moment.',
    'port-wrong': 'A port is a whole number from 1 to 65535. Type another one, or none.',
    'address-not-here':
      'This device does not have that address. Choose one of its own with --listen.',
    'copy-damaged':
      'Some of what was kept of this room could not be read. Forget the room, then join it again.',
    'data-dir-unnamed': '--data-dir needs a folder behind it. Name one.',
    'identity-stayed-locked': 'Your keyring is still locked. Unlock it, then start Lanyard again.',
    'too-many-errors':
      'So much went wrong within a minute that Lanyard ended. What was said is kept: start it again.',
    'name-needed': 'Say whom: type the name behind the command.',
    'no-rooms': 'No room was found. Give its address: lanyard chat HOST:PORT.',
    'address-needed':
      'Nobody is there to choose. Give one of these addresses: lanyard chat HOST:PORT.',
    'no-room-chosen':
      'No room was chosen. Start again and type a number, or give an address: lanyard chat HOST:PORT.',
    'passphrase-not-given':
      'This room has a passphrase. Ask its host for it; a script gives it by --passphrase-file.',
    'input-not-text': 'A line that is not UTF-8 text was left out. Pipe text in as UTF-8.',
  },
  detailed: {
    'port-in-use': ({ port }) =>
      `Port ${port} is used by another program. Choose another one, or none for a free one.`,
    'port-not-allowed': ({ port }) =>
      `This device does not let Lanyard use port ${port}. Choose one above 1023, or none for a free one.`,
    'identity-new': ({ file }) =>
      `The key of this device could not be read, so it has a new one. Others will see you as a new person; the old file was kept as ${file}.`,
    'identity-locked': ({ file }) =>
      `The desktop app protects the key of this device in ${file}. Use the app, or choose another folder with --data-dir.`,
    'identity-exposed': ({ file }) =>
      `Others on this computer may read the key of this device and pose as you, and Lanyard cannot change that. Allow nobody but yourself to read ${file}.`,
    'identity-unwrapped': ({ file }) =>
      `The system’s key store could not protect the key of this device. It stays in ${file}, which only you may read; Lanyard tries again at the next start.`,
    'settings-unreadable': ({ file }) =>
      `Your settings could not be read, so Lanyard starts with fresh ones. The old file was kept as ${file}.`,
    'data-dir-unwritable': ({ place }) =>
      `Lanyard cannot write to ${place}, so what is new there is lost when you quit. Choose another folder with --data-dir.`,
    'data-dir-invalid': ({ folder }) =>
      `“${folder}” cannot be a folder: the name is too long, or has a character that no name can have. Choose another one with --data-dir.`,
    'data-dir-in-use': ({ folder, holder }) =>
      `${holderOf(holder).who} is using ${folder}. ${holderOf(holder).advice}, or choose another folder with --data-dir.`,
    'database-damaged': ({ folder, keptAs }) =>
      keptAs === null
        ? `The messages kept in ${folder} could not be read. Start Lanyard with this folder: it keeps the damaged file and begins an empty one.`
        : `The messages kept on this device could not be read. The damaged file was kept as ${keptAs}; Lanyard starts with an empty one.`,
    'database-newer': ({ folder }) =>
      `The messages in ${folder} were kept by a newer Lanyard. Update this one, or choose another folder with --data-dir.`,
    'nothing-kept': ({ folder }) =>
      `Nothing is kept in ${folder}. Say where it is with --data-dir.`,
    'storage-failed': ({ place }) =>
      `Lanyard could not keep this in ${place}. Check the disk, then try again.`,
    'hub-moved': ({ port }) =>
      `Something unexpected went wrong in a room you host, so Lanyard opened it anew, at port ${port}: another program had taken its own. Tell those who joined by address; the others find it.`,
    'unknown-refusal': ({ sentence }) =>
      `The room refused this for a reason that this Lanyard does not know. Update Lanyard. The room says: “${sentence}”`,
    'database-unreadable': ({ folder }) =>
      `The messages in ${folder} cannot be read. Check who may read that folder, or name another one with --data-dir.`,
    'database-older': ({ folder }) =>
      `The messages in ${folder} were kept by an older Lanyard. Start this one with that folder once; it brings them up to date.`,
    'cannot-go-on': ({ what }) =>
      `Something unexpected went wrong, and Lanyard has to end. Start it again; if this stays, report it: ${what}.`,
    'command-unknown': ({ command, known }) => `There is no /${command}. There are: ${known}.`,
    'slow-seconds': ({ most }) => `Type from 0 to ${most} seconds behind /slow; 0 ends it.`,
    'nobody-called': ({ name }) => `Nobody called ${name} is here or in the log.`,
    'room-unknown': ({ rooms }) => `No room is kept under that name. There are: ${rooms}.`,
    'room-unclear': ({ rooms }) =>
      `Say which room with --room NAME or --room ID. There are: ${rooms}.`,
    'passphrase-unreadable': ({ file, why }) =>
      `There is no passphrase to be read from ${file} (${why}). Check --passphrase-file.`,
    'input-unreadable': ({ why }) =>
      `What is piped in could not be read (${why}). Check where it comes from.`,
    'output-failed': ({ why }) =>
      `What Lanyard prints could not be written (${why}). Check where it goes, then try again.`,
    'output-unwritable': ({ file, why }) =>
      `Lanyard cannot write to ${file} (${why}). Choose another file with --output.`,
    'electron-missing': ({ why }) => `${why} Try --shell=browser.`,
    'electron-failed': ({ why }) =>
      `Electron could not be started (${why}). Install it anew, or try --shell=browser.`,
  },
};

const HOLDERS = {
  desktop: {
    who: 'Lanyard’s desktop app',
    advice: 'Go to its window, which cannot be shown from here',
  },
  browser: { who: 'A Lanyard in a browser', advice: 'Go to its page' },
  host: { who: 'A room hosted in a terminal', advice: 'Close it there first' },
  chat: { who: 'A chat in a terminal', advice: 'Leave it there first' },
};

function holderOf(holder: keyof typeof HOLDERS | null): { who: string; advice: string } {
  return holder === null ? { who: 'Another Lanyard', advice: 'Use that one' } : HOLDERS[holder];
}
