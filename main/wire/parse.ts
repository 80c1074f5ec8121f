/**
 * Bytes from the network become messages here and nowhere else. Unknown fields are dropped,
 * unknown types are named as such, anything else is refused (F5-F7).
 */
import * as v from 'valibot';
import type { Body } from '../events/event.ts';
import { ACCESSES } from '../model/accesses.ts';
import type { PresenceChange } from '../model/member.ts';
import {
  ANCESTRY_MAX,
  BODY_MAX,
  ID_MAX,
  KIND_MAX,
  LATEST_TIME,
  PAGE_MAX,
  PROTOCOL_VERSION,
  REFERENCES_MAX,
  TOKEN_MAX,
} from '../protocol/limits.ts';
import type { ReceivedEntry } from '../timeline/entry.ts';
import type { ClientMessage, HubMessage, PostedEvent, Refusal } from './messages.ts';
import { isRefusalCode } from './refusals.ts';

/** A frame understood, or the code of why not and the request's id when it had one. */
export type Parsed<Message> =
  | { readonly ok: true; readonly message: Message }
  | {
      readonly ok: false;
      readonly code: 'bad-message' | 'unknown-type' | 'version-unsupported';
      readonly id?: string;
    };

/** Printable ASCII without spaces: it stands in what is signed (F8). */
const id = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/), v.maxLength(ID_MAX));
/** A hash in base64url. */
const hash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const link = v.union([hash, v.literal('')]);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const seq = count;
/** Longer than anything a rule allows, so that the rule's own refusal is given, not this one. */
const personText = v.pipe(v.string(), v.maxLength(64 * 1024));

/** A signature, a key, a step of a proof. */
const token = v.pipe(v.string(), v.minLength(1), v.maxLength(TOKEN_MAX));
/** A signature: 64 bytes in base64url (F8). */
const signature = v.pipe(v.string(), v.regex(/^[\w-]{86}$/));
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_TIME));
const position = v.object({ epoch: hash, seq });
const chainEnd = v.object({ seq, link, epoch: link });
/** Of one that only a newer hub knows no more is said than that it is not open. */
const access = v.fallback(v.picklist(ACCESSES), 'invite');

const kind = v.pipe(v.string(), v.maxLength(KIND_MAX), v.regex(/^[a-z]+\/[\x21-\x7e]+$/));
const references = v.pipe(
  v.array(v.tuple([v.pipe(v.string(), v.regex(/^[a-z-]{1,16}$/)), id])),
  v.maxLength(REFERENCES_MAX),
  v.transform((all) => all.map(([as, other]) => ({ as, id: other }))),
);
const salt = v.pipe(v.string(), v.regex(/^[\w-]{22,43}$/));
/** Half a pair has no UTF-8 of its own, and so no hash of its own (E2). */
const bodyText = v.pipe(
  v.string(),
  v.maxLength(BODY_MAX),
  v.check((text) => text.isWellFormed()),
);
const signedPart = {
  kind,
  person: id,
  device: v.exactOptional(id),
  written: time,
  refs: v.optional(references, []),
  signature,
};

const posted = v.pipe(
  v.object({ conversation: hash, ...signedPart, salt, body: bodyText }),
  v.transform(({ device, refs, salt: grain, body, ...rest }): PostedEvent => ({
    ...rest,
    device: device ?? rest.person,
    references: refs,
    body: { state: 'whole', salt: grain, text: body },
  })),
);

const CLIENT = {
  hello: v.object({
    type: v.literal('hello'),
    version: v.literal(PROTOCOL_VERSION),
    name: personText,
    resume: v.optional(
      v.pipe(
        v.array(
          v.object({
            conversation: hash,
            ancestry: v.pipe(v.array(position), v.maxLength(ANCESTRY_MAX)),
          }),
        ),
        v.maxLength(ANCESTRY_MAX),
      ),
      [],
    ),
    invite: v.exactOptional(token),
    passphrase: v.exactOptional(token),
    key: v.exactOptional(id),
    proof: v.exactOptional(token),
  }),
  passphrase: v.object({ type: v.literal('passphrase'), finish: token, proof: token }),
  post: v.object({
    type: v.literal('post'),
    id: hash,
    again: v.exactOptional(v.literal(true)),
    event: posted,
  }),
  bans: v.object({ type: v.literal('bans'), id }),
  rename: v.object({ type: v.literal('rename'), id, name: personText }),
  typing: v.object({ type: v.literal('typing'), conversation: hash, on: v.boolean() }),
  who: v.object({ type: v.literal('who'), id }),
  history: v.pipe(
    v.object({
      type: v.literal('history'),
      id,
      conversation: hash,
      before: v.exactOptional(seq),
      after: v.exactOptional(seq),
      limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PAGE_MAX)),
    }),
    v.check((request) => (request.before === undefined) !== (request.after === undefined)),
  ),
  leave: v.object({ type: v.literal('leave') }),
} satisfies Record<ClientMessage['type'], v.GenericSchema<unknown, ClientMessage>>;

const role = v.fallback(v.picklist(['host', 'moderator', 'member']), 'member');
const standing = v.object({
  role: v.optional(role, 'member'),
  away: v.optional(v.boolean(), false),
  muted: v.optional(v.boolean(), false),
});
/** `encode.ts` says why it is a list. */
const member = v.pipe(
  v.tuple([id, personText, time, v.optional(standing, {})]),
  v.transform(([key, name, since, rest]) => ({ id: key, name, since, ...rest })),
);
const item = v.object({
  seq: v.pipe(seq, v.minValue(1)),
  at: time,
  origin: v.optional(position),
  name: personText,
  epoch: v.optional(hash),
  policy: v.optional(link),
  ...signedPart,
  salt: v.optional(salt),
  body: v.optional(bodyText),
  redacted: v.optional(hash),
  withheld: v.optional(hash),
});

type Item = v.InferOutput<typeof item>;

/** Items of one log, with the epoch and the policy link that hold for them; rising, from there on. */
const entries = v.pipe(
  v.array(item),
  v.check(
    ([first]) => first === undefined || (first.epoch !== undefined && first.policy !== undefined),
  ),
  v.check((items) => items.every(({ seq: at }, index) => at > (items[index - 1]?.seq ?? 0))),
  v.check((items) => items.every((each) => bodyIn(each) !== null)),
  v.transform((items): readonly ReceivedEntry[] => {
    let [epoch, policy] = ['', ''];
    return items.flatMap((each) => {
      epoch = each.epoch ?? epoch;
      policy = each.policy ?? policy;
      const { seq: number, at, origin = null, name, kind: named, person, written, refs } = each;
      const placed = { epoch, seq: number, at, origin, policy, name, kind: named, person, written };
      const body = bodyIn(each);
      const device = each.device ?? person;
      return body === null
        ? []
        : [{ ...placed, device, references: refs, body, signature: each.signature }];
    });
  }),
);

function bodyIn({ salt: grain, body, redacted, withheld }: Item): Body | null {
  if (grain !== undefined && body !== undefined) return { state: 'whole', salt: grain, text: body };
  if (redacted !== undefined) return { state: 'redacted', digest: redacted };
  return withheld === undefined ? null : { state: 'withheld', digest: withheld };
}

const room = v.object({
  id: hash,
  founder: id,
  nonce: id,
  name: personText,
  access,
  locked: v.boolean(),
  slowSeconds: count,
  idleMinutes: v.nullable(count),
  remembersDays: v.nullable(count),
});
const epoch = v.object({
  room: hash,
  number: v.pipe(count, v.minValue(1)),
  writer: id,
  parent: link,
  places: v.array(v.object({ conversation: hash, seq, link })),
  signature,
});
const head = v.object({
  type: v.literal('head'),
  conversation: hash,
  epoch: hash,
  seq,
  link: hash,
  signature,
});
const logState = v.object({
  conversation: hash,
  common: v.nullable(position),
  floor: chainEnd,
  last: chainEnd,
  after: chainEnd,
  entries,
  head: v.nullable(head),
});
const joined = v.pipe(
  v.object({
    change: v.literal('joined'),
    members: v.pipe(v.array(member), v.minLength(1)),
    count,
  }),
  v.check(({ members, count: last }) => members.length <= last),
);
const change = v.variant('change', [
  joined,
  v.object({
    change: v.literal('left'),
    id,
    name: personText,
    reason: v.fallback(
      v.picklist(['left', 'lost', 'idle', 'removed', 'banned', 'too-slow', 'flooding']),
      'left',
    ),
    count,
  }),
  v.object({ change: v.literal('renamed'), id, before: personText, name: personText, count }),
  v.object({ change: v.literal('away'), id, away: v.boolean(), count }),
  v.object({ change: v.literal('standing'), id, role, muted: v.boolean(), count }),
]);

const KNOWN_CHANGES: ReadonlySet<string> = new Set([
  'joined',
  'left',
  'renamed',
  'away',
  'standing',
] satisfies readonly PresenceChange['change'][]);

/** A change that only a newer hub knows is none here (F6). */
const changes = v.pipe(
  v.array(v.looseObject({ change: v.string() })),
  v.transform((all) => all.filter((each) => KNOWN_CHANGES.has(each.change))),
  v.array(change),
  v.transform((all): readonly PresenceChange[] =>
    all.flatMap((it): readonly PresenceChange[] => (it.change === 'joined' ? oneByOne(it) : [it])),
  ),
);

/** Those who came in one after another, and how many were here after each (P2). */
function oneByOne({ members, count: last }: v.InferOutput<typeof joined>) {
  const before = last - members.length;
  return members.map(
    (newcomer, index) =>
      ({ change: 'joined', member: newcomer, count: before + index + 1 }) as const,
  );
}

/** The longest sentence of a refusal that is shown, in UTF-16 units. */
const SENTENCE_MAX = 300;

/** A refusal of a code that is not known keeps its sentence, as one line (R1). */
const refused = v.pipe(
  v.object({
    type: v.literal('refused'),
    id: v.exactOptional(id),
    code: v.string(),
    seconds: v.exactOptional(count),
    sentence: personText,
  }),
  v.transform(({ code, sentence, ...rest }): Refusal => {
    if (isRefusalCode(code)) return { ...rest, code };
    const line = sentence
      .slice(0, SENTENCE_MAX)
      .toWellFormed()
      .replace(/[\p{C}\s]+/gu, ' ');
    return { ...rest, code: 'unknown-refusal', details: { sentence: line.trim() } };
  }),
);

const HUB = {
  welcome: v.object({
    type: v.literal('welcome'),
    version: v.literal(PROTOCOL_VERSION),
    you: id,
    proof: v.exactOptional(token),
    room,
    epoch,
    logs: v.array(logState),
    roster: v.array(member),
  }),
  challenge: v.object({ type: v.literal('challenge'), nonce: token }),
  passphrase: v.object({ type: v.literal('passphrase'), room: id, response: token }),
  bans: v.object({
    type: v.literal('bans'),
    id,
    bans: v.array(v.object({ id, name: personText, by: personText, at: time })),
  }),
  entries: v.object({ type: v.literal('entries'), conversation: hash, after: seq, entries }),
  confirmed: v.object({ type: v.literal('confirmed'), id }),
  head,
  floor: v.object({ type: v.literal('floor'), conversation: hash, floor: chainEnd }),
  presence: v.object({ type: v.literal('presence'), changes }),
  typing: v.object({ type: v.literal('typing'), conversation: hash, id, on: v.boolean() }),
  room: v.object({ type: v.literal('room'), room }),
  roster: v.object({ type: v.literal('roster'), id, roster: v.array(member) }),
  page: v.object({
    type: v.literal('page'),
    id,
    conversation: hash,
    after: chainEnd,
    entries,
    more: v.boolean(),
  }),
  refused,
} satisfies Record<HubMessage['type'], v.GenericSchema<unknown, HubMessage>>;

/** One frame a client sent, as a hub reads it (F5-F7). Never throws. */
export function parseClientMessage(frame: string): Parsed<ClientMessage> {
  return parse<ClientMessage>(CLIENT, frame);
}

/** One frame a hub sent, as a client reads it (F5-F7). Never throws. */
export function parseHubMessage(frame: string): Parsed<HubMessage> {
  return parse<HubMessage>(HUB, frame);
}

const anyVersion = v.object({ version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });

function parse<Message>(
  schemas: Readonly<Record<string, v.GenericSchema<unknown, Message>>>,
  frame: string,
): Parsed<Message> {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return { ok: false, code: 'bad-message' };
  }
  const type = typeIn(value);
  if (type === null) return { ok: false, code: 'bad-message' };
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (schema === undefined) return { ok: false, code: 'unknown-type', ...requestIdIn(value) };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, message: parsed.output };
  // Another version may ask for other things in it: that alone is told (H2).
  const spoken = type === 'hello' || type === 'welcome' ? v.safeParse(anyVersion, value) : null;
  const isOther = spoken?.success === true && spoken.output.version !== PROTOCOL_VERSION;
  return {
    ok: false,
    code: isOther ? 'version-unsupported' : 'bad-message',
    ...requestIdIn(value),
  };
}

function typeIn(value: unknown): string | null {
  const isTyped = typeof value === 'object' && value !== null && 'type' in value;
  return isTyped && typeof value.type === 'string' ? value.type : null;
}

const anyRequest = v.object({ id });

/** What a refusal is to name; nothing where there is none. */
function requestIdIn(value: unknown): { readonly id?: string } {
  const parsed = v.safeParse(anyRequest, value);
  return parsed.success ? parsed.output : {};
}
