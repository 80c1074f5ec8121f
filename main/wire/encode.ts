/** A hub's messages as the JSON that `parse.ts` reads. */
import { EN_SENTENCES } from '../model/sentences-en.ts';
import { sentenceOf } from '../model/sentence.ts';
import type { SignedEvent } from '../events/event.ts';
import type { Member, PresenceChange } from '../model/member.ts';
import type { ReceivedEntry } from '../timeline/entry.ts';
import type {
  ClientMessage,
  HubMessage,
  LogState,
  Page,
  PostedEvent,
  Refusal,
} from './messages.ts';

export function encodeHubMessage(message: HubMessage): string {
  switch (message.type) {
    case 'welcome':
      return `${encodeGreeting(message)},"roster":${encodeRoster(message.roster)}}`;
    case 'entries':
      return JSON.stringify({ ...message, entries: encodeEntries(message.entries) });
    case 'page':
      return encodeStretch(message);
    case 'roster':
      return JSON.stringify({ ...message, roster: message.roster.map(encodeMember) });
    case 'presence':
      return JSON.stringify({ ...message, changes: encodeChanges(message.changes) });
    case 'refused':
      return JSON.stringify(encodeRefused(message));
    default:
      return JSON.stringify(message);
  }
}

/** With its sentence, for clients that do not know the code (R1). */
function encodeRefused(message: Refusal): object {
  const { type, id, code, seconds } = message;
  const sentence =
    code === 'unknown-refusal' ? message.details.sentence : sentenceOf(EN_SENTENCES, message);
  return { type, id, code, seconds, sentence };
}

/** A welcome but for its last part, who is here: the same for everybody who comes in meanwhile. */
export function encodeGreeting(greeting: Greeting): string {
  const { type, version, you, proof, room, epoch } = greeting;
  const beginning = JSON.stringify({ type, version, you, proof, room, epoch }).slice(0, -1);
  return `${beginning},"logs":[${greeting.logs.map(encodeStretch).join(',')}]`;
}

/** A welcome without who is here. */
export type Greeting = Omit<Extract<HubMessage, { type: 'welcome' }>, 'roster'>;

/** Newcomers get the same items, and those who come back the same pages: each list is encoded once. */
const encodedLists = new WeakMap<readonly ReceivedEntry[], string>();

function encodeStretch({ entries, ...rest }: LogState | Page): string {
  const list = encodedLists.get(entries) ?? JSON.stringify(encodeEntries(entries));
  encodedLists.set(entries, list);
  return `${JSON.stringify(rest).slice(0, -1)},"entries":${list}}`;
}

/** A client's message. */
export function encodeClientMessage(message: ClientMessage): string {
  return JSON.stringify(
    message.type === 'post' ? { ...message, event: encodePosted(message.event) } : message,
  );
}

/**
 * Items of one log: an epoch and a policy link stand with the first of them, and where they change.
 * Undefined is left out of objects by JSON.
 */
export function encodeEntries(entries: readonly ReceivedEntry[]): readonly object[] {
  let epoch = '';
  let policy: string | null = null;
  return entries.map((entry) => {
    const changed = {
      epoch: entry.epoch === epoch ? undefined : entry.epoch,
      policy: entry.policy === policy ? undefined : entry.policy,
    };
    ({ epoch, policy } = entry);
    const { seq, at, origin, name } = entry;
    return { seq, at, origin: origin ?? undefined, name, ...changed, ...encodeEvent(entry) };
  });
}

/** An event on its way to a log, which it names. */
function encodePosted(event: PostedEvent): object {
  return { conversation: event.conversation, ...encodeEvent(event) };
}

/** An event: its device where that is not the person's first, its references where it has some. */
function encodeEvent(event: Omit<SignedEvent, 'room' | 'conversation'>): object {
  const { kind, person, device, written, references, body, signature } = event;
  return {
    kind,
    person,
    device: device === person ? undefined : device,
    written,
    refs: references.length === 0 ? undefined : references.map(({ as, id }) => [as, id]),
    ...(body.state === 'whole'
      ? { salt: body.salt, body: body.text }
      : { [body.state]: body.digest }),
    signature,
  };
}

/** Who is here, as in a welcome. */
export function encodeRoster(roster: readonly Member[]): string {
  return JSON.stringify(roster.map(encodeMember));
}

/**
 * As a list, and without what is usual (W3): when a school comes in, everybody is told of everybody.
 */
function encodeMember({ id, name, role, away, muted, since }: Member): readonly unknown[] {
  if (role === 'member' && !away && !muted) return [id, name, since];
  const standing = {
    role: role === 'member' ? undefined : role,
    away: away || undefined,
    muted: muted || undefined,
  };
  return [id, name, since, standing];
}

/** Who came in one after another is told in one change (P2). */
function encodeChanges(changes: readonly PresenceChange[]): readonly unknown[] {
  const encoded: unknown[] = [];
  let joined: { change: 'joined'; members: unknown[]; count: number } | null = null;
  for (const change of changes) {
    if (change.change !== 'joined') {
      joined = null;
      encoded.push(change);
    } else if (joined?.count === change.count - 1) {
      joined.members.push(encodeMember(change.member));
      joined.count = change.count;
    } else {
      joined = { change: 'joined', members: [encodeMember(change.member)], count: change.count };
      encoded.push(joined);
    }
  }
  return encoded;
}
