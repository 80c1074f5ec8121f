/** How the app is noticed outside its window: notifications and the number on its icon. */
import { app, Notification } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Bridge } from '../../../preload/contract.ts';
import type { RoomKey, Unread } from '../../model/room.ts';

/** As in electron-builder.yml: Windows shows notifications of programs it knows by this. */
const APP_ID = 'org.lanyard.chat';

export interface Attention {
  /** The window there is now, if any. */
  readonly window: () => BrowserWindow | null;
  /** The person clicked the notification of a message in this room. */
  readonly onClick: (key: RoomKey) => void;
}

/** Shows notifications and the count of unread messages until the app ends. */
export function callForAttention(bridge: Bridge, { window, onClick }: Attention): void {
  if (process.platform === 'win32') {
    app.setAppUserModelId(app.isPackaged ? APP_ID : process.execPath);
  }
  const unread = new Map<RoomKey, Unread>();
  // The system drops the click of a notification that nothing refers to any more.
  const shown = new Set<Notification>();

  const notify = (key: RoomKey, title: string, body: string): void => {
    const notification = new Notification({ title, body: plainBody(body) });
    shown.add(notification);
    notification.once('close', () => shown.delete(notification));
    notification.once('click', () => {
      shown.delete(notification);
      onClick(key);
    });
    notification.show();
    const hidden = window();
    if (hidden !== null && !hidden.isFocused()) hidden.flashFrame(true);
  };

  const drawCount = (): void => {
    app.setBadgeCount([...unread.values()].reduce((sum, { count }) => sum + count, 0));
  };

  bridge.subscribe((event) => {
    switch (event.type) {
      case 'snapshot':
        unread.clear();
        for (const room of event.snapshot.rooms) unread.set(room.key, room.unread);
        return drawCount();
      case 'room-added':
        unread.set(event.room.key, event.room.unread);
        return drawCount();
      case 'room-unread':
        unread.set(event.key, event.unread);
        return drawCount();
      case 'room-removed':
        unread.delete(event.key);
        return drawCount();
      case 'notification':
        return notify(event.key, event.title, event.body);
      default:
        return undefined;
    }
  });
}

/** Linux desktops read the body as markup; elsewhere it is plain text already. */
function plainBody(text: string): string {
  if (process.platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
