import type { Strings } from '../strings/en.ts';
import { h, setText } from '../dom.ts';

/** Shows how far the way back to a message is done, where that takes longer than a blink. */
export function createSeekProgress({ log }: Strings) {
  const bar = h('progress', { max: 1, 'aria-label': log.goingBack });
  const text = h('p', { role: 'status' });
  const element = h('div', { class: 'seek-progress', hidden: true }, text, bar);
  return {
    element,
    /** `done` is from 0 to 1. */
    show(done: number): void {
      bar.value = done;
      setText(text, log.goingBack);
      element.hidden = false;
    },
    hide(): void {
      setText(text, '');
      element.hidden = true;
    },
  };
}
