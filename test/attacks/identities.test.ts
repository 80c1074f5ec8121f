/** I1, I2, I4, H6, N4: posing as somebody else. */
import { describe, expect, test } from 'vitest';
import { helloProof } from '../../main/transport/hello-proof.ts';
import { freshIdentity, identityOf } from '../support/identities.ts';
import { openRoom } from '../support/open-room.ts';
import { connect, connectPlain, copiesOf, join, joinPlain } from '../support/protocol-member.ts';
import { helloOf, textFrame, upgradeRequest } from '../support/raw-client.ts';
import { tlsConnect } from '../support/tls-client.ts';

const ANN = identityOf('Ann');

describe('N4: a stolen name', () => {
  test('of somebody here becomes another one, and so does one that looks like it', async () => {
    const { port } = await openRoom();
    const ann = await join(port, 'Ann');
    const names = [];
    for (const name of ['Ann', 'ANN', 'А\u043fn', 'Аnn', 'A n n', 'Ａnn', 'Ann\u200d', 'Αnn']) {
      const mallory = await join(port, name, { as: freshIdentity() });
      const { roster, you } = await mallory.welcome();
      names.push(roster.find(({ id }) => id === you)?.name ?? '');
    }
    // Cyrillic п is no n: that one is another name.
    expect(names.filter((name) => !/ \d+$/.test(name))).toEqual(['А\u043fn']);
    expect(new Set(names).size).toBe(names.length);
    ann.crash();
  });

  test('of somebody away stays theirs, and of somebody banned nobody’s', async () => {
    const { port } = await openRoom();
    const host = await join(port, 'the host');
    const ann = await join(port, 'Ann');
    const bo = await join(port, 'Bo');
    ann.crash();
    await host.change('left', 'Ann');
    host.act('ban', bo.id);
    await host.actEntry('ban', bo.id);
    const away = await join(port, 'аnn', { as: freshIdentity() });
    const banned = await join(port, 'B0', { as: freshIdentity() });
    expect((await away.welcome()).roster.at(-1)?.name).toBe('аnn 2');
    expect((await banned.welcome()).roster.at(-1)?.name).toBe('B0 2');
    const back = await join(port, 'Ann');
    expect((await back.welcome()).roster.at(-1)?.name).toBe('Ann');
  });

  test('is refused to who renames, of the host and of members, here and away', async () => {
    const { port } = await openRoom();
    const host = await join(port, 'the host');
    const ann = await join(port, 'Ann');
    const mallory = await join(port, 'Mallory');
    ann.crash();
    await host.change('left', 'Ann');
    for (const [index, name] of ['Ann', 'аnn', 'THE HOST', 'thе hоst', 'the  h0st'].entries()) {
      mallory.send({ type: 'rename', id: `r${index}`, name });
      await mallory.refused('name-taken', `r${index}`);
    }
  });
});

const hello = (name: string) =>
  Buffer.concat([Buffer.from(upgradeRequest()), textFrame(helloOf(name))]);

describe('I2: with TLS the key of the connection is who one is', () => {
  test('whatever the hello says', async () => {
    const { port } = await openRoom();
    const ann = await join(port, 'Ann');
    const mallory = await connect(port);
    mallory.hello('Ann', helloProof(ANN, 'a nonce of another room'));
    const { you, roster } = await mallory.welcome();
    expect(you).toBe(mallory.id);
    expect(roster.map(({ name }) => name)).toEqual(['Ann', 'Ann 2']);
    ann.say('still me');
    expect((await mallory.entry('still me')).person).toBe(ANN.id);
  });

  test('H6: nobody takes over a connection with another key, and a second hello changes nothing', async () => {
    const { port } = await openRoom();
    const ann = await join(port, 'Ann');
    const resume = copiesOf(await ann.welcome());
    const mallory = await connect(port);
    mallory.hello('Ann', { resume });
    expect((await mallory.welcome()).you).toBe(mallory.id);
    mallory.hello('Ann', helloProof(ANN, 'x'));
    expect((await mallory.refusal()).code).toBe('hello-twice');
    mallory.say('who am I?');
    expect((await ann.entry('who am I?')).person).toBe(mallory.id);
    ann.say('here');
    expect((await mallory.entry('here')).person).toBe(ANN.id);
  });

  test('a TLS session of somebody else, presented by another key, is that key’s', async () => {
    const { port } = await openRoom();
    const witness = await join(port, 'Witness');
    const first = await tlsConnect(port, hello('Ann'), ANN);
    await witness.change('joined', 'Ann');
    const session = first.getSession();
    first.destroy();
    await witness.change('left', 'Ann');
    await tlsConnect(port, hello('Not Ann'), identityOf('Mallory'), { session });
    const { member } = await witness.change('joined', 'Not Ann');
    expect(member.id).toBe(identityOf('Mallory').id);
  });
});

async function plainRoom() {
  const { port } = await openRoom({}, { transport: 'plain' });
  const ann = await joinPlain(port, 'Ann');
  const mallory = await connectPlain(port);
  const nonce = await mallory.waitFor((it) => (it.type === 'challenge' ? it.nonce : undefined));
  return { port, ann, mallory, nonce };
}

describe('I4: without TLS a hello proves its key, for this connection alone', () => {
  const refused = { code: 'key-not-proven', ending: 'not-admitted' };

  test('a hello without a proof', async () => {
    const { mallory } = await plainRoom();
    mallory.hello('Ann');
    expect(await mallory.turnedAway()).toEqual(refused);
  });

  test('somebody else’s key', async () => {
    const { mallory, nonce } = await plainRoom();
    mallory.hello('Ann', { ...helloProof(mallory.identity, nonce), key: ANN.id });
    expect(await mallory.turnedAway()).toEqual(refused);
  });

  test('somebody else’s hello, recorded on its own connection', async () => {
    const { ann, mallory } = await plainRoom();
    const old = await ann.waitFor((it) => (it.type === 'challenge' ? it.nonce : undefined));
    mallory.hello('Ann', helloProof(ANN, old));
    expect(await mallory.turnedAway()).toEqual(refused);
    ann.say('undisturbed');
    await ann.entry('undisturbed');
  });

  test.for(['', 'x', 'A'.repeat(44), 'A'.repeat(64)])('a key that is none: %j', async (key) => {
    const { mallory, nonce } = await plainRoom();
    mallory.hello('Ann', { ...helloProof(mallory.identity, nonce), key });
    expect((await mallory.turnedAway()).code).toMatch(/^(key-not-proven|bad-message)$/);
  });

  test('H6: another key with a proof of its own, on a connection that has said hello', async () => {
    const { port, ann } = await plainRoom();
    const two = await connectPlain(port);
    const nonce = await two.waitFor((it) => (it.type === 'challenge' ? it.nonce : undefined));
    two.hello('Two', helloProof(two.identity, nonce));
    await two.welcome();
    two.hello('Ann', helloProof(ANN, nonce));
    expect((await two.refusal()).code).toBe('hello-twice');
    two.say('mine');
    expect((await ann.entry('mine')).person).toBe(two.id);
  });

  test('what was said signed for a nonce cannot be used as a message, nor the other way', async () => {
    const { mallory, nonce } = await plainRoom();
    const signature = mallory.identity.sign(nonce);
    mallory.hello('Ann', { key: mallory.id, proof: signature });
    expect(await mallory.turnedAway()).toEqual(refused);
  });
});
