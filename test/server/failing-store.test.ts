/** A hub whose disk fails in the middle of what it does. */
import { expect, test } from 'vitest';
import type { LanyardError } from '../../main/errors.ts';
import { beginPassphrase } from '../../main/passphrase/passphrase-attempt.ts';
import { PASSPHRASE, storeWith } from '../support/closed-room.ts';
import { HOST, openRoom } from '../support/open-room.ts';
import { connect, join } from '../support/protocol-member.ts';

test('a passphrase that cannot be checked lets nobody in, tells the host, and disturbs nobody', async () => {
  const failure = new Error('disk I/O error');
  const problems: LanyardError[] = [];
  const store = storeWith({ access: 'passphrase' });
  const { port } = await openRoom({}, { store, onProblem: (problem) => problems.push(problem) });
  const host = await join(port, 'Host', { as: HOST });
  store.passphrase = () => {
    throw failure;
  };
  const guest = await connect(port);
  const { start } = await beginPassphrase(PASSPHRASE);
  guest.hello('Guest', { passphrase: start });
  expect((await guest.ended).reason).toBe('not-admitted');
  expect(problems).toMatchObject([{ code: 'unexpected-error', cause: failure }]);
  host.say('still here');
  await host.entry('still here');
  host.crash();
});
