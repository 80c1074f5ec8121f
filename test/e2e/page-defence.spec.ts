/** What web pages elsewhere, and text inside, can do to the page of the browser shell: nothing. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import type { OpenedApp } from './harness.ts';

/** A page of another site in the same browser. */
async function openOtherSite({ page: app }: OpenedApp, url: string): Promise<Page> {
  const page = await app.context().newPage();
  await page.route(url, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Other</title>' }),
  );
  await page.goto(url);
  return page;
}

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

const bridgeOf = (url: string) => `${url.replace('http:', 'ws:')}bridge`;

test('a page of another origin can neither open the bridge nor read the page', async ({
  openApp,
}) => {
  const app = await openApp({ settings: { name: 'Ann' } });
  const other = await openOtherSite(app, 'http://127.0.0.1:9/');

  // Even with the token, which it cannot know.
  expect(await canOpenSocket(other, bridgeOf(app.url))).toBe(false);
  expect(await canFetch(other, app.url, 'cors')).toBe(false);
  expect(await canFetch(other, app.url, 'no-cors')).toBe(false);
  const framed = await other.evaluate(
    (url) =>
      new Promise<boolean>((resolve) => {
        const frame = document.createElement('iframe');
        frame.addEventListener('load', () => resolve(frame.contentDocument !== null));
        frame.src = url;
        document.body.append(frame);
      }),
    app.url,
  );
  expect(framed).toBe(false);
  expect(other.frames().map((frame) => frame.url())).not.toContain(app.url);

  // The page itself can, so it is the origin that was refused.
  expect(await canOpenSocket(app.page, bridgeOf(app.url))).toBe(true);
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

test('O20: script that gets into the page is not run', async ({ openApp }) => {
  const app = await openApp({ settings: { name: 'Ann' } });
  app.expectTrouble(/Content Security Policy|Trusted/);
  const outcomes = await app.page.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve) => {
        const attempts: Record<string, () => unknown> = {
          innerHTML: () => (document.body.innerHTML = '<img src="x" onerror="globalThis.ran = 1">'),
          eval: () => Reflect.get(globalThis, 'eval')('globalThis.ran = 2'),
          script: () => {
            const script = document.createElement('script');
            script.append('globalThis.ran = 3');
            document.body.append(script);
          },
          src: () => (document.createElement('script').src = 'data:,globalThis.ran = 4'),
          policy: () => Reflect.get(globalThis, 'trustedTypes').createPolicy('mine', {}),
        };
        // From a timer: what a debugger evaluates is exempt from parts of the policy.
        setTimeout(() => {
          const results: Record<string, string> = {};
          for (const [name, attempt] of Object.entries(attempts)) {
            try {
              attempt();
              results[name] = 'done';
            } catch (error) {
              results[name] = error instanceof Error ? error.name : 'thrown';
            }
          }
          setTimeout(() => resolve({ ...results, ran: String(Reflect.get(globalThis, 'ran')) }));
        });
      }),
  );
  expect(outcomes).toEqual({
    innerHTML: 'TypeError',
    eval: 'EvalError',
    script: 'done',
    src: 'TypeError',
    policy: 'TypeError',
    ran: 'undefined',
  });
});
