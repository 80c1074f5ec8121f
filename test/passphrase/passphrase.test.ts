import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizePassphrase } from '../../main/passphrase/normalize-passphrase.ts';
import { beginPassphrase } from '../../main/passphrase/passphrase-attempt.ts';
import { answerPassphrase, registerPassphrase } from '../../main/passphrase/passphrase-record.ts';
import type { PassphraseAnswer } from '../../main/passphrase/passphrase-record.ts';
import type { Ends } from '../../main/passphrase/proof.ts';

const PASSPHRASE = 'correct horse';
const ENDS: Ends = { room: 'room-1', client: 'ann', hub: 'hugo' };

/** One computation for all tests: a record does not change when it is used. */
const RECORD = await registerPassphrase(PASSPHRASE);

function known<T>(value: T | null): T {
  if (value === null) throw new Error('refused');
  return value;
}

async function answerTo(start: string, record = RECORD): Promise<PassphraseAnswer> {
  return known(await answerPassphrase(record, start));
}

/** An attempt as far as the proof that the hub is to check. */
async function attempt(clientEnds = ENDS) {
  const client = await beginPassphrase(PASSPHRASE);
  const hub = await answerTo(client.start);
  return { client, hub, ...known(client.answer(hub.response, clientEnds)) };
}

test('K3: who knows the passphrase comes in, and knows that the hub does too', async () => {
  const { client, hub, finish, proof } = await attempt();
  const hubProof = known(hub.check(finish, proof, ENDS));
  expect(client.isHub(hubProof)).toBe(true);
  expect(hubProof).not.toBe(proof);
});

test('K3: a wrong passphrase is seen by the client, and what it says then by the hub', async () => {
  const client = await beginPassphrase('correct house');
  const hub = await answerTo(client.start);
  expect(client.answer(hub.response, ENDS)).toBe(null);
  const { finish, proof } = await attempt();
  expect(hub.check(finish, proof, ENDS)).toBe(null);
});

test('K3: a hub that does not know the passphrase is seen', async () => {
  const client = await beginPassphrase(PASSPHRASE);
  const impostor = await answerTo(client.start, await registerPassphrase('a guess'));
  expect(client.answer(impostor.response, ENDS)).toBe(null);
  expect(client.isHub('')).toBe(false);
});

test('K3: a passphrase of another keyboard is the same', async () => {
  const [typed, pasted] = ['がくせい会议室 AB', 'か\u3099くせい会议室　ＡＢ'].map((raw) => {
    const result = normalizePassphrase(raw);
    return result.ok ? result.passphrase : '';
  });
  const client = await beginPassphrase(pasted ?? '');
  const hub = await answerTo(client.start, await registerPassphrase(typed ?? ''));
  expect(client.answer(hub.response, ENDS)).not.toBe(null);
});

test('K3: the record does not have the passphrase, and is another one each time', async () => {
  const again = await registerPassphrase(PASSPHRASE);
  for (const kept of Object.values(RECORD)) {
    expect(kept).not.toContain(PASSPHRASE);
    expect(Buffer.from(kept, 'base64url').includes(PASSPHRASE)).toBe(false);
    expect(Object.values(again)).not.toContain(kept);
  }
});

describe('K3: an impostor with a key of its own that relays everything', () => {
  const toVictim: Ends = { ...ENDS, hub: 'impostor' };
  const toHub: Ends = { ...ENDS, client: 'impostor' };

  test('does not come in with the proof of its victim', async () => {
    const { hub, finish, proof } = await attempt(toVictim);
    expect(hub.check(finish, proof, toHub)).toBe(null);
  });

  test('does not come in as its victim', async () => {
    const { hub, finish, proof } = await attempt(toVictim);
    expect(hub.check(finish, proof, ENDS)).toBe(null);
  });

  test('cannot pose as the hub with what it was given', async () => {
    const { client, finish, proof } = await attempt(toVictim);
    for (const given of [proof, finish]) expect(client.isHub(given)).toBe(false);
  });

  test('cannot pose as the hub with the proof the hub makes for it', async () => {
    // More than it can get: its victim's proof for the ends that the hub sees.
    const { client, hub, finish } = await attempt(toVictim);
    const { proof } = known(client.answer(hub.response, toHub));
    const hubProof = known(hub.check(finish, proof, toHub));
    known(client.answer(hub.response, toVictim));
    expect(client.isHub(hubProof)).toBe(false);
  });
});

test.for([
  ['of another room', { ...ENDS, room: 'room-2' }],
  ['of another member', { ...ENDS, client: 'bob' }],
  ['for another hub', { ...ENDS, hub: 'bob' }],
  ['with its ends swapped', { ...ENDS, client: ENDS.hub, hub: ENDS.client }],
] as const)('K3: a proof %s is none', async ([, ends]) => {
  const { client, hub, finish, proof } = await attempt();
  expect(hub.check(finish, proof, ends)).toBe(null);
  const hubProof = known(hub.check(finish, proof, ENDS));
  known(client.answer(hub.response, ends));
  expect(client.isHub(hubProof)).toBe(false);
});

test('K3: what was recorded of one attempt is worth nothing in another', async () => {
  const recorded = await attempt();
  const hubProof = known(recorded.hub.check(recorded.finish, recorded.proof, ENDS));
  const replayed = await answerTo(recorded.client.start);
  expect(replayed.response).not.toBe(recorded.hub.response);
  expect(replayed.check(recorded.finish, recorded.proof, ENDS)).toBe(null);
  const later = await attempt();
  expect(later.client.isHub(hubProof)).toBe(false);
  const misled = await beginPassphrase(PASSPHRASE);
  expect(misled.answer(recorded.hub.response, ENDS)).toBe(null);
});

describe('K3: garbage is a no', () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.base64String({ maxLength: 600 }),
    fc.constantFrom('', '=', 'A'.repeat(86), 'A'.repeat(128), 'A'.repeat(427), 'A'.repeat(60_000)),
    fc
      .uint8Array({ minLength: 320, maxLength: 320 })
      .map((bytes) => Buffer.from(bytes).toString('base64url')),
  );

  test('in a start, and in a record', async () => {
    const { client, finish, proof } = await attempt();
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        const answers = await Promise.all([
          answerPassphrase(RECORD, text),
          answerPassphrase({ ...RECORD, setup: text }, client.start),
          answerPassphrase({ ...RECORD, record: text }, client.start),
        ]);
        // Random bytes may look like a point of the curve; nobody comes in by them.
        for (const hub of answers) expect(hub?.check(finish, proof, ENDS) ?? null).toBe(null);
      }),
    );
    expect(await answerPassphrase(RECORD, 'garbage')).toBe(null);
  });

  test('in a response', async () => {
    const client = await beginPassphrase(PASSPHRASE);
    fc.assert(
      fc.property(garbage, (text) => {
        expect(client.answer(text, ENDS)).toBe(null);
      }),
      { numRuns: 50 },
    );
  });

  test('in a finish and in either proof; the true ones still hold after it', async () => {
    const { client, hub, finish, proof } = await attempt();
    fc.assert(
      fc.property(garbage, (text) => {
        expect(hub.check(text, proof, ENDS)).toBe(null);
        expect(hub.check(finish, text, ENDS)).toBe(null);
        expect(client.isHub(text)).toBe(false);
      }),
    );
    expect(client.isHub(known(hub.check(finish, proof, ENDS)))).toBe(true);
  });

  test('in one bit of a response', async () => {
    const client = await beginPassphrase(PASSPHRASE);
    const { response } = await answerTo(client.start);
    const bytes = Buffer.from(response, 'base64url');
    const bit = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
    fc.assert(
      fc.property(bit, (at) => {
        const altered = Uint8Array.from(bytes, (byte, index) =>
          index === at >> 3 ? byte ^ (1 << (at & 7)) : byte,
        );
        expect(client.answer(Buffer.from(altered).toString('base64url'), ENDS)).toBe(null);
      }),
      { numRuns: 12 },
    );
  });
});
