/** How a message looks in a real browser, with all that was done to it; whatever is in it, it is text. */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckedEntry } from '../../main/model/entry.ts';
import { findChromium, QUIET_ARGUMENTS } from '../runner/chromium.ts';
import type { show } from './log-page.ts';
import { act, said } from './rooms.ts';

declare const log: { readonly show: typeof show };

const HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>';

const executablePath = findChromium();
const note = executablePath === null ? ' (skipped: there is no Chromium or Chrome)' : '';

describe.skipIf(executablePath === null)(`a row of the log${note}`, () => {
  let browser: Awaited<ReturnType<typeof chromium.launch>> | undefined;
  let page: Page;
  let script = '';

  beforeAll(async () => {
    script = await scriptOf('log-page.ts');
    const args = [...QUIET_ARGUMENTS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await browser.newPage();
  });

  beforeEach(async () => {
    await page.goto('about:blank');
    await page.addScriptTag({ content: script });
  });

  afterAll(() => browser?.close());

  const shows = (entries: readonly CheckedEntry[], you = 'a') =>
    page.evaluate(([rows, person]) => log.show(rows, person), [entries, you] as const);

  const textsOf = (selector: string) => page.locator(selector).allTextContents();

  test('has the beginning of what it answers before it', async () => {
    await shows([said(2, 'b', { answers: { id: 'm1', name: 'Ann', text: 'tea or coffee?' } })]);
    expect(await textsOf('.bubble > :first-child p')).toEqual([
      'In answer to Ann',
      'tea or coffee?',
    ]);
    expect(await textsOf('.bubble > .text')).toEqual(['message 2']);
  });

  test('says that it was edited and pinned, and who feels what about it', async () => {
    const reactions = [
      { emoji: '👍', names: ['Ann', 'Cleo'], mine: 'm9' },
      { emoji: '🎉', names: ['Bo'], mine: null },
    ];
    await shows([said(1, 'b', { editedAt: 5, pinned: true, reactions })]);
    expect(await textsOf('.bubble > .mark')).toEqual(['edited', 'Pinned']);
    expect(await textsOf('.reactions li')).toEqual(['👍 2', '🎉 1']);
    const first = page.locator('.reactions li').first();
    expect(await first.getAttribute('title')).toBe('Ann, Cleo');
  });

  test('plain has none of that', async () => {
    await shows([said(1)]);
    expect(await page.locator('.quote, .mark, .reactions, .unknown').count()).toBe(0);
  });

  test('E5: of an unknown kind has its author’s words, or says that it is not known', async () => {
    const unknown = true as const;
    await shows([said(1, 'b', { text: 'A poll', unknown }), said(2, 'b', { text: '', unknown })]);
    const [poll, other] = await textsOf('.text.unknown');
    expect(poll).toContain('A poll');
    expect(other?.trim()).not.toBe('');
  });

  test('M4: says that it was removed, and nothing else of it', async () => {
    await shows([said(1, 'a', { text: '', redacted: true }), act(2, 'redact', 'm1', 'Ann')]);
    expect(await textsOf('.redacted .text')).toEqual(['This message was removed.']);
    expect(await page.locator('.row-more').count()).toBe(0);
    expect(await textsOf('.act p')).toEqual(['Bo removed a message']);
  });

  test('M4: can be removed by who wrote it, and by nobody else who does not look after the room', async () => {
    await shows([said(1, 'a'), said(2, 'b'), said(3, 'a')]);
    expect(
      await page.locator('.has-menu').evaluateAll((all) => all.map((it) => it.className)),
    ).toHaveLength(2);
    expect(await page.locator('.said:not(.own) .row-more').count()).toBe(0);
    await page.locator('.row-more').first().dispatchEvent('click');
    expect(await textsOf('.menu-item')).toContain('Remove message…');
  });

  test('O20: is text, whoever wrote what in any part of it', async () => {
    const name = HOSTILE;
    const answers = { id: 'm1', name: HOSTILE, text: HOSTILE };
    const reactions = [{ emoji: HOSTILE, names: [HOSTILE], mine: null }];
    await shows([
      said(1, 'b', { name, text: HOSTILE, answers, reactions }),
      said(2, 'b', { name, text: HOSTILE, unknown: true }),
      said(3, 'b', { name, text: HOSTILE, doubt: 'signature' }),
      { ...act(4, 'topic', HOSTILE), name },
      { ...act(5, 'redact', 'm1', HOSTILE), name },
    ]);
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.title()).toBe('');
    const whole = (await textsOf('ol'))[0] ?? '';
    expect(whole.split(HOSTILE).length).toBeGreaterThan(8);
  });
});

/** A module of this folder with all it needs, as one script that makes it `log`. */
async function scriptOf(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(name, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2024',
      lib: { entry, name: 'log', formats: ['iife'] },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const code =
    bundle !== undefined && 'output' in bundle
      ? bundle.output.flatMap((part) => (part.type === 'chunk' ? part.code : []))
      : [];
  return code.join('\n');
}
