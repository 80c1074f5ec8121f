/** An exported page in a real browser: shows what was said, loads nothing, runs nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium, QUIET_ARGUMENTS } from '../runner/chromium.ts';
import { actRow, exported, saidRow } from './rows.ts';

const HOSTILE = [
  '<script>document.title = "hacked"</script>',
  '<img src=x onerror="document.title=\'hacked\'">',
  '</p></article></body></html><script>document.title = "hacked"</script>',
  '</title><svg onload="document.title=\'hacked\'">',
  '"><iframe src="http://127.0.0.1:9/"></iframe>',
  "' onmouseover='document.title=1' x='",
  '<!-- never closed',
  '<style>@import "http://127.0.0.1:9/x.css"; body { display: none }</style>',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '<base href="http://127.0.0.1:9/"><link rel=stylesheet href=x>',
  '<a href="javascript:document.title=1">click</a>',
  '&lt;script&gt; &amp;lt; &#x3c;script&#x3e;',
  ']]><?php echo 1 ?>${1 + 1}{{constructor}}',
];

const executablePath = findChromium();
const note = executablePath === null ? ' (skipped: there is no Chromium or Chrome)' : '';

test.skipIf(executablePath === null).each([
  ['as it is', (page: string) => page],
  // What the policy forbids should not even be tried.
  ['without its policy', (page: string) => page.replace(/<meta http-equiv[^>]*>/, '')],
])(`a page of hostile texts runs nothing, %s${note}`, async (_how, change) => {
  const said = HOSTILE.map((text, index) => ({ ...saidRow(index + 1, text), name: text }));
  const done = HOSTILE.map((text) => ({ ...actRow(100, 'ban', text, text), name: text }));
  const redacted = HOSTILE.map((text) => ({
    ...saidRow(200, ''),
    name: text,
    redacted: true as const,
  }));
  const unknown = HOSTILE.map((text) => ({ ...saidRow(250, text), unknown: true as const }));
  const topics = HOSTILE.map((text) => actRow(260, 'topic', text));
  const doubted = { ...actRow(300, 'access', HOSTILE[0]), doubt: 'signature' as const };
  const entries = [...said, ...done, ...redacted, ...unknown, ...topics, doubted];
  const room = HOSTILE.join(' ');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'room.html');
  await writeFile(file, change(exported(room, entries, 'html').content));

  const args = [...QUIET_ARGUMENTS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.mouse.move(200, 200);

  expect(requests).toEqual([url]);
  expect(page.url()).toBe(url);
  expect(await page.title()).toBe(room);
  expect(await page.locator('h1').textContent()).toBe(room);
  expect(await page.locator('article p').allTextContents()).toEqual(HOSTILE);
  expect(await page.locator('article b').allTextContents()).toEqual(HOSTILE);
  const time = '0000-00-00 00:00'.length + 1;
  const quiet = await page.locator('article.quiet').allTextContents();
  expect(quiet.map((line) => line.slice(time))).toEqual([
    ...HOSTILE.map((text) => `${text} banned ${text}`),
    ...HOSTILE.map((text) => `A message of ${text} was removed`),
    ...HOSTILE.map((text) => `Ann: ${text}`),
    ...HOSTILE.map((text) => `Ann set the topic: ${text}`),
    `⚠ not verified Ann changed who gets in: ${HOSTILE[0]}`,
  ]);
  const elements = await page.locator('body *').evaluateAll((all) => all.map((it) => it.localName));
  const expected = ['article', 'b', 'em', 'h1', 'header', 'p', 'time'];
  expect([...new Set(elements)].toSorted()).toEqual(expected);
});
