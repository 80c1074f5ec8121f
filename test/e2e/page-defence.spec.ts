/** What web pages elsewhere, and text inside, can do to the page of the browser shell: nothing. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { Program } from './program.ts';

const OTHER_SITE = fileURLToPath(new URL('other-site.ts', import.meta.url));

/** Opens a WebSocket from a page: whether it came about. */
function canOpenSocket(page: Page, url: string): Promise<boolean> {
  return page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.addEventListener('open', () => resolve(true));
        socket.addEventListener('error', () => resolve(false));
      }),
    url,
  );
}

function canFetch(page: Page, url: string, mode: RequestMode): Promise<boolean> {
  return page.evaluate(
    ([address, how]) =>
      fetch(address, { mode: how }).then(
        () => true,
        () => false,
      ),
    [url, mode] as const,
  );
}

/** Puts a page into a frame of another one; resolves once it is shown or refused. */
function frame(page: Page, url: string): Promise<void> {
  return page.evaluate(
    (address) =>
      new Promise<void>((resolve) => {
        const element = document.createElement('iframe');
        element.addEventListener('load', () => resolve());
        element.src = address;
        document.body.append(element);
      }),
    url,
  );
}

const frameUrls = (page: Page) =>
  page
    .frames()
    .slice(1)
    .map((inner) => inner.url());
const bridgeOf = (url: string) => `${url.replace('http:', 'ws:')}bridge`;

test('a page of another origin can neither open the bridge nor read or frame the page', async ({
  openApp,
  computer,
}) => {
  const app = await openApp({ settings: { name: 'Ann' } });
  const site = new Program(computer.spawn(process.execPath, [OTHER_SITE]));
  const [siteUrl] = await site.line(/^http:.*/);
  const other = await app.page.context().newPage();
  await other.goto(siteUrl);
  await frame(other, siteUrl);
  expect(frameUrls(other)).toContain(siteUrl);

  // Even with the token, which it cannot know.
  expect(await canOpenSocket(other, bridgeOf(app.url))).toBe(false);
  expect(await canFetch(other, app.url, 'cors')).toBe(false);
  expect(await canFetch(other, app.url, 'no-cors')).toBe(false);
  await frame(other, app.url);
  expect(frameUrls(other)).not.toContain(app.url);

  // The page itself can, so it is the origin that was refused.
  expect(await canOpenSocket(app.page, bridgeOf(app.url))).toBe(true);
  await site.kill();
});

test('a name that resolves to loopback is refused: DNS rebinding', async ({ openApp }) => {
  const app = await openApp({ settings: { name: 'Ann' } });
  const rebound = app.url.replace('127.0.0.1', 'rebound.localhost');
  const page = await app.page.context().newPage();
  const answer = await page.goto(rebound);
  expect(answer?.status()).toBe(403);
  expect(await answer?.text()).toContain('Use the address it printed');
  expect(await canOpenSocket(page, bridgeOf(rebound))).toBe(false);
  expect(await canOpenSocket(page, bridgeOf(app.url))).toBe(false);
});

test('without the token nothing answers', async ({ openApp }) => {
  const app = await openApp({ settings: { name: 'Ann' } });
  const { origin } = new URL(app.url);
  for (const path of ['/', '/index.html', '/bridge', `/${'A'.repeat(32)}/`]) {
    const page = await app.page.context().newPage();
    expect((await page.goto(`${origin}${path}`))?.status()).toBe(403);
    expect(await canOpenSocket(page, `${origin.replace('http:', 'ws:')}${path}`)).toBe(false);
    await page.close();
  }
});

test('O20: what gets into the page is not run and cannot get out', async ({ openApp }) => {
  const { page, expectTrouble } = await openApp({ settings: { name: 'Ann' } });
  expectTrouble(/Content Security Policy|Trusted|Failed to fetch|Refused/);
  await page.evaluate(() => {
    const violated = new Set<string>();
    Reflect.set(globalThis, 'violated', violated);
    document.addEventListener('securitypolicyviolation', (event) => {
      violated.add(event.effectiveDirective);
    });
    const script = 'data:text/javascript,globalThis.ran = true';
    const attempts: (() => unknown)[] = [
      () => (document.body.innerHTML = '<img src="x" onerror="globalThis.ran = true">'),
      () => (document.createElement('script').src = script),
      () => Reflect.get(globalThis, 'eval')('globalThis.ran = true'),
      () => Reflect.get(globalThis, 'trustedTypes').createPolicy('mine', {}),
      () => import(script),
      () => fetch('http://127.0.0.1:9/'),
      () => (new Image().src = 'http://127.0.0.1:9/'),
    ];
    // From timers: what a debugger evaluates is exempt from parts of the policy.
    for (const attempt of attempts) setTimeout(attempt);
  });
  const violated = () => page.evaluate(() => [...Reflect.get(globalThis, 'violated')]);
  const directives = [
    'require-trusted-types-for',
    'trusted-types',
    'script-src-elem',
    'connect-src',
    'img-src',
  ];
  await expect.poll(violated).toEqual(expect.arrayContaining(directives));
  expect(await page.evaluate(() => Reflect.has(globalThis, 'ran'))).toBe(false);
});
