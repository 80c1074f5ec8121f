/** How often the clock ticks, in ms. */
const TICK_MS = 2_000;

const looks = new Set<() => void>();
let striking: NodeJS.Timeout | null = null;

/**
 * Calls `look` every 2 s, for what changes without telling anybody. All of a process look together: at
 * rest, waking costs more than looking. It keeps no process going.
 */
export function lookRegularly(look: () => void): { stop(): void } {
  // Own function objects tell two apart that are the same function.
  const own = () => look();
  looks.add(own);
  striking ??= setInterval(() => {
    for (const each of looks) each();
  }, TICK_MS).unref();
  return {
    stop() {
      looks.delete(own);
      if (looks.size > 0 || striking === null) return;
      clearInterval(striking);
      striking = null;
    },
  };
}
