/** A hub whose disk fails in the middle of what it does. */
import { expect, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { beginPassphrase } from '../../main/passphrase/passphrase-attempt.ts';
import { PASSPHRASE } from '../support/closed-room.ts';
import { foundedStore, HOST, openRoom } from '../support/open-room.ts';
import { connect, join } from '../support/protocol-member.ts';
import { postBy } from '../support/posts.ts';

test('K3: a passphrase that cannot be checked lets nobody in and disturbs nobody', async () => {
  const store = foundedStore(['act/passphrase', { setup: 'damaged', record: 'damaged' }]);
  const problems: LanyardError[] = [];
  const { port } = await openRoom({}, { store, onProblem: (problem) => problems.push(problem) });
  const host = await join(port, 'Host', { as: HOST });
  const guest = await connect(port);
  const { start } = await beginPassphrase(PASSPHRASE);
  guest.hello('Guest', { passphrase: start });
  expect((await guest.ended).reason).toBe('not-admitted');
  host.say('still here');
  await host.entry('still here');
  host.crash();
});

test('S7: what cannot be kept is refused, told to the host and heard by nobody', async () => {
  const store = foundedStore(['act/settings', { name: 'Lab 3' }]);
  const problems: string[] = [];
  const onProblem = ({ code }: LanyardError) => problems.push(code);
  const { port } = await openRoom({}, { store, onProblem });
  const ann = await join(port, 'Ann');
  const bo = await join(port, 'Bo');
  const commit = store.commit.bind(store);
  store.commit = (changes) => {
    if (changes.entries.length > 0) throw new LanyardError({ code: 'storage-full' });
    commit(changes);
  };
  const post = postBy(ann.identity, 'message/text', { text: 'kept at last' });
  ann.send(post);
  await ann.refused('not-kept', post.id);
  expect(problems).toEqual(['storage-full']);
  store.commit = commit;
  // The very same, signed once.
  ann.send(post);
  await bo.entry('kept at last');
  expect(bo.entries.filter(({ id }) => id === post.id)).toHaveLength(1);
  expect(bo.texts).toEqual(['kept at last']);
});
