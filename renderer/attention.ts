/** Whether the person can be assumed to see the window: it is visible and in front. */
export function isSeen(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Calls back whenever `isSeen` may have changed. */
export function watchSeen(changed: () => void): void {
  document.addEventListener('visibilitychange', changed);
  window.addEventListener('focus', changed);
  window.addEventListener('blur', changed);
}
