import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startShell } from './running-shell.ts';
import { protocol, resetElectron } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));

let dist: string;
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'lanyard-page-'));
  mkdirSync(join(dist, 'renderer/assets'), { recursive: true });
  mkdirSync(join(dist, 'preload'));
  writeFileSync(join(dist, 'renderer/index.html'), '<!doctype html>');
  writeFileSync(join(dist, 'renderer/assets/app.js'), 'export {};');
  writeFileSync(join(dist, 'renderer/secret.pem'), 'secret');
  writeFileSync(join(dist, 'preload/preload.js'), 'secret');
  resetElectron();
  await startShell({ dist, dataDir: join(dist, 'data') });
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

async function load(url: string, method = 'GET'): Promise<Response> {
  const handler = protocol.handlers.get('app');
  if (handler === undefined) throw new Error('Nobody serves app://');
  return handler(new Request(url, { method }));
}

test.each([
  ['app://lanyard/', 'text/html; charset=utf-8', '<!doctype html>'],
  ['app://lanyard/index.html?x#y', 'text/html; charset=utf-8', '<!doctype html>'],
  ['app://lanyard/assets/app.js', 'text/javascript; charset=utf-8', 'export {};'],
  ['app://lanyard/assets/%61pp.js', 'text/javascript; charset=utf-8', 'export {};'],
])('%s is served', async (url, type, body) => {
  const response = await load(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(await response.text()).toBe(body);
});

test.each([
  'app://lanyard/../preload/preload.js',
  'app://lanyard/%2e%2e/preload/preload.js',
  'app://lanyard/..%2fpreload%2fpreload.js',
  'app://lanyard/assets/..%2f..%2fpreload/preload.js',
  'app://lanyard/..%5cpreload%5cpreload.js',
  'app://lanyard/%2fetc/passwd.js',
  'app://lanyard/assets/app.js%00.html',
  'app://lanyard/%E0%A4%A',
  'app://lanyard/assets',
  'app://lanyard/assets/',
  'app://lanyard/assets/app.js/more.js',
  'app://lanyard/secret.pem',
  'app://lanyard/missing.js',
  'app://elsewhere/index.html',
  'app://lanyard.example/index.html',
])('%s is not there', async (url) => {
  const response = await load(url);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
});

test('the page can only be read', async () => {
  expect((await load('app://lanyard/', 'POST')).status).toBe(405);
});

test.each(['app://lanyard/', 'app://lanyard/missing.js'])(
  '%s comes with the rules for the page',
  async (url) => {
    const { headers } = await load(url);
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('permissions-policy')).toContain('camera=(), ');
  },
);
