/** The caret stops blinking once nobody has typed or clicked for a while: a window at rest draws nothing. */

/** As long as GTK has it blink, in ms. */
const BLINKS_MS = 10_000;

/** Watches the page for good. Browsers without `caret-animation` (before Chromium 140) go on blinking. */
export function stillCaret(): void {
  const page = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function stir(): void {
    clearTimeout(timer);
    page.classList.remove('caret-still');
    timer = setTimeout(() => page.classList.add('caret-still'), BLINKS_MS);
  }
  for (const event of ['keydown', 'pointerdown', 'focusin']) {
    document.addEventListener(event, stir, { capture: true, passive: true });
  }
}
