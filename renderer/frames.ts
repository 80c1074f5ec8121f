/** Draws at most once a frame however much happens, and also while the window is hidden. */
export interface Frames {
  /** Something changed: draw soon. */
  request(): void;
  /** Draw at once. */
  now(): void;
}

/** How long a hidden window may lag behind, in ms; browsers give hidden pages no frames. */
const HIDDEN_MS = 100;

/** Frames that call `draw`. */
export function createFrames(draw: () => void): Frames {
  let requested = false;
  function now(): void {
    requested = false;
    draw();
  }
  function due(): void {
    if (requested) now();
  }
  return {
    request() {
      if (requested) return;
      requested = true;
      if (document.visibilityState === 'visible') requestAnimationFrame(due);
      else setTimeout(due, HIDDEN_MS);
    },
    now,
  };
}
