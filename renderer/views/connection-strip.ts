/** Says how the connection to a room stands whenever one is not simply here (O9, O17). */
import type { RoomKey, RoomStatus } from '../../preload/contract.ts';
import type { Context, View } from './context.ts';
import { h, setText } from '../dom.ts';
import { roomOf } from '../state.ts';
import { button } from './buttons.ts';

/** The strip of one room. */
export function createConnectionStrip({ words, ask }: Context, key: RoomKey): View {
  const reason = h('p', { class: 'reason', role: 'status' });
  // Counting down aloud would drown everything else: the reason is said once instead.
  const countdown = h('p', { class: 'countdown', 'aria-hidden': 'true' });
  const now = button(words.status.now, 'plain', () => void ask('retryNow', { key }));
  const again = button(words.status.rejoin, 'plain', () => void ask('rejoin', { key }));
  const element = h('div', { class: 'strip', hidden: true }, reason, countdown, now, again);
  let drawn: RoomStatus | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function count(until: number): void {
    const left = until - Date.now();
    const seconds = Math.ceil(left / 1_000);
    setText(countdown, seconds > 0 ? words.status.waiting(seconds) : words.status.waitingNow);
    if (seconds > 0) timer = setTimeout(count, left - (seconds - 1) * 1_000, until);
  }

  return {
    element,
    draw(state) {
      const status = roomOf(state, key)?.status;
      if (status === undefined || status === drawn) return;
      drawn = status;
      clearTimeout(timer);
      element.hidden = status.state === 'here';
      element.dataset['state'] = status.state;
      now.hidden = status.state !== 'waiting';
      again.hidden = status.state !== 'ended';
      countdown.hidden = status.state !== 'waiting';
      if (status.state === 'connecting') setText(reason, words.status.connecting);
      if (status.state === 'waiting') {
        setText(reason, words.error(status.reason, words.status.ended));
        count(status.until);
      }
      if (status.state === 'ended') setText(reason, words.error(status.reason, status.sentence));
      if (status.state === 'here') setText(reason, '');
    },
    end: () => clearTimeout(timer),
  };
}
