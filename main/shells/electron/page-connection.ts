/** Carries the bridge between the app and the page of one window. */
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { CHANNELS } from '../../../preload/channels.ts';
import type { OutsideBridge } from '../../bridge/outside.ts';
import { PAGE_ORIGIN } from './page-scheme.ts';

export interface PageConnection {
  /** Whether the page hears events now. */
  isListening(): boolean;
}

/** Connects `contents`; `onListening` is called whenever its page has got a snapshot. */
export function connectPage(
  contents: WebContents,
  outside: OutsideBridge,
  onListening: () => void,
): PageConnection {
  const bridge = outside.forPage();
  let unsubscribe: (() => void) | null = null;
  const stop = (): void => {
    unsubscribe?.();
    unsubscribe = null;
  };

  contents.ipc.handle(CHANNELS.call, (event, name: unknown, args: unknown) => {
    if (!isOurPage(event)) throw new Error('Only the page of Lanyard may call it.');
    return bridge.call(name, args);
  });
  contents.ipc.on(CHANNELS.subscribe, (event) => {
    if (!isOurPage(event)) return;
    stop();
    unsubscribe = bridge.subscribe((told) => {
      // Shown by the system itself; see `attention.ts`.
      if (told.type !== 'notification') contents.send(CHANNELS.event, told);
    });
    onListening();
  });
  contents.ipc.on(CHANNELS.unsubscribe, (event) => {
    if (isOurPage(event)) stop();
  });
  contents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument) stop();
  });
  contents.once('destroyed', stop);

  return { isListening: () => unsubscribe !== null };
}

/** True for the top frame of our own page; false when the frame has gone in the meantime. */
function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === PAGE_ORIGIN;
}
