/** How often "is typing" is repeated, in ms; the room forgets it after twice that. */
const REPEAT_MS = 3_000;

/** Tells the room that one is typing, and that one has stopped, as seldom as it takes. */
export function createTypingSignal(tell: (on: boolean) => void): { typed(on: boolean): void } {
  let told: number | null = null;
  return {
    typed(on) {
      if (on && (told === null || performance.now() - told >= REPEAT_MS)) {
        told = performance.now();
        tell(true);
      } else if (!on && told !== null) {
        told = null;
        tell(false);
      }
    },
  };
}
