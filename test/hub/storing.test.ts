import { expect, test } from 'vitest';
import { Hub } from '../../main/hub/hub.ts';
import { PROTOCOL_VERSION } from '../../main/protocol/limits.ts';
import type { ClientMessage } from '../../main/protocol/messages.ts';
import { MemoryEntries } from '../../main/storage/memory-entries.ts';

test('S7: who came back while its message was being stored learns that it could not be kept', () => {
  const room = { id: 'r', name: 'Lab', locked: false, idleMinutes: null, remembersDays: null };
  const hub = new Hub({ room, log: new MemoryEntries('e'), capacity: 10 });
  let ids = 0;
  const receive = (connection: number, message: ClientMessage) => {
    ids += 1;
    const identity = { member: `m${ids}`, token: `t${ids}` };
    return hub.handle({ type: 'message', now: ids, connection, message, identity });
  };
  const hello = { type: 'hello', version: PROTOCOL_VERSION, name: 'Ann' } as const;
  const say = { type: 'say', id: 'line', text: 'Hello' } as const;
  receive(1, hello);
  receive(1, say);
  receive(1, { type: 'leave' });
  receive(2, { ...hello, resume: { token: 't1', epoch: 'e', seq: 0 } });
  expect(receive(2, say)).toEqual([]);
  const message = expect.objectContaining({ type: 'refused', id: 'line', code: 'not-kept' });
  expect(hub.handle({ type: 'not-stored' })).toEqual([{ type: 'send', to: 2, message }]);
});
