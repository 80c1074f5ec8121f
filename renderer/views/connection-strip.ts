/** Says how the connection to a room stands whenever one is not simply here (O9, O17). */
import type { RoomKey } from '../../main/model/room.ts';
import type { Context, View } from './context.ts';
import type { Room } from '../room-state.ts';
import type { Strings } from '../strings/en.ts';
import { h, setHidden, setText } from '../dom.ts';
import { roomOf } from '../state.ts';
import { button } from './buttons.ts';
import { enterByClick } from './enter-room.ts';
import { otherHostOf } from './host-warning.ts';

/** What a room ends with that wants a passphrase, or a better one. */
const PASSPHRASE_WANTED: ReadonlySet<string> = new Set([
  'passphrase-needed',
  'passphrase-wrong',
  'too-many-guesses',
]);

/** The strip of one room. */
export function createConnectionStrip(context: Context, key: RoomKey): View {
  const { words, ask, store } = context;
  const reason = h('p', { class: 'reason', role: 'status' });
  // Counting down aloud would drown everything else: the reason is said once instead.
  const countdown = h('p', { class: 'countdown', 'aria-hidden': 'true' });
  const now = button(words.status.now, 'plain', () => void ask('retryNow', { key }));
  const own = roomOf(store.state, key)?.own ?? false;
  const comeBack = own ? words.status.reopen : words.status.rejoin;
  const again = button(comeBack, 'plain', () => void enterByClick(context, { by: 'room', key }));
  const prove = button(words.status.prove, 'plain', () =>
    store.dispatch({ type: 'open', dialog: { kind: 'passphrase', wayIn: { by: 'room', key } } }),
  );
  const element = h('div', { class: 'strip', hidden: true }, reason, countdown, now, again, prove);
  let drawn: Room | null = null;
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
      const room = roomOf(state, key);
      const same = room?.status === drawn?.status && room?.otherHostKey === drawn?.otherHostKey;
      if (room === undefined || same) return;
      const { status } = room;
      drawn = room;
      clearTimeout(timer);
      const wanted = status.state === 'ended' && PASSPHRASE_WANTED.has(status.reason);
      // Another key in the place of the host's has a warning of its own.
      setHidden(element, status.state === 'here' || otherHostOf(room) !== null);
      element.dataset['state'] = status.state;
      setHidden(now, status.state !== 'waiting');
      setHidden(again, status.state !== 'ended' || wanted);
      setHidden(prove, !wanted);
      setHidden(countdown, status.state !== 'waiting');
      element.classList.toggle('wanted', status.state === 'ended' && status.reason === 'left');
      setText(reason, reasonOf(words, room));
      if (status.state === 'waiting') count(status.until);
    },
    end: () => clearTimeout(timer),
  };
}

function reasonOf(words: Strings, { status, own }: Room): string {
  switch (status.state) {
    case 'connecting':
      return words.status.connecting;
    case 'here':
      return '';
    case 'waiting':
      return words.error({ code: status.reason });
    case 'ended':
      return own && status.reason === 'left'
        ? words.status.youClosed
        : words.error({ code: status.reason });
  }
}
