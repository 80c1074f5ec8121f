import type { BridgeEvent } from '../preload/contract.ts';

const ICON = new URL('./icon.svg', import.meta.url).href;

type NotificationEvent = Extract<BridgeEvent, { type: 'notification' }>;

/** Shows a message outside the page, where the person allowed it; one per room at a time. */
export function showNotification(
  { title, body, key }: NotificationEvent,
  chosen: () => void,
): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  let notification;
  try {
    notification = new Notification(title, { body, tag: key, icon: ICON });
  } catch {
    // Browsers on phones have them shown by service workers alone.
    return;
  }
  notification.addEventListener('click', () => {
    window.focus();
    chosen();
    notification.close();
  });
}
