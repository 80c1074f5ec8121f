import type { ErrorCode, NoticeText } from '../../preload/contract.ts';
import { enErrors } from './en-errors.ts';

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** Every word of the window in English; the other catalogues have the same keys. */
export const en = {
  locale: 'en',
  errors: enErrors,
  /** The words for a code, or the sentence that came along with it. */
  error: (code: ErrorCode, sentence: string): string => wordsFor(enErrors, code) ?? sentence,

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
    hosted: 'You host this room',
    earlier: 'Earlier',
    search: 'Search all rooms',
    unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
    mentions: (count: number) => (count === 1 ? '1 mention of you' : `${count} mentions of you`),
    people,
    locked: 'Locked',
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
    locked: 'This room does not let anybody in right now.',
    incompatible: 'Needs a newer Lanyard',
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
    shareText: 'On this network the room shows up by itself. Anybody else can use one of these:',
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
    sending: 'Sending…',
    waiting: 'Goes out once you are connected.',
    cancel: 'Cancel',
    refused: 'Not sent.',
    retry: 'Try again',
    drop: 'Discard',
    host: 'Host',
    says: (name: string, text: string) => `${name}: ${text}`,
  },

  notice: (what: NoticeText, error: (code: ErrorCode) => string): string => {
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
        return `You are disconnected. ${error(what.reason)}`;
    }
  },

  composer: {
    label: (room: string) => `Message to ${room}`,
    placeholder: (room: string) => `Message ${room}`,
    ended: 'Join the room again to write in it',
    closed: 'Open the room again to write in it',
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
    host: 'Host',
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
    text: 'Everybody on this network sees it appear and can come in.',
    label: 'Name of the room',
    suggestion: (name: string) => `${name}’s room`,
    advanced: 'Advanced',
    port: 'Port',
    portHint: 'Empty: 47100, or the next free one.',
    portWrong: 'A port is a whole number from 1 to 65535. Type another one, or none.',
    go: 'Host',
  },

  join: {
    title: 'Join by address',
    text: 'Ask the host for it: they find it under “Room details”.',
    label: 'Address or link',
    placeholder: '192.168.1.20:47100 or lanyard://…',
    linkTitle: 'Join this room?',
    linkText: 'You opened a link to a room. Join only if you know who it is from.',
    go: 'Join',
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
  removed: 'was removed by the host',
  'too-slow': 'could not keep up and was let go',
  flooding: 'was removed for sending far too much at once',
};

/** What a catalogue holds. */
export type Strings = typeof en;

/** The words of a catalogue for a code, if it has any. */
export function wordsFor(
  errors: Readonly<Record<string, string>>,
  code: ErrorCode,
): string | undefined {
  return Object.hasOwn(errors, code) ? errors[code] : undefined;
}
