import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIdentity } from '../../main/identity/device-identity.ts';
import { openIdentity } from '../../main/identity/identity-file.ts';
import { formatIdentity, parseIdentity } from '../../main/identity/kept-identity.ts';
import { verifySignature } from '../../main/identity/signatures.ts';
import { testFolder } from '../storage/folder.ts';
import { deadKeyWrap, workingKeyWrap } from './key-wraps.ts';
import { startIdentityProcess } from './start-identity-process.ts';

const isRoot = process.getuid?.() === 0;

describe('the file', () => {
  test('the first start makes an identity, the next ones have the same', async () => {
    const folder = join(testFolder(), 'deep', 'inside');
    const first = await openIdentity(folder, null);
    const second = await openIdentity(folder, null);
    expect([first.problems, second.problems]).toEqual([[], []]);
    const { id, certificate, privateKey } = first.identity;
    expect(second.identity).toMatchObject({ id, certificate });
    expect(second.identity.privateKey).toBe(privateKey);
    expect(verifySignature(id, 'hello', second.identity.sign('hello'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['identity.json']);
    expect(modeOf(folder)).toBe(0o600);
  });

  test.each([0o644, 0o640, 0o606, 0o666])('a file of mode %o is closed to others', async (mode) => {
    const folder = testFolder();
    const { identity } = await openIdentity(folder, null);
    chmodSync(fileIn(folder), mode);
    const next = await openIdentity(folder, null);
    expect(next).toMatchObject({ identity: { id: identity.id }, problems: [] });
    expect(modeOf(folder)).toBe(0o600);
  });

  test.skipIf(!isRoot)('one that cannot be closed to others is used, and told of', async () => {
    const folder = testFolder();
    const { identity } = await openIdentity(folder, null);
    chmodSync(folder, 0o755);
    chmodSync(fileIn(folder), 0o644);
    const nobody = '65534';
    const open = await startIdentityProcess(folder, nobody);
    expect(await open()).toEqual({ id: identity.id, problems: ['identity-exposed'] });
  });

  test('a damaged file is kept aside and told of, and the next start complains no more', async () => {
    const folder = testFolder();
    const { identity } = await openIdentity(folder, null);
    const half = readFileSync(fileIn(folder), 'utf8').slice(0, 400);
    writeFileSync(fileIn(folder), half);
    const opened = await openIdentity(folder, null);
    expect(opened.identity.id).not.toBe(identity.id);
    expect(opened.problems).toMatchObject([{ code: 'identity-new' }]);
    const [aside = ''] = asideIn(folder);
    expect(opened.problems[0]?.message).toContain(join(folder, aside));
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(half);
    const next = await openIdentity(folder, null);
    expect(next).toMatchObject({ identity: { id: opened.identity.id }, problems: [] });
  });

  test.each(['utf8', 'utf16le'] as const)(
    'what an editor on Windows made of it, in %s, is the same identity',
    async (encoding) => {
      const folder = testFolder();
      const { identity } = await openIdentity(folder, null);
      const text = readFileSync(fileIn(folder), 'utf8').replaceAll('\n', '\r\n');
      writeFileSync(fileIn(folder), `\ufeff${text}`, encoding);
      const opened = await openIdentity(folder, null);
      expect(opened).toMatchObject({ identity: { id: identity.id }, problems: [] });
    },
  );

  test('what is no text is kept aside, byte by byte', async () => {
    const folder = testFolder();
    const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x80]);
    writeFileSync(fileIn(folder), bytes);
    const { problems } = await openIdentity(folder, null);
    expect(problems).toMatchObject([{ code: 'identity-new' }]);
    const [aside = ''] = asideIn(folder);
    expect(readFileSync(join(folder, aside))).toEqual(bytes);
  });

  test('the key of another certificate is damage', async () => {
    const folder = testFolder();
    const [one, other] = await Promise.all([createIdentity(), createIdentity()]);
    const { certificate } = one;
    const { privateKey } = other;
    writeFileSync(fileIn(folder), JSON.stringify({ certificate, privateKey }));
    const { identity, problems } = await openIdentity(folder, null);
    expect(problems).toMatchObject([{ code: 'identity-new' }]);
    expect([one.id, other.id]).not.toContain(identity.id);
  });

  test('no damaged file takes the place of another', async () => {
    const folder = testFolder();
    const texts = ['first', 'second', 'third'];
    for (const text of texts) {
      writeFileSync(fileIn(folder), text);
      await openIdentity(folder, null);
    }
    const kept = asideIn(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(kept.toSorted()).toEqual(texts);
  });

  test('a folder that cannot be is told of; the identity lasts until the end', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'file'), '');
    const { identity, problems } = await openIdentity(join(folder, 'file', 'data'), null);
    expect(problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
    expect(verifySignature(identity.id, 'hello', identity.sign('hello'))).toBe(true);
  });

  test('so is a folder in the place of the file, which stays as it is', async () => {
    const folder = testFolder();
    mkdirSync(fileIn(folder), { mode: 0o755 });
    const { problems } = await openIdentity(folder, null);
    expect(problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
    expect(modeOf(folder)).toBe(0o755);
  });

  test('and a link to nowhere', async () => {
    const folder = testFolder();
    symlinkSync(join(folder, 'nowhere'), fileIn(folder));
    const { problems } = await openIdentity(folder, null);
    expect(problems).toMatchObject([{ code: 'data-dir-unwritable' }]);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('whatever is in the file, it is an identity or damaged', async () => {
    const { certificate, privateKey } = await createIdentity();
    const nearly = fc
      .record(
        {
          certificate: fc.oneof(fc.constant(certificate), fc.jsonValue()),
          privateKey: fc.oneof(fc.constant(privateKey), fc.jsonValue()),
          wrappedKey: fc.oneof(fc.base64String(), fc.jsonValue()),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value));
    const keyWraps = fc.constantFrom(null, workingKeyWrap(), deadKeyWrap, {
      ...deadKeyWrap,
      unwrap: () => privateKey,
    });
    const states = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), nearly), keyWraps, (text, keyWrap) => {
        states.add(parseIdentity(text, keyWrap).state);
      }),
      { numRuns: 1000 },
    );
    expect([...states].toSorted()).toEqual(['damaged', 'locked', 'plain', 'wrapped']);
  });
});

describe('with a key store', () => {
  test('the private key is not in the file, and comes out of it again', async () => {
    const folder = testFolder();
    const keyWrap = workingKeyWrap();
    const { identity, problems } = await openIdentity(folder, keyWrap);
    expect(problems).toEqual([]);
    expect(textIn(folder)).not.toContain('PRIVATE KEY');
    const next = await openIdentity(folder, keyWrap);
    expect(next.problems).toEqual([]);
    expect(next.identity.privateKey).toBe(identity.privateKey);
  });

  test('a plain file is wrapped at the next start, and nothing plain is left', async () => {
    const folder = testFolder();
    const { identity } = await openIdentity(folder, null);
    expect(textIn(folder)).toContain('PRIVATE KEY');
    const keyWrap = workingKeyWrap();
    for (let start = 1; start <= 2; start += 1) {
      const next = await openIdentity(folder, keyWrap);
      expect(next).toMatchObject({ identity: { id: identity.id }, problems: [] });
      expect(textIn(folder)).not.toContain('PRIVATE KEY');
      expect(readdirSync(folder)).toEqual(['identity.json']);
      expect(modeOf(folder)).toBe(0o600);
    }
  });

  test('without it a wrapped file is left alone', async () => {
    const folder = testFolder();
    const keyWrap = workingKeyWrap();
    const { identity } = await openIdentity(folder, keyWrap);
    const text = textIn(folder);
    await expect(openIdentity(folder, null)).rejects.toMatchObject({
      code: 'identity-locked',
      message: expect.stringContaining('--data-dir'),
    });
    expect(readdirSync(folder)).toEqual(['identity.json']);
    expect(textIn(folder)).toBe(text);
    expect((await openIdentity(folder, keyWrap)).identity.id).toBe(identity.id);
  });

  test('a file that another computer wrapped is kept aside', async () => {
    const folder = testFolder();
    const { identity } = await openIdentity(folder, workingKeyWrap());
    const text = textIn(folder);
    const keyWrap = workingKeyWrap();
    const moved = await openIdentity(folder, keyWrap);
    expect(moved.identity.id).not.toBe(identity.id);
    expect(moved.problems).toMatchObject([{ code: 'identity-new' }]);
    expect(asideIn(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([text]);
    expect((await openIdentity(folder, keyWrap)).identity.id).toBe(moved.identity.id);
  });

  test('one that does not answer leaves the file plain, and that is told each time', async () => {
    const folder = testFolder();
    const first = await openIdentity(folder, deadKeyWrap);
    expect(first.problems).toMatchObject([{ code: 'identity-unwrapped' }]);
    const second = await openIdentity(folder, deadKeyWrap);
    expect(second).toMatchObject({
      identity: { id: first.identity.id },
      problems: [{ code: 'identity-unwrapped' }],
    });
    const third = await openIdentity(folder, workingKeyWrap());
    expect(third).toMatchObject({ identity: { id: first.identity.id }, problems: [] });
    expect(textIn(folder)).not.toContain('PRIVATE KEY');
  });
});

describe('several starts at once', () => {
  test('two processes that both find nothing have one identity', async () => {
    const folder = testFolder();
    const starts = await Promise.all([startIdentityProcess(folder), startIdentityProcess(folder)]);
    const [one, other] = await Promise.all(starts.map((open) => open()));
    expect(one?.problems).toEqual([]);
    expect(other).toEqual(one);
    expect((await openIdentity(folder, null)).identity.id).toBe(one?.id);
    expect(readdirSync(folder)).toEqual(['identity.json']);
  });

  test.each(['nothing', 'a damaged file'])('many that find %s have one identity', async (found) => {
    const folder = testFolder();
    if (found !== 'nothing') writeFileSync(fileIn(folder), 'damaged');
    const opened = await Promise.all(Array.from({ length: 12 }, () => openIdentity(folder, null)));
    expect(new Set(opened.map(({ identity }) => identity.id)).size).toBe(1);
    const problems = opened.flatMap((each) => each.problems);
    const aside = asideIn(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(aside).toEqual(found === 'nothing' ? [] : ['damaged']);
    expect(problems.map(({ code }) => code)).toEqual(aside.map(() => 'identity-new'));
    expect(readdirSync(folder)).toHaveLength(1 + aside.length);
  });

  test('many that wrap a plain file keep its identity', async () => {
    const folder = testFolder();
    const identity = await createIdentity();
    writeFileSync(fileIn(folder), formatIdentity(identity, null));
    const keyWrap = workingKeyWrap();
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openIdentity(folder, keyWrap)),
    );
    for (const { identity: each } of [...opened, await openIdentity(folder, keyWrap)]) {
      expect(each.id).toBe(identity.id);
    }
    expect(textIn(folder)).not.toContain('PRIVATE KEY');
  });
});

function fileIn(folder: string): string {
  return join(folder, 'identity.json');
}

function textIn(folder: string): string {
  return readFileSync(fileIn(folder), 'utf8');
}

function modeOf(folder: string): number {
  return statSync(fileIn(folder)).mode & 0o777;
}

function asideIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('identity.json.damaged'));
}
