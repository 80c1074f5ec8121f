/** Draws when something has changed, and no more often than one can follow. */
export interface Frames {
  /** Something changed: draw soon. */
  request(): void;
  /** Draw at once. */
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
  function now(): void {
    clearTimeout(due);
    due = undefined;
    draw();
    drawn = performance.now();
  }
  return {
    request() {
      due ??= setTimeout(now, Math.max(TOGETHER_MS, drawn + APART_MS - performance.now()));
    },
    now,
  };
}
