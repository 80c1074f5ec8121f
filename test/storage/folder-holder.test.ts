import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../main/storage/database.ts';
import { readHolder, tellHolder, withdrawHolder } from '../../main/storage/folder-holder.ts';
import { testFolder } from './folder.ts';

const TOKEN = 'x'.repeat(32);
const PAGE = `http://127.0.0.1:40000/${TOKEN}/`;

test('who has a folder tells it for their owner alone, and takes it back', () => {
  const folder = testFolder();
  expect(readHolder(folder)).toBeNull();
  tellHolder(folder, { shell: 'browser', page: null });
  tellHolder(folder, { shell: 'browser', page: PAGE });
  expect(readHolder(folder)).toEqual({ shell: 'browser', page: PAGE });
  const [file = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  if (process.platform !== 'win32') {
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  }
  withdrawHolder(folder);
  withdrawHolder(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder in which it cannot be told is no obstacle', () => {
  const folder = join(testFolder(), 'not there');
  tellHolder(folder, { shell: 'host', page: null });
  withdrawHolder(folder);
  expect(existsSync(folder)).toBe(false);
});

describe('what another than Lanyard wrote leads nowhere', () => {
  test.each([
    '',
    '{"shell":"browser"',
    '{"shell":"toaster","page":null}',
    ...[
      `http://192.0.2.1:40000/${TOKEN}/`,
      `http://localhost:40000/${TOKEN}/`,
      `http://127.0.0.1:40000@evil.example:80/${TOKEN}/`,
      `http://127.0.0.1:40000/${TOKEN}/../../`,
      `http://127.0.0.1:40000/${TOKEN}/\n`,
      `https://127.0.0.1:40000/${TOKEN}/`,
      'javascript:alert(1)',
      'file:///etc/passwd',
    ].map((page) => JSON.stringify({ shell: 'browser', page })),
  ])('%s', (text) => {
    const folder = testFolder();
    writeFileSync(join(folder, 'holder.json'), text);
    expect(readHolder(folder)).toBeNull();
  });
});

describe('who comes second is told who is first', () => {
  test.each([
    ['desktop', /desktop app .+ window/],
    ['browser', /browser .+ page/],
    ['host', /hosted in a terminal/],
    ['chat', /chat in a terminal/],
    [null, /^Another Lanyard/],
  ] as const)('%s', (shell, sentence) => {
    const folder = testFolder();
    const first = openDatabase(folder, shell);
    try {
      expect(() => openDatabase(folder, 'host')).toThrow(
        expect.objectContaining({
          code: 'data-dir-in-use',
          message: expect.stringMatching(sentence),
        }),
      );
    } finally {
      first.close();
    }
    expect(readHolder(folder)).toBeNull();
  });
});
