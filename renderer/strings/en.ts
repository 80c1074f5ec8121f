import type { ActName } from '../../main/model/act-names.ts';
import type { Doubt } from '../../main/model/entry.ts';
import type { Problem } from '../../main/model/error-codes.ts';
import { EN_SENTENCES } from '../../main/model/sentences-en.ts';
import { sentenceOf } from '../../main/model/sentence.ts';
import type { NoticeText } from '../../main/model/notice.ts';

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** Every word of the window in English; the other catalogues have the same keys. */
export const en = {
  locale: 'en',
  /** The words for a code, or the sentence that came along with it. */
  error: (problem: Problem): string => sentenceOf(EN_SENTENCES, problem),

  app: {
    rooms: 'Rooms',
    conversation: 'Conversation',
    dismiss: 'Dismiss',
    cancel: 'Cancel',
    close: 'Close',
    back: 'Back',
    title: (unread: number, room: string | null) =>
      `${unread > 0 ? `(${unread}) ` : ''}${room === null ? '' : `${room} · `}Lanyard`,
  },

  shell: {
    reconnecting: 'Lost touch with Lanyard on this computer. Trying to get it back…',
    stopped: 'Lanyard was stopped. Start it again; it opens a page of its own.',
  },

  welcome: {
    hello: 'Hello, my name is',
    placeholder: 'Your name',
    label: 'Your name',
    hint: 'This is what people in a room see. You can change it whenever you like.',
    go: 'Come in',
    promise: 'No account, no internet. Only the people on your network.',
  },

  sidebar: {
    yours: 'Your rooms',
    nearby: 'Nearby',
    looking: 'Looking around…',
    none: 'Rooms you host or join gather here.',
    overview: 'Rooms nearby',
    host: 'Host a room',
    join: 'Join by address',
    settings: 'Settings',
    earlier: 'Earlier',
    search: 'Search all rooms',
    unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
    mentions: (count: number) => (count === 1 ? '1 mention of you' : `${count} mentions of you`),
    people,
    joinRoom: (room: string) => `Join ${room}`,
  },

  home: {
    greeting: (name: string) => `Hello, ${name}`,
    nearby: (count: number) =>
      count === 1
        ? 'There is a room on your network.'
        : `There are ${count} rooms on your network.`,
    joined: 'You are in every room on your network.',
    empty: 'Nobody is hosting nearby yet.',
    invite: 'Be the first: host a room, and everybody on this network sees it appear.',
    looking: 'Looking around on this network',
    hostTitle: 'Host a room',
    hostText: 'It runs on this computer, and everybody nearby can come in.',
    joinTitle: 'Join by address',
    joinText: 'For a room that does not show up here by itself.',
    join: 'Join',
    locked: 'Locked',
    otherVersion: {
      older: 'Has an older Lanyard: its host has to update',
      newer: 'Needs a newer Lanyard: update this one',
    },
  },

  status: {
    connecting: 'Connecting…',
    here: people,
    hosting: (count: number) => `You host · ${people(count)}`,
    waiting: (seconds: number) => `Trying again in ${seconds} s`,
    waitingNow: 'Trying again…',
    now: 'Now',
    ended: 'Not connected',
    rejoin: 'Join again',
    reopen: 'Open again',
    prove: 'Type the passphrase',
    left: 'You left',
    closed: 'Closed',
    youClosed: 'You closed this room.',
  },

  room: {
    people: 'People',
    details: 'Room details and sharing',
    search: 'Search in this room',
    leave: 'Leave the room',
    stop: 'Stop the room',
    forget: 'Forget this room',
    shareTitle: 'Let others in',
    shareTexts: {
      open: 'On this network the room shows up by itself. Anybody else can use one of these:',
      passphrase:
        'On this network the room shows up by itself. These lead to it; whoever uses them also needs the passphrase or an invitation:',
      invite: 'These lead to the room, but let nobody in: that takes an invitation.',
    },
    link: 'Link',
    address: 'Address',
    copy: 'Copy',
    copied: 'Copied',
    copyOf: (what: string) => `Copy ${what}`,
    port: (port: number) => `This room listens on port ${port}.`,
    idleTitle: 'Remove silent people',
    idleText: 'Whoever says nothing for this long is shown out and told why.',
    idleNever: 'Never',
    idleMinutes: (minutes: number) =>
      minutes === 1 ? 'After 1 minute' : `After ${minutes} minutes`,
    idleHours: (hours: number) => (hours === 1 ? 'After 1 hour' : `After ${hours} hours`),
    idleNote: (minutes: number) =>
      `Whoever says nothing for ${minutes === 1 ? 'a minute' : `${minutes} minutes`} is shown out.`,
    hostedBy: (name: string) => `${name} hosts this room.`,
    hostUnknown: 'The host is not here right now.',
    remembersTitle: 'How long the room remembers',
    remembersChoice: (days: number | null) => {
      if (days === null) return 'Everything, for good';
      if (days === 0) return 'Nothing';
      return days === 1 ? 'For 1 day' : `For ${days} days`;
    },
    remembers: (days: number | null) => {
      if (days === null) return 'This room remembers everything that is said in it.';
      if (days === 0)
        return 'This room remembers nothing: only those who are here see what is said.';
      return days === 1
        ? 'This room forgets what is older than a day.'
        : `This room forgets what is older than ${days} days.`;
    },
    forgetting: (days: number) =>
      days === 0
        ? 'Everything said so far is deleted, here and in every copy that connects.'
        : `Everything older than ${days === 1 ? 'a day' : `${days} days`} is deleted, here and in every copy that connects.`,
    forgetOlder: 'Delete it',
    clear: 'Clear the history…',
    exportTitle: 'Save a copy',
    exportText: 'Everything this computer has of the conversation, as a file.',
    exportFormats: { text: 'Text', html: 'Web page', jsonl: 'JSON Lines' },
  },

  log: {
    label: (room: string) => `Messages in ${room}`,
    emptyTitle: 'Nothing said yet',
    emptyAlone: 'You are the first one here. Say something, or let others know where you are.',
    emptyEarlier: 'Nothing is kept of this room',
    emptyTogether: 'Say hello. Everybody here will see it.',
    share: 'Share this room',
    today: 'Today',
    yesterday: 'Yesterday',
    unreadFrom: 'New',
    newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
    toNewest: 'To the newest message',
    loading: 'Fetching older messages…',
    beginning: 'This is where the conversation begins.',
    notKept: 'What was said before is not kept here.',
    goingBack: 'Going back to this message…',
    fates: {
      sending: 'Sending…',
      turn: 'Goes out when it is your turn.',
      connection: 'Goes out once you are connected.',
    },
    cancel: 'Cancel',
    refused: 'Not sent.',
    retry: 'Try again',
    drop: 'Discard',
    says: (name: string, text: string) => `${name}: ${text}`,
    showAll: 'Show all',
    redacted: 'This message was removed.',
    edited: 'edited',
    pinned: 'Pinned',
    /** A message of a kind this Lanyard does not know; `fallback` is its author's own words for it. */
    unknown: (fallback: string) =>
      fallback === '' ? 'A message that this Lanyard cannot show. Update it to see it.' : fallback,
    /** Above a message that answers another one. */
    answers: (name: string) => `In answer to ${name}`,
    blank: 'This message has nothing in it that can be seen.',
    more: 'What to do with this message',
    remove: 'Remove message…',
    doubt: (doubt: Doubt, name: string) =>
      doubt === 'signature'
        ? `Could not be verified: it may not be from ${name}.`
        : `An older message of ${name} sent again, perhaps by somebody else.`,
    written: (when: string) => `Written ${when}`,
  },

  notice: (what: NoticeText, error: (problem: Problem) => string): string => {
    switch (what.kind) {
      case 'joined':
        return `${what.name} came in · ${people(what.count)} here`;
      case 'left':
        return `${what.name} ${enLeft[what.reason]} · ${people(what.count)} here`;
      case 'renamed':
        return `${what.before} is now called ${what.name} · ${people(what.count)} here`;
      case 'connected':
        return `You are connected · ${people(what.count)} here`;
      case 'disconnected':
        return `You are disconnected. ${error({ code: what.reason })}`;
    }
  },

  act: {
    somebody: 'somebody',
    /** `what` says what holds from then on: who may come in, or the time of slow mode, empty for off. */
    did: (act: ActName, who: string, whom: string, what: string): string => {
      switch (act) {
        case 'remove':
          return `${who} removed ${whom}`;
        case 'ban':
          return `${who} banned ${whom}`;
        case 'lift':
          return `${who} lifted the ban on ${whom}`;
        case 'mute':
          return `${who} muted ${whom}`;
        case 'unmute':
          return `${who} unmuted ${whom}`;
        case 'appoint':
          return `${who} made ${whom} a moderator`;
        case 'dismiss':
          return `${who} made ${whom} an ordinary member again`;
        case 'lock':
          return `${who} locked the room: nobody new gets in`;
        case 'unlock':
          return `${who} unlocked the room`;
        case 'slow':
          return what === ''
            ? `${who} turned slow mode off`
            : `${who} turned slow mode on: one message every ${what}`;
        case 'redact':
          return `${who} removed a message`;
        case 'access':
          return `${who} changed who may come in. ${what}`;
        case 'topic':
          return what === '' ? `${who} removed the topic` : `${who} set the topic: ${what}`;
        case 'unknown':
          return `${who} did something that this Lanyard does not know. Update it to see what.`;
      }
    },
  },

  /** A length of time in seconds, short. */
  seconds: (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`),

  roles: { host: 'Host', moderator: 'Moderator' },

  member: {
    about: 'About this person',
    since: (when: string) => `Here since ${when}`,
    gone: 'Not here now',
    compare: 'Ask for these words by voice: if they are the same, it is the same device.',
    acts: {
      mute: 'Mute',
      unmute: 'Unmute',
      appoint: 'Make moderator',
      dismiss: 'End as moderator',
      remove: 'Remove',
      ban: 'Ban…',
      lift: 'Lift the ban',
    },
  },

  ban: {
    title: (name: string) => `Ban ${name}?`,
    text: 'Their device is removed and cannot come in again, whatever name it takes, until the ban is lifted. Everybody in the room sees this.',
    go: 'Ban',
  },

  bans: {
    title: 'Banned people',
    text: 'Their devices cannot come into this room.',
    none: 'Nobody is banned.',
    by: (who: string, when: string) => `Banned by ${who} · ${when}`,
    lift: 'Lift the ban',
  },

  redact: {
    title: 'Remove this message?',
    text: 'What it says is deleted for everybody. That it was removed, and by whom, stays in the log. This cannot be undone.',
    go: 'Remove',
  },

  care: {
    label: 'Look after the room',
    invite: 'Invite people…',
    lock: 'Lock the room',
    unlock: 'Unlock the room',
    bans: 'Banned people…',
    slow: 'Slow mode',
    slowOff: 'Off',
  },

  signs: {
    label: 'How this room is guarded',
    locked: 'Locked',
    lockedTitle: 'Locked: nobody new gets in',
    slow: (time: string) => `Slow: ${time}`,
    slowTitle: (time: string) => `Slow mode: one message every ${time}`,
  },

  composer: {
    label: (room: string) => `Message to ${room}`,
    placeholder: (room: string) => `Message ${room}`,
    ended: 'Join the room again to write in it',
    closed: 'Open the room again to write in it',
    muted: 'You are muted here. Ask the host or a moderator',
    slow: (time: string) => `Slow mode: one message every ${time}`,
    send: 'Send',
    left: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
    over: (count: number, max: number) =>
      `${count} too many: a message can have at most ${max} characters. Shorten it or send it in parts.`,
    who: (names: readonly string[]) => `${people(names.length)} here: ${names.join(', ')}`,
    typing: (names: readonly string[]) => {
      const [one = '', two = ''] = names;
      if (names.length === 1) return `${one} is typing`;
      return names.length === 2 ? `${one} and ${two} are typing` : 'Several people are typing';
    },
  },

  roster: {
    title: 'People',
    you: 'you',
    muted: 'Muted',
    away: 'Away',
    rename: 'Change your name',
    close: 'Close the list of people',
  },

  rename: {
    title: 'Change your name',
    text: 'Everybody in this room sees the change. What you said before keeps your old name.',
    label: 'Your name in this room',
    save: 'Change name',
  },

  host: {
    title: 'Host a room',
    text: 'It runs on this computer, and shows up by itself on this network.',
    label: 'Name of the room',
    suggestion: (name: string) => `${name}’s room`,
    advanced: 'Advanced',
    port: 'Port',
    portHint: 'Empty: 47100, or the next free one.',
    go: 'Host',
  },

  join: {
    title: 'Join by address',
    text: 'Ask the host for it: they find it under “Room details”.',
    label: 'Address or link',
    placeholder: '192.168.1.20:47100 or lanyard://…',
    linkTitle: 'Join this room?',
    linkText: (place: string) =>
      `You opened a link to a room at ${place}. Join only if you know who it is from.`,
    inviteTitle: 'You are invited',
    inviteText: (place: string) =>
      `You opened an invitation to a room at ${place}. Join only if you know who it is from.`,
    invitation: 'Invitation link',
    invitedTitle: (room: string) => `${room === '' ? 'This room' : room} is for the invited`,
    invitedText: 'Ask its host for an invitation, and paste the link here.',
    go: 'Join',
  },

  access: {
    title: 'Who may come in',
    names: {
      open: 'Everybody on this network',
      passphrase: 'Whoever knows the passphrase',
      invite: 'Invited people only',
    },
    hints: {
      open: 'One click, and they are in.',
      passphrase: 'You choose it and tell it to those you want here.',
      invite: 'You send links, which can run out and be revoked.',
    },
    /** The same, as it is told of a room. */
    notes: {
      open: 'Everybody on this network may come in.',
      passphrase: 'Whoever knows the passphrase may come in.',
      invite: 'Only the invited may come in.',
    },
    /** The same, beside a room one is not in. */
    short: { open: 'Open', passphrase: 'Passphrase', invite: 'Invited only' },
    change: 'Change…',
    changeTitle: 'Who may come in?',
    changeText: 'This counts from now on. Whoever was let in stays in, and may come back.',
    save: 'Save',
  },

  passphrase: {
    title: (room: string) => `${room === '' ? 'This room' : room} has a passphrase`,
    text: 'Ask the host for it. It is checked without being sent: nobody on the way learns it.',
    label: 'Passphrase',
    show: 'Show the passphrase',
    suggest: 'Suggest one',
  },

  invite: {
    open: 'Invite…',
    title: (room: string) => `Invite to ${room}`,
    texts: {
      open: 'With this link or code others come in, also where the room does not show up by itself.',
      passphrase: 'Whoever has an invitation comes in without the passphrase.',
      invite: 'Only with an invitation does anybody new come in.',
    },
    closed: 'The room is closed. Open it again to invite others.',
    code: 'QR code of the link',
    lifetime: 'Valid for',
    lifetimes: {
      'five-minutes': '5 minutes',
      day: '1 day',
      'until-revoked': 'Until I revoke it',
    },
    howMany: 'Lets in',
    uses: (most: number | null) => {
      if (most === null) return 'Any number of people';
      return most === 1 ? '1 person' : `${most} people`;
    },
    create: 'Create an invitation',
    made: 'New invitation',
    once: 'Pass it on now: the link is not shown again.',
    invitation: 'Invitation link',
    list: 'Invitations',
    valid: (until: string | null) =>
      until === null ? 'Valid until you revoke it' : `Valid until ${until}`,
    states: { expired: 'Expired', 'used-up': 'Used up', revoked: 'Revoked' },
    used: (uses: number, most: number | null) =>
      most === null ? `used ${uses === 1 ? 'once' : `${uses} times`}` : `used ${uses} of ${most}`,
    madeAt: (moment: string) => `made ${moment}`,
    revoke: 'Revoke',
    revokeOf: (made: string) => `Revoke the invitation ${made}`,
  },

  identity: {
    title: 'About you',
    text: 'This picture and these six words stand for this device. Others see the same ones beside your name: read the words to each other, and you know that nobody poses as you.',
    words: 'Words of the key',
  },

  hostChanged: {
    title: 'This may not be the room you know',
    short: 'Another device answers in the place of this room.',
    text: 'Another device answers in its place, and it is not the host. Another room may be at its address now, or somebody poses as the host to read what you write. Nothing was sent to it.',
    remembered: 'The host you know',
    answered: 'What answers now',
    advice:
      'Ask the host, in person or by telephone, where the room is now. On a new computer it is a new room.',
    stay: 'Stay away',
    compare: 'Compare the keys',
  },

  plain: {
    title: 'This room is not encrypted.',
    text: 'Anybody on the way can read and change what is said here.',
  },

  leave: {
    title: (room: string) => `Leave ${room}?`,
    text: 'You can come back while the host keeps it open, and read on without it.',
    go: 'Leave',
    stopTitle: (room: string) => `Stop ${room}?`,
    stopText: (others: number) =>
      others === 1
        ? 'One other person is in it. The room closes for both of you.'
        : `${others} other people are in it. The room closes for everybody.`,
    stop: 'Stop the room',
    stay: 'Stay',
  },

  forget: {
    title: (room: string) => `Forget ${room}?`,
    text: 'The copy of the conversation on this computer is deleted. Others keep theirs.',
    ownText:
      'This room is yours: everything said in it is deleted from this computer, and nobody can open it again.',
    go: 'Forget',
  },

  clear: {
    title: (room: string) => `Clear the history of ${room}?`,
    text: 'Everything said so far is deleted: here, for everybody in the room, and in every copy that connects later. This cannot be undone.',
    go: 'Clear the history',
  },

  search: {
    title: 'Search',
    label: 'Search for',
    placeholder: 'Words or beginnings of words',
    scope: 'Where to search',
    here: 'This room',
    everywhere: 'All rooms',
    results: 'Messages found',
    found: (count: number, more: boolean) => {
      if (count === 0) return 'Nothing found. Try fewer or shorter words.';
      if (more) return `The newest ${count} messages that match`;
      return count === 1 ? '1 message' : `${count} messages`;
    },
    more: 'More',
    close: 'Close the search',
  },

  settings: {
    title: 'Settings',
    name: 'Your name',
    nameHint: 'For the rooms you host or join from now on.',
    saveName: 'Save',
    saved: 'Saved',
    language: 'Language',
    theme: 'Appearance',
    notifications: 'Notifications while Lanyard is in the background',
    languages: { system: 'Like the system', en: 'English', 'zh-CN': '简体中文' },
    themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
    levels: { off: 'Off', mentions: 'When I am mentioned', all: 'Every message' },
    allow: 'Allow notifications in this browser',
    blocked:
      'The browser does not allow notifications from this page. Allow them in its site settings.',
    version: (version: string) => `Lanyard ${version}`,
  },
};

const enLeft = {
  left: 'left',
  lost: 'lost the connection',
  idle: 'was shown out after a long silence',
  removed: 'was removed',
  banned: 'was banned',
  'too-slow': 'could not keep up and was let go',
  flooding: 'was removed for sending far too much at once',
};

/** What a catalogue holds. */
export type Strings = typeof en;
