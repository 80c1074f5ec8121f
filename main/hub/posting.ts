/** Who may post what: an event is judged once, by the hub that numbers it (S1-S6, M1-M5). */
import { edit } from '../events/edit.ts';
import { classOf, idOf, referred, signedContent } from '../events/event.ts';
import type { Hash, Verify } from '../events/event.ts';
import { isSound } from '../events/kinds.ts';
import { authorOf, imported } from '../events/imported.ts';
import { jsonIn } from '../events/kind.ts';
import { message } from '../events/message.ts';
import { pin } from '../events/pin.ts';
import { reaction } from '../events/reaction.ts';
import { redaction } from '../events/redaction.ts';
import type { RefusalCode } from '../model/error-codes.ts';
import type { MemberId } from '../model/member.ts';
import { looksAfter, outranks } from '../model/roles.ts';
import { actOf } from '../policy/act.ts';
import { normalizeText } from '../protocol/text.ts';
import type { Entry } from '../timeline/entry.ts';
import type { PostedEvent } from '../wire/messages.ts';
import type { Membership } from './membership.ts';

export interface PostingContext {
  readonly room: string;
  readonly firstConversation: string;
  readonly membership: Membership;
  readonly hash: Hash;
  readonly verify: Verify;
  /** An item of the first conversation; without its body when a redaction of it is on its way. */
  readonly find: (id: string) => Entry | undefined;
  /** True for a person who was ever in the room. */
  readonly isKnown: (id: MemberId) => boolean;
}

/** Why an event cannot be what it says, whoever may post it; null when it can. */
export function formProblem(
  author: MemberId,
  id: string,
  event: PostedEvent,
  { room, firstConversation, hash }: PostingContext,
): RefusalCode | null {
  const { kind, conversation, body, person, device } = event;
  if (person !== author || device !== author) return 'not-allowed';
  const isAct = classOf(kind) === 'act';
  if (conversation !== (isAct ? room : firstConversation)) return 'no-such-conversation';
  if (id !== idOf({ ...event, room }, hash)) return 'bad-message';
  if (isSound(kind, body)) return null;
  return kind === message.name || kind === edit.name ? textProblem(jsonIn(body)) : 'bad-message';
}

/** What is wrong with a text that is not sound (S3). */
function textProblem(body: unknown): RefusalCode {
  const isText = typeof body === 'object' && body !== null && 'text' in body;
  if (!isText || typeof body.text !== 'string') return 'bad-message';
  const normalized = normalizeText(body.text);
  return normalized.ok ? 'text-not-normal' : normalized.problem;
}

/** Why an event is not entered now, null when it is; one that can be what it says. */
export function judge(event: PostedEvent, context: PostingContext): RefusalCode | null {
  const { membership } = context;
  switch (classOf(event.kind)) {
    case 'message':
      if (membership.policy.isMuted(event.person)) return 'muted';
      // What was said in another protocol is brought over before there are members (E8).
      return event.kind === imported.name ? 'not-allowed' : null;
    case 'relation':
      return judgeRelation(event, context);
    case 'act':
      return isSigned(event, context) ? judgeAct(event, context) : 'bad-message';
  }
}

/** What the hub itself acts on has to be its author's; of all else readers see to that (E1). */
function isSigned(event: PostedEvent, { room, hash, verify }: PostingContext): boolean {
  return verify(event.device, signedContent({ ...event, room }, hash), event.signature);
}

function judgeRelation(event: PostedEvent, context: PostingContext): RefusalCode | null {
  const { membership, find } = context;
  const { kind, person } = event;
  const role = membership.roleOf(person);
  const target = find(referred(event, 'to') ?? '');
  if (kind === redaction.name) {
    const isTarget = classOf(target?.kind ?? '') === 'message' || target?.kind === reaction.name;
    if (!target || !isTarget || target.body.state === 'redacted') return 'no-such-entry';
    const author = authorOf(target);
    const may = author === person || outranks(role, membership.roleOf(author));
    if (!may) return 'not-allowed';
    return isSigned(event, context) ? null : 'bad-message';
  }
  if (membership.policy.isMuted(person)) return 'muted';
  if (kind !== edit.name && kind !== reaction.name && kind !== pin.name) return null;
  const isMessage = target?.body.state === 'whole' && classOf(target.kind) === 'message';
  if (!isMessage) return 'no-such-entry';
  if (kind === edit.name) {
    const isOwn = target.person === person && target.kind !== imported.name;
    return isOwn ? null : 'not-allowed';
  }
  return kind === pin.name && !looksAfter(role) ? 'not-allowed' : null;
}

function judgeAct(event: PostedEvent, { membership, isKnown }: PostingContext): RefusalCode | null {
  const act = actOf({ ...event, id: '' });
  const { deed } = act;
  if (act.after.some((id) => !membership.actWith(id))) return 'no-such-entry';
  const { policy } = membership;
  if (!looksAfter(membership.roleOf(event.person))) return 'not-allowed';
  if (!membership.allows(act)) {
    const isHosts = event.person !== policy.founder && policy.undoesFounders(act);
    return isHosts ? 'set-by-host' : 'not-allowed';
  }
  if (deed.do === 'revoke' && !policy.hasInvitation(deed.invitation)) return 'no-such-entry';
  if (deed.do !== 'moderate') return null;
  const isBanned = policy.banOf(deed.person) !== undefined;
  if (deed.act === 'lift') return isBanned ? null : 'no-such-member';
  return isBanned || isKnown(deed.person) ? null : 'no-such-member';
}
