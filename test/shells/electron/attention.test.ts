import { beforeEach, expect, test, vi } from 'vitest';
import { openPage, startShell, theWindow } from './running-shell.ts';
import { Notification, app, resetElectron } from './stand-in.ts';
import { createStubApp, roomView } from './stub-app.ts';

vi.mock('electron', () => import('./stand-in.ts'));
beforeEach(resetElectron);

const MESSAGE = { type: 'notification', key: 'lab', title: 'Bo in Lab', body: 'hello' } as const;

test('a message is shown by the system, not by the page', async () => {
  const { app: stub } = await startShell();
  const { heard } = await openPage();
  stub.emit(MESSAGE);
  expect(Notification.shown.map(({ options }) => options)).toEqual([
    { title: 'Bo in Lab', body: 'hello' },
  ]);
  expect(heard.map((event) => event.type)).toEqual(['snapshot']);
});

test.runIf(process.platform === 'linux')(
  'markup in a message is shown as it was typed',
  async () => {
    const { app: stub } = await startShell();
    stub.emit({ ...MESSAGE, body: '<a href="http://x">&amp;' });
    expect(Notification.shown[0]?.options.body).toBe('&lt;a href="http://x"&gt;&amp;amp;');
  },
);

test('its click shows the window and the room', async () => {
  const { app: stub } = await startShell();
  const { heard } = await openPage();
  Object.assign(theWindow(), { minimized: true });
  stub.emit(MESSAGE);
  Notification.shown[0]?.emit('click');
  expect(theWindow()).toMatchObject({ minimized: false, visible: true, focused: true });
  expect(heard.at(-1)).toEqual({ type: 'command', command: { do: 'show-room', key: 'lab' } });
});

test('a window behind others flashes until it is looked at', async () => {
  const { app: stub } = await startShell();
  stub.emit(MESSAGE);
  expect(theWindow().flashing).toBe(true);
  theWindow().focus();
  expect(theWindow().flashing).toBe(false);
  stub.emit(MESSAGE);
  expect(theWindow().flashing).toBe(false);
});

test('a closed window is not looked at any more, so that messages are notified', async () => {
  const { app: stub } = await startShell();
  app.removeAllListeners('window-all-closed');
  theWindow().close();
  expect(stub.calls).toEqual([{ name: 'attend', args: { visible: false, key: null } }]);
});

test('the icon counts what is unread in all rooms', async () => {
  const stub = createStubApp([roomView('lab', 2), roomView('ship', 1)]);
  await startShell({ app: stub });
  expect(app.badge).toBe(3);
  stub.emit({ type: 'room-unread', key: 'lab', unread: { count: 5, mentions: 1 } });
  expect(app.badge).toBe(6);
  stub.emit({ type: 'room-removed', key: 'lab' });
  expect(app.badge).toBe(1);
  stub.emit({ type: 'room-added', room: roomView('deck', 0) });
  stub.emit({ type: 'room-unread', key: 'ship', unread: { count: 0, mentions: 0 } });
  expect(app.badge).toBe(0);
});
