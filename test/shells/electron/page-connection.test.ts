import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { CHANNELS } from '../../../preload/channels.ts';
import { openPage, startShell, theWindow } from './running-shell.ts';
import { OUR_FRAME, resetElectron } from './stand-in.ts';
import type { Frame } from './stand-in.ts';
import { SETTINGS, roomView } from './stub-app.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

const STRANGERS: [string, Frame | null][] = [
  ['another origin', { origin: 'https://example.org', parent: null }],
  ['a frame inside our page', { origin: 'app://lanyard', parent: OUR_FRAME }],
  ['an origin that only begins like ours', { origin: 'app://lanyard.example', parent: null }],
  ['a frame that has gone', null],
];

test('a page hears a snapshot first, then every event in order', async () => {
  const { app } = await startShell();
  const { heard } = await openPage();
  app.emit({ type: 'settings', settings: { ...SETTINGS, theme: 'dark' } });
  app.emit({ type: 'room-added', room: roomView('a', 0) });
  app.emit({ type: 'room-removed', key: 'a' });
  expect(heard.map((event) => event.type)).toEqual([
    'snapshot',
    'settings',
    'room-added',
    'room-removed',
  ]);
});

test('a call reaches the app and its refusal comes back', async () => {
  const { app } = await startShell();
  const { bridge } = await openPage();
  expect(await bridge.call('leave', { key: 'a' })).toEqual({
    ok: false,
    code: 'room-gone',
  });
  expect(app.calls).toEqual([{ name: 'leave', args: { key: 'a' } }]);
});

test('a call that is not in the contract is refused before the app hears of it', async () => {
  const { app } = await startShell();
  const { webContents } = theWindow();
  const invoke = (name: unknown, args: unknown) =>
    webContents.invokeFrom(OUR_FRAME, CHANNELS.call, name, args);
  expect(await invoke('toString', {})).toMatchObject({ ok: false, code: 'unknown-call' });
  expect(await invoke({ leave: 1 }, {})).toMatchObject({ ok: false, code: 'unknown-call' });
  expect(await invoke('leave', { key: 7 })).toMatchObject({ ok: false, code: 'bad-arguments' });
  expect(app.calls).toEqual([]);
});

test('a page that asks far too much is refused before the app hears of it', async () => {
  const { app } = await startShell();
  const { bridge } = await openPage();
  const replies = await Promise.all(
    Array.from({ length: 1_000 }, () => bridge.call('leave', { key: 'a' })),
  );
  const codes = new Set(replies.map((reply) => reply.ok || reply.code));
  expect(codes).toEqual(new Set(['room-gone', 'too-many-calls']));
  expect(app.calls.length).toBeLessThan(1_000);
});

test.each(STRANGERS)('%s can neither call nor listen', async (_, frame) => {
  const { app } = await startShell();
  const { webContents } = theWindow();
  const { heard } = await openPage();
  const sent = vi.spyOn(webContents, 'send');

  await expect(webContents.invokeFrom(frame, CHANNELS.call, 'leave', { key: 'a' })).rejects.toThrow(
    'Only the page of Lanyard may call it.',
  );
  expect(app.calls).toEqual([]);

  webContents.receiveFrom(frame, CHANNELS.subscribe);
  expect(sent).not.toHaveBeenCalled();

  webContents.receiveFrom(frame, CHANNELS.unsubscribe);
  app.emit({ type: 'room-removed', key: 'a' });
  expect(heard.at(-1)).toEqual({ type: 'room-removed', key: 'a' });
});

test('a page that stopped listening hears nothing more', async () => {
  const { app } = await startShell();
  const { heard, end } = await openPage();
  end();
  app.emit({ type: 'room-removed', key: 'a' });
  expect(heard.map((event) => event.type)).toEqual(['snapshot']);
});

test('a page that is loaded again gets a snapshot of its own, and each event once', async () => {
  const { app } = await startShell();
  const first = await openPage();
  theWindow().webContents.emit('did-start-navigation', {
    isMainFrame: true,
    isSameDocument: false,
  });
  app.emit({ type: 'room-removed', key: 'lost' });
  expect(first.heard.map((event) => event.type)).toEqual(['snapshot']);

  const second = await openPage();
  app.emit({ type: 'room-removed', key: 'a' });
  expect(second.heard.map((event) => event.type)).toEqual(['snapshot', 'room-removed']);
});

test('a closed window is sent nothing', async () => {
  const { app } = await startShell();
  await openPage();
  const sent = vi.spyOn(theWindow().webContents, 'send');
  theWindow().close();
  app.emit({ type: 'room-removed', key: 'a' });
  await turn();
  expect(sent).not.toHaveBeenCalled();
});
