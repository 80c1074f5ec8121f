/** Draws when something has changed, and no more often than one can follow. */
export interface Frames {
  /** Something changed: draw soon. */
  request(): void;
  /** Draw at once; from within a draw, soon after it: draws never nest. */
  now(): void;
}

/** How long is waited for what comes together, in ms. */
const TOGETHER_MS = 4;

/** How far apart draws keep however much comes, in ms: between them what the person does has its turn. */
const APART_MS = 48;

/**
 * Frames that call `draw`. It is called ahead of the browser's frame, not in it: what it scrolls is
 * then told in the same frame, not in one more.
 */
export function createFrames(draw: () => void): Frames {
  let due: ReturnType<typeof setTimeout> | undefined;
  let drawn = -Infinity;
  let drawing = false;
  function request(): void {
    due ??= setTimeout(now, Math.max(TOGETHER_MS, drawn + APART_MS - performance.now()));
  }
  function now(): void {
    // What a draw sets off may ask for one itself, synchronously: opening a dialog moves the focus.
    if (drawing) return request();
    clearTimeout(due);
    due = undefined;
    drawing = true;
    try {
      draw();
    } finally {
      drawing = false;
      drawn = performance.now();
    }
  }
  return { request, now };
}
