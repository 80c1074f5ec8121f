/** What went wrong, by its stable code: what happened and what to do next. */
export const enErrors = {
  // What a person typed.
  'name-empty': 'A name needs at least one visible character. Type one and try again.',
  'name-too-long': 'A name can have at most 32 characters. Choose a shorter one.',
  'name-not-allowed':
    'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
  'name-taken': 'Somebody in the room already has that name. Choose another one.',
  'idle-minutes-range': 'People can be removed after 1 minute to 24 hours of silence.',
  'no-name': 'Tell your name first; you find it under “Settings”.',
  'text-empty': 'There is nothing to send. Type a message first.',
  'text-too-long': 'A message can have at most 4,000 characters. Shorten it or send it in parts.',
  'room-name-empty': 'A room needs a name with at least one visible character.',
  'room-name-too-long': 'The name of a room can have at most 200 characters. Choose a shorter one.',
  'room-name-not-allowed':
    'A name cannot have invisible characters, or more than four accents on one letter. Leave them out and try again.',
  'port-in-use':
    'Another program uses this port. Choose another one, or leave it empty for a free one.',
  'port-not-allowed':
    'This port needs more rights than Lanyard has. Choose one above 1023, or leave it empty.',
  'address-invalid':
    'This is not an address Lanyard understands. Try something like 192.168.1.20:47100.',
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
  'no-such-member': 'This person was not found in the room. Look at the list of people again.',
  'no-such-invite': 'This invitation is forgotten. Look at the list again.',
  'no-such-entry': 'That message is not in the room any more.',

  // Why one is not let in.
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

  // Whether the room is what it says.
  'host-key-changed':
    'Another device answers in the place of this room’s host. Compare the keys before you join.',
  'wrong-host':
    'Another device than the one in this link answered, so nothing was sent to it. Ask whoever gave you the link for a new one.',
  'host-not-proven':
    'What answers does not know the passphrase itself: somebody may be posing as this room. Do not try again before you have asked the host.',
  'certificate-untrusted':
    'This device does not trust the certificate at that address. Try the address without wss:// in front, or ask the person who runs it.',
  'certificate-refused':
    'The room and this device could not agree on a secure connection. Update Lanyard on both sides.',

  // What the connection to a room met.
  unreachable: 'The room cannot be reached. Check that both of you are on the same network.',
  'refused-connection': 'Nothing answers at this address. The host may have stopped the room.',
  'address-not-found': 'There is no computer with this name on your network. Check the address.',
  'timed-out': 'The room did not answer in time.',
  'not-a-room': 'Something answers at this address, but it is not a Lanyard room.',
  'wrong-room': 'Another room answers at this address now. Look for yours under “Nearby”.',
  'connection-lost': 'The connection was lost.',
  'too-many-connections': 'The room has too many connections right now. Try again in a while.',
  'hub-failed':
    'Something unexpected went wrong in the room. Try again in a moment, or open the room again.',
  'room-gone': 'This room is gone. Ask the host to open it again.',
  'room-full': 'The room is full. Try again when somebody has left.',

  // Why a room let somebody go.
  left: 'You left the room.',
  'room-closed': 'The host closed the room.',
  idle: 'You were shown out because you said nothing for a while. Join again to come back.',
  removed: 'You were removed from the room by the host or a moderator.',
  'taken-over': 'You joined this room from another window, which took over here.',
  'too-slow': 'The connection could not keep up with the room.',
  flooding: 'You were removed because you sent far too much at once. Join again more calmly.',
  'hello-timeout': 'Joining took too long. The network may be slow; try again.',
  unresponsive: 'The connection went quiet and was given up.',
  'bad-name': 'The room did not accept your name. Choose another one and join again.',

  // Two versions that do not fit each other.
  'bad-message': 'The room received something it could not read. Update Lanyard on both sides.',
  'unknown-type': 'The room does not know this kind of message. Ask the host to update Lanyard.',
  'hello-first': 'The connection did not start as it should. Update Lanyard on both sides.',
  'hello-twice': 'The connection did not start as it should. Update Lanyard on both sides.',
  'version-unsupported':
    'This app and the room speak different versions of the Lanyard protocol. Update Lanyard on both sides.',

  // This computer.
  'not-host': 'Only the host of the room can do that.',
  'bad-arguments': 'Lanyard could not read this request. Reload the window.',
  'unknown-call': 'Lanyard does not know this request. Reload the window.',
  'not-here': 'You are not in the room right now. Try again when you are connected.',
  'too-many-calls': 'This window asked for too much at once. Wait a moment, then try again.',
  'identity-new':
    'The key of this device could not be read, so it has a new one. To others you are somebody new; the old file was kept.',
  'identity-locked':
    'The desktop app protects the key of this device. Use the app, or choose another data folder.',
  'identity-exposed':
    'Others on this computer may read the key of this device and pose as you. Allow nobody but yourself to read identity.json in the data folder.',
  'identity-unwrapped':
    'The system’s key store could not protect the key of this device. It stays in a file only you may read; Lanyard tries again at the next start.',
  'settings-unreadable':
    'Your settings could not be read, so Lanyard starts with fresh ones. The old file was kept.',
  'data-dir-unwritable':
    'Lanyard cannot write to its data folder, so nothing is remembered after you close it.',
  'data-dir-invalid':
    'No folder can have the name of this data folder: it is too long, or has a character that is not allowed. Choose another one.',
  'data-dir-in-use':
    'Another Lanyard is using this data folder. Use that one, or choose another folder.',
  'database-damaged':
    'The messages kept on this computer could not be read. The damaged file was kept; Lanyard starts with an empty one.',
  'database-newer':
    'The messages on this computer were kept by a newer Lanyard. Update this one to read them.',
  'nothing-kept': 'Nothing is kept in this data folder. Choose another one.',
  'storage-full': 'The disk is full. Make some room on it, then try again.',
  'storage-failed': 'Lanyard could not keep this on the disk. Check the disk, then try again.',
  'hub-restarted':
    'Something unexpected went wrong in a room you host, so Lanyard opened it anew. Everybody comes back by themselves, and nothing that was said is lost.',
  'hub-moved':
    'Something unexpected went wrong in a room you host, so Lanyard opened it anew at another port. Tell its new address to those who joined by address; the others find it.',
  'hub-gone':
    'Something unexpected went wrong in a room you host, and Lanyard could not open it anew. Open it yourself; if that does not help, start Lanyard again.',
  'unexpected-error':
    'Something unexpected went wrong in Lanyard. If anything looks wrong now, quit it and start it again.',
  'shell-lost':
    'Lanyard on this computer does not answer. Nothing was sent; try again in a moment.',
};
