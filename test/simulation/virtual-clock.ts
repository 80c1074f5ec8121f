import type { Clock } from '../../main/model/clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * A simulation's time as an engine has it. A process that is not up any more does nothing; `now` is
 * what its machine's clock says.
 */
export function virtualClock(
  time: VirtualTime,
  isUp: () => boolean = () => true,
  now: () => number = () => time.now,
): Clock {
  const after = (ms: number, action: () => void) => {
    let isCancelled = false;
    time.after(ms, () => {
      if (!isCancelled && isUp()) action();
    });
    return {
      cancel() {
        isCancelled = true;
      },
    };
  };
  return { now, monotonic: () => time.now, soon: (action) => void after(0, action), after };
}
