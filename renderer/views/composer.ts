/** Where one types: Enter sends (O9), Shift+Enter breaks the line. */
import { canBeSeen } from '../../main/protocol/visible.ts';
import type { Member } from '../../main/model/member.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Room } from '../room-state.ts';
import type { State } from '../state.ts';
import type { Strings } from '../strings/en.ts';
import type { Context, View } from './context.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../sentence.ts';
import { ownRole } from '../standing.ts';
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
  /** Who is typing, as it is shown. */
  let typers = '';
  /** What there is to know while nothing else is to be told. */
  let standing = '';

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
    const nothing = !canBeSeen(text);
    const left = limit - lengthOf(text, limit);
    element.classList.toggle('over', left < 0);
    if (closed !== null && !nothing) setText(hint, closed);
    else if (left < 0) setText(hint, words.composer.over(-left, limit));
    else setText(hint, left < COUNT_FROM ? words.composer.left(left) : standing);
    send.disabled = closed !== null || nothing || left < 0;
  }

  async function submit(): Promise<void> {
    const command = parseCommand(field.value);
    if (send.disabled) return;
    const typed = field.value;
    put('');
    signal.typed(false);
    if (command.kind === 'who') {
      const roster = roomOf(store.state, key)?.roster ?? [];
      const names = roster.map((member) => member.name);
      hint.replaceChildren(...sentence((part) => words.composer.who(names.map(part))));
    } else if (command.kind === 'rename' && command.name === '') {
      store.dispatch({ type: 'open', dialog: { kind: 'rename', key } });
    } else {
      const reply =
        command.kind === 'rename'
          ? await bridge.call('rename', { key, name: command.name })
          : await bridge.call('say', { key, text: command.text });
      if (reply.ok) return;
      if (field.value === '') put(typed);
      setText(hint, words.error(reply));
    }
  }

  function put(text: string): void {
    field.value = text;
    edited();
  }

  function showTyping(room: Room): void {
    const names = room.roster.filter(({ id }) => room.typing.includes(id)).map(({ name }) => name);
    const now = names.join('\n');
    if (now === typers) return;
    typers = now;
    typing.replaceChildren(
      ...(names.length === 0 ? [] : sentence((part) => words.composer.typing(names.map(part)))),
    );
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
      showTyping(room);
      const slow = slowMode(words, room);
      if (why === closed && slow === standing) return;
      closed = why;
      standing = slow;
      // One may still read and take away what one had written.
      field.readOnly = ownMember(room)?.muted === true;
      check();
    },
    end: () => signal.typed(false),
  };
}

/** What is typed while a room waits goes out later; in one that has ended there is nobody to send it to. */
function closedBecause({ composer }: Strings, room: Room): string | null {
  if (room.status.state === 'ended') return room.own ? composer.closed : composer.ended;
  return ownMember(room)?.muted === true ? composer.muted : null;
}

/** Those who look after a room need not wait for their turn. */
function slowMode({ composer, seconds }: Strings, room: Room): string {
  const { slowSeconds } = room.info;
  const waits = ownRole(room) === 'member' && ownMember(room)?.muted === false;
  return slowSeconds > 0 && waits ? composer.slow(seconds(slowSeconds)) : '';
}

function ownMember({ roster, you }: Room): Member | undefined {
  return roster.find((member) => member.id === you);
}

/** Code points, as the room counts them; the cheap length settles almost every case. */
function lengthOf(text: string, limit: number): number {
  return text.length + COUNT_FROM < limit ? text.length : [...text].length;
}
