/**
 * Bytes from the network become messages here and nowhere else. Unknown fields are dropped,
 * unknown types are named as such, anything else is refused (F5-F7).
 */
import * as v from 'valibot';
import { ACCESSES } from '../model/accesses.ts';
import { ACT_NAMES } from '../model/act-names.ts';
import { ID_MAX, PAGE_MAX, TOKEN_MAX } from './limits.ts';
import type { ClientMessage, HubMessage, PresenceChange, Refusal } from './messages.ts';
import { isRefusalCode } from './refusals.ts';

/** A frame understood, or the code of why not and the request's id when it had one. */
export type Parsed<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly code: 'bad-message' | 'unknown-type'; readonly id?: string };

/** Printable ASCII without spaces: it stands in what is signed (E1). */
const id = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/), v.maxLength(ID_MAX));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const seq = count;
/** Longer than anything a rule allows, so that the rule's own refusal is given, not this one. */
const personText = v.pipe(v.string(), v.maxLength(64 * 1024));

/** A signature, a key, a step of a proof. */
const token = v.pipe(v.string(), v.minLength(1), v.maxLength(TOKEN_MAX));
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const position = v.object({ epoch: id, seq });
const access = v.picklist(ACCESSES);
const act = v.picklist(ACT_NAMES);
const on = v.pipe(v.string(), v.regex(/^[\x21-\x7e]*$/), v.maxLength(ID_MAX));

const CLIENT = {
  hello: v.object({
    type: v.literal('hello'),
    version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    name: personText,
    resume: v.exactOptional(position),
    invite: v.exactOptional(token),
    passphrase: v.exactOptional(token),
    key: v.exactOptional(id),
    proof: v.exactOptional(token),
  }),
  passphrase: v.object({ type: v.literal('passphrase'), finish: token, proof: token }),
  say: v.object({
    type: v.literal('say'),
    id,
    again: v.exactOptional(v.literal(true)),
    text: personText,
    written: time,
    signature: token,
  }),
  act: v.object({ type: v.literal('act'), id, act, on, written: time, signature: token }),
  bans: v.object({ type: v.literal('bans'), id }),
  rename: v.object({ type: v.literal('rename'), id, name: personText }),
  typing: v.object({ type: v.literal('typing'), on: v.boolean() }),
  who: v.object({ type: v.literal('who'), id }),
  history: v.pipe(
    v.object({
      type: v.literal('history'),
      id,
      before: v.exactOptional(seq),
      after: v.exactOptional(seq),
      limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(PAGE_MAX)),
    }),
    v.check((request) => (request.before === undefined) !== (request.after === undefined)),
  ),
  leave: v.object({ type: v.literal('leave') }),
} satisfies Record<ClientMessage['type'], v.GenericSchema<unknown, ClientMessage>>;

const role = v.picklist(['host', 'moderator', 'member']);
const standing = v.object({
  role: v.optional(role, 'member'),
  away: v.optional(v.boolean(), false),
  muted: v.optional(v.boolean(), false),
});
/** `encode.ts` says why it is a list. */
const member = v.pipe(
  v.tuple([id, personText, v.pipe(v.number(), v.finite()), v.optional(standing, {})]),
  v.transform(([key, name, since, rest]) => ({ id: key, name, since, ...rest })),
);
const entryHead = {
  seq: v.pipe(seq, v.minValue(1)),
  at: v.pipe(v.number(), v.finite()),
  id,
  from: id,
  name: personText,
  written: v.pipe(v.number(), v.finite()),
  signature: v.pipe(v.string(), v.maxLength(TOKEN_MAX)),
};
const entry = v.variant('kind', [
  v.object({
    kind: v.literal('said'),
    ...entryHead,
    text: personText,
    struck: v.exactOptional(v.literal(true)),
  }),
  v.object({ kind: v.literal('act'), ...entryHead, act, on, onName: personText }),
]);
const room = v.object({
  id,
  name: personText,
  access,
  locked: v.boolean(),
  slowSeconds: count,
  idleMinutes: v.nullable(count),
  remembersDays: v.nullable(count),
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
    reason: v.picklist(['left', 'lost', 'idle', 'removed', 'banned', 'too-slow', 'flooding']),
    count,
  }),
  v.object({ change: v.literal('renamed'), id, before: personText, name: personText, count }),
  v.object({ change: v.literal('away'), id, away: v.boolean(), count }),
  v.object({ change: v.literal('standing'), id, role, muted: v.boolean(), count }),
]);

const changes = v.pipe(
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
  v.transform(({ code, sentence, ...head }): Refusal => {
    if (isRefusalCode(code)) return { ...head, code };
    const line = sentence
      .slice(0, SENTENCE_MAX)
      .toWellFormed()
      .replace(/[\p{C}\s]+/gu, ' ');
    return { ...head, code: 'unknown-refusal', details: { sentence: line.trim() } };
  }),
);

const HUB = {
  welcome: v.object({
    type: v.literal('welcome'),
    version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    you: id,
    proof: v.exactOptional(token),
    room,
    roster: v.array(member),
    log: v.object({ epoch: id, seq, first: seq }),
    entries: v.array(entry),
    resumed: v.boolean(),
  }),
  challenge: v.object({ type: v.literal('challenge'), nonce: token }),
  passphrase: v.object({ type: v.literal('passphrase'), room: id, response: token }),
  bans: v.object({
    type: v.literal('bans'),
    id,
    bans: v.array(
      v.object({ id, name: personText, by: personText, at: v.pipe(v.number(), v.finite()) }),
    ),
  }),
  entry: v.object({ type: v.literal('entry'), entry }),
  presence: v.object({ type: v.literal('presence'), changes }),
  typing: v.object({ type: v.literal('typing'), id, on: v.boolean() }),
  room: v.object({ type: v.literal('room'), room }),
  cleared: v.object({ type: v.literal('cleared'), log: v.object({ epoch: id, seq }) }),
  roster: v.object({ type: v.literal('roster'), id, roster: v.array(member) }),
  page: v.object({ type: v.literal('page'), id, entries: v.array(entry), more: v.boolean() }),
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
  const head = v.safeParse(v.object({ type: v.string(), id: v.exactOptional(v.unknown()) }), value);
  if (!head.success) return { ok: false, code: 'bad-message' };
  const requestId = v.safeParse(id, head.output.id);
  const about = requestId.success ? { id: requestId.output } : {};
  const { type } = head.output;
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (schema === undefined) return { ok: false, code: 'unknown-type', ...about };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  return parsed.success
    ? { ok: true, message: parsed.output }
    : { ok: false, code: 'bad-message', ...about };
}
