/**
 * What Lanyard makes of events, logs, epochs, heads and acts, with keys that are always the same, for
 * another program to agree with. `node test/second-client/vectors.ts` prints it as JSON.
 */
import { createECDH, createHash, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { digestOf, idOf, redacted, signedContent } from '../../main/events/event.ts';
import type { Body, Hash, Reference, SignedEvent } from '../../main/events/event.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { nextEpoch } from '../../main/hub/epochs.ts';
import type { KeptEpoch } from '../../main/hub/room-log.ts';
import { memberIdOfKey } from '../../main/identity/member-key.ts';
import { signWith } from '../../main/identity/signatures.ts';
import { actOf } from '../../main/policy/act.ts';
import { PolicyLog } from '../../main/policy/policy-log.ts';
import { BEGINNING, chained, headContent } from '../../main/timeline/chain.ts';
import type { ChainEnd } from '../../main/timeline/chain.ts';
import type { Position, ReceivedEntry } from '../../main/timeline/entry.ts';
import { encodeClientMessage, encodeHubMessage } from '../../main/wire/encode.ts';

export interface Vector {
  readonly about: 'room' | 'event' | 'epoch' | 'log' | 'head' | 'policy';
  readonly [fact: string]: unknown;
}

const hash: Hash = (text) => createHash('sha256').update(text).digest('base64url');
interface Signer {
  readonly id: string;
  readonly sign: (text: string) => string;
}

/** The owner of the key whose secret is this number. */
function signerOf(secret: number): Signer {
  const d = Buffer.concat([Buffer.alloc(31), Buffer.of(secret)]);
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: d.toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const key: KeyObject = createPrivateKey({ key: jwk, format: 'jwk' });
  const id = memberIdOfKey(key);
  if (id === null) throw new Error('that is no key');
  return { id, sign: (text) => signWith(key, text) };
}

const hugo = signerOf(1);
const ann = signerOf(2);
const bo = signerOf(3);
const nonce = 'b8ZtF2r0J4sC';
const room = roomIdOf(hugo.id, nonce, hash);
const talk = firstConversationOf(room, hash);

interface Wish {
  readonly by?: Signer;
  readonly conversation?: string;
  readonly written?: number;
  readonly references?: readonly Reference[];
  readonly salt?: string;
}

function made(kind: string, body: string, wish: Wish = {}): SignedEvent {
  const { by = ann, conversation = talk, written = 1_795_251_669_990, references = [] } = wish;
  const unsigned = {
    room,
    conversation,
    kind,
    person: by.id,
    device: by.id,
    written,
    references,
    body: { state: 'whole', salt: wish.salt ?? hash(`salt of ${kind}`), text: body },
  } as const;
  return { ...unsigned, signature: by.sign(signedContent(unsigned, hash)) };
}

const text = (words: string) => JSON.stringify({ text: words });
const hello = made('message/text', text('Here I am'));
const to = (event: SignedEvent): readonly Reference[] => [{ as: 'to', id: idOf(event, hash) }];

const EVENTS: readonly SignedEvent[] = [
  hello,
  made('message/text', text('Zeilen\nund 线条 👩🏽‍🚀')),
  made('message/text', text('answer'), {
    by: bo,
    references: [
      { as: 're', id: idOf(hello, hash) },
      { as: 'x-other', id: 'a,b,to/c' },
    ],
  }),
  made('message/text', '{"text":"a lone \ud83d surrogate\udc00"}', { salt: 'x'.repeat(22) }),
  made('message/poll', 'no JSON at all', { written: 0 }),
  made('relation/edit', text('There I was'), { references: to(hello), written: 8.64e15 }),
  made('relation/reaction', '{"emoji":"👍"}', { by: bo, references: to(hello) }),
  made('act/settings', '{"name":"Lab 3"}', { by: hugo, conversation: room }),
];

/** An event in a state that its body may be in. */
function eventVector(event: SignedEvent, state: Body['state'] = 'whole'): Vector {
  const digest = digestOf(event.body, hash);
  const body: Body = state === 'whole' ? event.body : { state, digest };
  const { room: _, ...posted } = { ...event, body };
  const frame = encodeClientMessage({ type: 'post', id: idOf(event, hash), event: posted });
  const { event: sent }: { event: object } = JSON.parse(frame);
  return {
    about: 'event',
    room,
    event: sent,
    content: signedContent(event, hash),
    digest,
    id: idOf(event, hash),
  };
}

function epochs(): readonly KeptEpoch[] {
  const by = { hash, sign: hugo.sign };
  const places = [
    { conversation: talk, seq: 0, link: '' },
    { conversation: room, seq: 0, link: '' },
  ];
  const first = nextEpoch([], { room, writer: hugo.id, places }, by);
  const later = places.map((place, index) => ({ ...place, seq: 7 * index + 3, link: hash('x') }));
  return [first, nextEpoch([first], { room, writer: hugo.id, places: later }, by)];
}

/** An event with a place in a log. */
function entryOf(
  event: SignedEvent,
  seq: number,
  epoch: string,
  origin: Position | null = null,
): ReceivedEntry {
  const { room: _, conversation: __, ...rest } = event;
  const policy = seq > 4 ? hash('policy') : '';
  return { ...rest, seq, epoch, origin, policy, at: 1_795_251_670_000 + seq, name: 'Ann' };
}

/** A log through two epochs, with holes, an origin, bodies in each state, and two policy links. */
function logOf([first, second]: readonly KeptEpoch[]): readonly ReceivedEntry[] {
  const [one = '', two = ''] = [first?.id, second?.id];
  const said = EVENTS.filter(({ conversation }) => conversation === talk);
  return said.map((event, index) => {
    const digest = digestOf(event.body, hash);
    const body: Body =
      index === 1
        ? redacted(event.body, hash)
        : index === 4
          ? { state: 'withheld', digest }
          : event.body;
    const origin = index === 3 ? { epoch: hash('elsewhere'), seq: 12 } : null;
    const seq = index === 0 ? 1 : index * 2 + 1;
    return entryOf({ ...event, body }, seq, index < 3 ? one : two, origin);
  });
}

function logVectors(log: readonly ReceivedEntry[]): readonly Vector[] {
  const entries = chained(room, talk, BEGINNING, log, hash);
  const vectorFrom = (from: number): Vector => {
    const before = entries[from - 1];
    const after: ChainEnd = before
      ? { epoch: before.epoch, seq: before.seq, link: before.link }
      : BEGINNING;
    const rest = entries.slice(from);
    const frame = encodeHubMessage({
      type: 'page',
      id: 'r1',
      conversation: talk,
      after,
      entries: rest,
      more: false,
    });
    const links = rest.map(({ id, link }) => [id, link]);
    return { about: 'log', room, after, frame, links };
  };
  return [0, 1, 3, 5].map(vectorFrom);
}

function headVector(epoch: string): Vector {
  const place = { seq: 7, link: hash('link') };
  const signature = hugo.sign(headContent(talk, epoch, place));
  const head = { type: 'head', conversation: talk, epoch, ...place, signature };
  return { about: 'head', writer: hugo.id, head };
}

/** Numbers from 0 to `below`, always the same for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const PEOPLE = [hugo.id, ann.id, bo.id, 'cy'] as const;
const MODERATION = ['ban', 'lift', 'mute', 'unmute', 'appoint', 'dismiss', 'remove'] as const;

const appoint = (person: string) => ({ act: 'appoint', person, name: '' });

/** Acts of several people, each having seen some of those before it, and what follows from them. */
function policyVector(seed: number): Vector {
  const pick = chance(seed);
  const one = <T>(of: readonly T[]): T => {
    const [chosen] = of.slice(pick(of.length));
    if (chosen === undefined) throw new RangeError('there is nothing to choose from');
    return chosen;
  };
  const bodyOf = (kind: string): object => {
    switch (kind) {
      case 'act/moderation':
        return { act: one(MODERATION), person: one(PEOPLE), name: 'Cy' };
      case 'act/settings':
        return one([
          { locked: one([true, false]), slowSeconds: one([0, 10, 30]) },
          { idleMinutes: one([null, 5, 60]), remembersDays: one([null, 0, 7]) },
          { access: one(['open', 'invite']) },
          { name: one(['Lab', 'Lab 3']) },
        ]);
      case 'act/topic':
        return { conversation: 'talk', text: one(['ships', 'sails']) };
      default:
        return {};
    }
  };
  const acts: {
    readonly id: string;
    readonly person: string;
    readonly kind: string;
    readonly refs: readonly (readonly [string, string])[];
    readonly body?: string;
  }[] = [];
  const add = (person: string, kind: string, body: object | null, refs: [string, string][]) => {
    const id = hash(`act ${seed} ${acts.length}`);
    acts.push({ id, person, kind, refs, ...(body ? { body: JSON.stringify(body) } : {}) });
    return id;
  };
  const first = add(hugo.id, 'act/moderation', appoint(ann.id), []);
  add(hugo.id, 'act/moderation', appoint(bo.id), [['after', first]]);
  for (let count = 0; count < 12; count += 1) {
    const kind = one([
      ...Array<string>(6).fill('act/moderation'),
      ...Array<string>(4).fill('act/settings'),
      'act/topic',
      'act/passphrase',
      'act/invitation',
      'act/revocation',
      'act/grant',
    ]);
    const isSecret = kind === 'act/passphrase' || kind === 'act/invitation';
    const named = new Set(
      acts.flatMap(({ refs }) => refs.flatMap(([as, id]) => (as === 'after' ? [id] : []))),
    );
    const heads = acts.flatMap(({ id }) => (named.has(id) ? [] : [id]));
    const seen = pick(2) === 0 ? heads : [acts[1]?.id ?? '', one(acts).id, one(acts).id];
    const after = [...new Set(seen)].map((id): [string, string] => ['after', id]);
    const invitations = acts.flatMap(({ id, kind: other }) =>
      other === 'act/invitation' ? [id] : [],
    );
    const target: [string, string][] =
      kind === 'act/revocation' && invitations.length > 0 ? [['to', one(invitations)]] : [];
    add(one(PEOPLE.slice(0, 3)), kind, isSecret ? null : bodyOf(kind), [...target, ...after]);
  }
  const log = new PolicyLog(hugo.id);
  for (const { refs, body, ...act } of acts) {
    const references = refs.map(([as, id]) => ({ as, id }));
    log.add(
      actOf({
        ...act,
        references,
        body:
          body === undefined
            ? { state: 'withheld', digest: hash('') }
            : { state: 'whole', salt: '', text: body },
      }),
    );
  }
  const { policy } = log;
  const holds = {
    banned: PEOPLE.filter((person) => policy.banOf(person) !== undefined),
    muted: PEOPLE.filter((person) => policy.isMuted(person)),
    moderators: PEOPLE.filter((person) => policy.isModerator(person)),
    settings: policy.settings,
    topic: policy.topicOf('talk'),
    passphrase: policy.passphrase?.id ?? null,
    invitations: policy
      .invitations()
      .map(({ id }) => id)
      .toSorted(),
    heads: log.heads.toSorted(),
  };
  // In another order than they were made in.
  return { about: 'policy', founder: hugo.id, people: PEOPLE, acts: acts.toReversed(), holds };
}

export function makeVectors(): readonly Vector[] {
  const all = epochs();
  return [
    { about: 'room', founder: hugo.id, nonce, id: room, conversation: talk },
    ...EVENTS.map((event) => eventVector(event)),
    eventVector(hello, 'redacted'),
    eventVector(hello, 'withheld'),
    ...all.map(({ id, record }): Vector => ({ about: 'epoch', id, record })),
    ...logVectors(logOf(all)),
    headVector(all[1]?.id ?? ''),
    ...Array.from({ length: 100 }, (_, seed) => policyVector(seed + 1)),
  ];
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(`${JSON.stringify(makeVectors())}\n`);
}
