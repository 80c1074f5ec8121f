/** Where one types: Enter sends (O9), Shift+Enter breaks the line. */
import type { RoomKey } from '../../preload/contract.ts';
import type { Room } from '../room-state.ts';
import type { State } from '../state.ts';
import type { Strings } from '../strings/en.ts';
import type { Context, View } from './context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { roomOf } from '../state.ts';
import { parseCommand } from '../command.ts';
import { isComposing } from '../composing.ts';
import { createTypingSignal } from '../typing-signal.ts';

/** The count appears when fewer characters than this are left. */
const COUNT_FROM = 200;

/** How many lines the field grows to. */
const MAX_LINES = 6;

/** The composer of one room. */
export function createComposer(context: Context, key: RoomKey): View {
  const { store, bridge, words } = context;
  const limit = store.state.app?.limits.text ?? Infinity;
  const field = h('textarea', { rows: 1, dir: 'auto', enterkeyhint: 'send', id: 'composer' });
  const send = h(
    'button',
    {
      type: 'submit',
      class: 'send',
      'aria-label': words.composer.send,
      title: words.composer.send,
    },
    icon('send'),
  );
  const typing = h('p', { class: 'typing-line', 'aria-live': 'off' });
  const hint = h('p', { class: 'hint', id: 'composer-hint', role: 'status' });
  field.setAttribute('aria-describedby', hint.id);
  const element = h(
    'form',
    { class: 'composer' },
    h('div', { class: 'composer-lines' }, typing, hint),
    h('div', { class: 'composer-field' }, field, send),
  );
  const signal = createTypingSignal((on) => void bridge.call('typing', { key, on }));
  /** Why nothing can be sent now; null while it can. */
  let closed: string | null = null;

  function edited(): void {
    keepDraft(key, field.value);
    signal.typed(field.value !== '' && parseCommand(field.value).kind === 'say');
    // Where the platform does not size fields by their content, by their line breaks at least.
    if (!CSS.supports('field-sizing', 'content')) {
      field.rows = Math.min(MAX_LINES, field.value.split('\n').length);
    }
    check();
  }

  /** Shows how much is left, and whether this can be sent. */
  function check(): void {
    const text = field.value.trim();
    const left = limit - lengthOf(text, limit);
    element.classList.toggle('over', left < 0);
    if (closed !== null && text !== '') setText(hint, closed);
    else if (left < 0) setText(hint, words.composer.over(-left, limit));
    else setText(hint, left < COUNT_FROM ? words.composer.left(left) : '');
    send.disabled = closed !== null || text === '' || left < 0;
  }

  async function submit(): Promise<void> {
    const command = parseCommand(field.value);
    if (send.disabled) return;
    const typed = field.value;
    put('');
    signal.typed(false);
    if (command.kind === 'who') {
      const roster = roomOf(store.state, key)?.roster ?? [];
      setText(hint, words.composer.who(roster.map((member) => member.name)));
    } else if (command.kind === 'rename' && command.name === '') {
      store.dispatch({ type: 'open', dialog: { kind: 'rename', key } });
    } else {
      const reply =
        command.kind === 'rename'
          ? await bridge.call('rename', { key, name: command.name })
          : await bridge.call('say', { key, text: command.text });
      if (reply.ok) return;
      if (field.value === '') put(typed);
      setText(hint, words.error(reply.code, reply.sentence));
    }
  }

  function put(text: string): void {
    field.value = text;
    edited();
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  field.addEventListener('input', edited);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    void submit();
  });
  field.value = draftOf(key);
  check();

  return {
    element,
    draw(state: State) {
      const room = roomOf(state, key);
      if (room === undefined) return;
      const why = closedBecause(words, room);
      const placeholder = why ?? words.composer.placeholder(room.info.name);
      if (field.placeholder !== placeholder) field.placeholder = placeholder;
      field.setAttribute('aria-label', words.composer.label(room.info.name));
      const names = room.roster
        .filter(({ id }) => room.typing.includes(id))
        .map(({ name }) => name);
      setText(typing, names.length === 0 ? '' : words.composer.typing(names));
      if (why === closed) return;
      closed = why;
      check();
    },
    end: () => signal.typed(false),
  };
}

/** What is typed while a room waits goes out later; in one that has ended there is nobody to send it to. */
function closedBecause({ composer }: Strings, { status, own }: Room): string | null {
  if (status.state !== 'ended') return null;
  return own ? composer.closed : composer.ended;
}

/** Code points, as the room counts them; the cheap length settles almost every case. */
function lengthOf(text: string, limit: number): number {
  return text.length + COUNT_FROM < limit ? text.length : [...text].length;
}
