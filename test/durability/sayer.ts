/**
 * Somebody who talks and talks: `sayer.ts ADDRESS`. Says one message after the other, says what was
 * not confirmed again as soon as the room is back, and prints every entry that confirms one as a
 * line of JSON. The end of the input lets it stop once everything is confirmed.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { message } from '../../main/events/message.ts';
import { SUBPROTOCOL } from '../../main/protocol/limits.ts';
import { postedOf } from '../../main/replica/outbox.ts';
import type { OutboxItem } from '../../main/replica/outbox.ts';
import { freshIdentity } from '../support/identities.ts';
import { memberTls } from '../support/member-tls.ts';
import { ProtocolMember } from '../support/protocol-member.ts';

/** Messages on their way at once. */
const WINDOW = 8;

/** What a member may send in one go (B6), with something to spare. */
const PER_CONNECTION = 150;

/** Between two messages, in ms. */
const PAUSE_MS = 2;

/** Between two attempts to come in, in ms: more often, and it would take the host's processor. */
const RETRY_MS = 20;

const [, , address = ''] = process.argv;
const identity = freshIdentity();
/** Said and not confirmed, in the order it was said. */
const unconfirmed: { readonly text: string; readonly item: OutboxItem }[] = [];
let said = 0;
process.stdin.resume();
const isStopping = () => process.stdin.readableEnded;

while (!isStopping() || unconfirmed.length > 0) {
  try {
    await talk();
  } catch {
    // The room is gone, for now.
    await delay(RETRY_MS);
  }
}
process.exit();

/** Talks until the connection ends, or until everything is said. */
async function talk(): Promise<void> {
  const socket = new WebSocket(`wss://${address}`, SUBPROTOCOL, memberTls(identity));
  const member = new ProtocolMember(socket, identity);
  await once(socket, 'open');
  member.hello('Sayer');
  await member.welcome();
  for (const { item } of unconfirmed) post(member, item);
  for (let sent = unconfirmed.length; sent < PER_CONNECTION || unconfirmed.length > 0;) {
    if (!isStopping() && unconfirmed.length < WINDOW && sent < PER_CONNECTION) {
      said += 1;
      sent += 1;
      const text = `message ${said}`;
      const item = member.make(message.name, { text });
      unconfirmed.push({ text, item });
      post(member, item);
      await delay(PAUSE_MS);
    } else if (unconfirmed.length > 0) {
      const entry = await member.entry(unconfirmed[0]?.text ?? '');
      process.stdout.write(`${JSON.stringify(entry)}\n`);
      unconfirmed.shift();
    } else {
      break;
    }
  }
  member.crash();
}

/** S5: the same event again is entered once. */
function post(member: ProtocolMember, { id, event }: OutboxItem): void {
  member.send({ type: 'post', id, event: postedOf(event) });
}
