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

test('the page shares its agent with no other site', async ({ openApp }) => {
  const { page } = await openApp({ settings: { name: 'Ann' } });
  expect(await page.evaluate(() => originAgentCluster)).toBe(true);
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

test('O20: what gets into the page is not run and cannot get out', async ({
  openApp,
  computer,
}) => {
  const site = new Program(computer.spawn(process.execPath, [OTHER_SITE]));
  const [siteUrl] = await site.line(/^http:.*/);
  const { page, url, expectTrouble } = await openApp({ settings: { name: 'Ann' } });
  expectTrouble(/Content Security Policy|Content-Security-Policy|Trusted|Failed to fetch|Refused/);

  const stoppedBy = await page.evaluate(tryToBreakIn, siteUrl);
  const byTrustedTypes = 'require-trusted-types-for';
  expect(stoppedBy).toEqual({
    'HTML with a script in an attribute': byTrustedTypes,
    'HTML inserted beside': byTrustedTypes,
    'a document written': byTrustedTypes,
    'HTML parsed elsewhere': byTrustedTypes,
    'a frame with a document of its own': byTrustedTypes,
    'a script element': byTrustedTypes,
    'a script element in SVG': byTrustedTypes,
    'a script from another site': byTrustedTypes,
    'an attribute that is a script': byTrustedTypes,
    'text evaluated': byTrustedTypes,
    'a function made of text': byTrustedTypes,
    'text given to a timer': byTrustedTypes,
    'a policy of its own': 'trusted-types',
    'a javascript: link': 'script-src-elem',
    'a javascript: form': 'form-action',
    'a module from another site': 'script-src-elem',
    'a module in a data: URL': 'script-src-elem',
    'a worker': byTrustedTypes,
    'a shared worker': byTrustedTypes,
    'a service worker': byTrustedTypes,
    'a style element': 'style-src-elem',
    'a style attribute': 'style-src-attr',
    'a style sheet from another site': 'style-src-elem',
    'an image from another site': 'img-src',
    'a font from another site': 'font-src',
    'a sound from another site': 'media-src',
    'a plug-in': byTrustedTypes,
    'a frame': 'frame-src',
    'a form sent to another site': 'form-action',
    'another base for links': 'base-uri',
    'a request to another site': 'connect-src',
    'a request of the older kind': 'connect-src',
    'a beacon': 'connect-src',
    'a stream of events': 'connect-src',
    'a WebSocket': 'connect-src',
    'a page loaded ahead': 'default-src',
  });
  expect(await page.evaluate(() => Reflect.has(globalThis, 'ran'))).toBe(false);
  expect(page.url()).toBe(url);

  // Whoever asked before would have been told of before this.
  const other = await page.context().newPage();
  await other.goto(`${siteUrl}last`);
  const [, asked] = await site.line(/^asked for (.*)/);
  expect(asked).toBe('/last');
  await site.kill();
});

/**
 * Runs in a page: tries to run code in it and to get something out of it to another site, one way
 * after the other. Resolves to the directive of the page's policy that stopped each.
 */
async function tryToBreakIn(site: string): Promise<Record<string, string>> {
  const script = 'globalThis.ran = true';
  const scriptUrl = `data:text/javascript,${script}`;
  const markup = `<img src="x" onerror="${script}">`;
  const { body } = document;
  const add = (name: string, attributes: Readonly<Record<string, string>>, text = ''): Element => {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      element.setAttribute(attribute, value);
    }
    element.append(text);
    body.append(element);
    return element;
  };
  const submit = (attributes: Readonly<Record<string, string>>): void => {
    const form = add('form', { method: 'post', ...attributes });
    if (form instanceof HTMLFormElement) form.submit();
  };
  const click = (href: string): void => {
    const link = add('a', { href });
    if (link instanceof HTMLElement) link.click();
  };
  const attempts: Readonly<Record<string, () => unknown>> = {
    'HTML with a script in an attribute': () => (document.body.innerHTML = markup),
    'HTML inserted beside': () => document.body.insertAdjacentHTML('beforeend', markup),
    'a document written': () => document.write(markup),
    'HTML parsed elsewhere': () => new DOMParser().parseFromString(markup, 'text/html'),
    'a frame with a document of its own': () => add('iframe', { srcdoc: markup }),
    'a script element': () => add('script', {}, script),
    'a script element in SVG': () => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', 'script');
      element.append(script);
      document.body.append(element);
    },
    'a script from another site': () => add('script', { src: `${site}script.js` }),
    'an attribute that is a script': () => add('img', { onerror: script, src: 'x' }),
    'text evaluated': () => Reflect.get(globalThis, 'eval')(script),
    'a function made of text': () => Reflect.construct(Function, [script])(),
    'text given to a timer': () => Reflect.apply(setTimeout, globalThis, [script]),
    'a policy of its own': () => Reflect.get(globalThis, 'trustedTypes').createPolicy('mine', {}),
    'a javascript: link': () => click(`javascript:${script}`),
    'a javascript: form': () => submit({ action: `javascript:${script}` }),
    'a module from another site': () => import(`${site}module.js`),
    'a module in a data: URL': () => import(scriptUrl),
    'a worker': () => new Worker(scriptUrl),
    'a shared worker': () => new SharedWorker(scriptUrl),
    'a service worker': () => navigator.serviceWorker.register('app.js'),
    'a style element': () => add('style', {}, `body { background: url(${site}style) }`),
    'a style attribute': () => add('p', { style: `background: url(${site}style)` }),
    'a style sheet from another site': () => add('link', { rel: 'stylesheet', href: `${site}css` }),
    'an image from another site': () => (new Image().src = `${site}image`),
    'a font from another site': () => new FontFace('theirs', `url(${site}font)`).load(),
    'a sound from another site': () => (new Audio().src = `${site}sound`),
    'a plug-in': () => add('object', { data: `${site}object` }),
    'a frame': () => add('iframe', { src: site }),
    'a form sent to another site': () => submit({ action: `${site}form` }),
    'another base for links': () => add('base', { href: site }),
    'a request to another site': () => fetch(`${site}fetch`, { mode: 'no-cors' }),
    'a request of the older kind': () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${site}xhr`);
      request.send();
    },
    'a beacon': () => navigator.sendBeacon(`${site}beacon`, 'secret'),
    'a stream of events': () => new EventSource(`${site}events`),
    'a WebSocket': () => new WebSocket(site.replace('http:', 'ws:')),
    'a page loaded ahead': () => add('link', { rel: 'prefetch', href: `${site}ahead` }),
  };

  const stoppedBy: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    stoppedBy[name] = await new Promise<string>((resolve) => {
      const listen = (event: SecurityPolicyViolationEvent): void => {
        resolve(event.effectiveDirective);
      };
      document.addEventListener('securitypolicyviolation', listen, { once: true });
      const ended = (how: string): void => {
        setTimeout(() => {
          document.removeEventListener('securitypolicyviolation', listen);
          resolve(how);
        }, 10_000);
      };
      // From a timer: what a debugger evaluates is exempt from parts of the policy.
      setTimeout(() => {
        Promise.resolve()
          .then(attempt)
          .then(
            () => ended('nothing'),
            (error: unknown) => ended(String(error)),
          );
      });
    });
  }
  return stoppedBy;
}
