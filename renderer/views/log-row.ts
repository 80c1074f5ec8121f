/** One row of the chat log as an element. */
import type { RoomKey } from '../../main/model/room.ts';
import type { Act, LogRow, Said, SaidRow } from '../log-rows.ts';
import type { Context } from './context.ts';
import type { Menu } from './menu.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { sameSaid } from '../log-rows.ts';
import { sentence } from '../sentence.ts';
import { paint, portrait } from './badge.ts';
import { messageText } from './message-text.ts';
import { noticeSentence, actSentence, nameButton } from './people-in-log.ts';

/** How far an author's clock may be from the room's before it is told, in ms. */
const CLOCKS_APART_MS = 10 * 60_000;

/** Builds the element of a row; `menu` is the one the buttons of messages open. */
export function logRow(context: Context, key: RoomKey, menu: Menu, row: LogRow): HTMLElement {
  const { words, times } = context;
  switch (row.kind) {
    case 'day':
      return h('li', { class: 'day' }, h('span', {}, times.day(row.at)));
    case 'unread':
      return h('li', { class: 'unread-mark' }, h('span', {}, words.log.unreadFrom));
    case 'notice':
      return h(
        'li',
        { class: 'notice', title: times.full(row.notice.at) },
        ...noticeSentence(context, row.notice.what),
      );
    case 'act':
      return act(context, key, row.entry);
    case 'said':
      return said(context, key, menu, row);
    case 'pending':
      return pending(context, key, row);
  }
}

/** Where only the end of a group has moved, the row stays; false when it has to be built again. */
export function moveTail(element: HTMLElement, row: LogRow, before: LogRow): boolean {
  if (row.kind !== 'said' || before.kind !== 'said' || !sameSaid(before, row)) return false;
  element.classList.toggle('tail', row.tail);
  return true;
}

function said(context: Context, key: RoomKey, menu: Menu, row: SaidRow): HTMLElement {
  const { entry, own, head, tail } = row;
  const clock = time(context, entry.at);
  const by = head
    ? h('header', { class: 'by' }, nameButton(context, key, entry.from, entry.name), clock)
    : null;
  const bubble = h(
    'div',
    { class: 'bubble' },
    ...quote(context, entry),
    ...saidText(context, entry),
    head ? null : clock,
    ...marks(context, entry),
    row.menu ? messageMenu(context, key, menu, entry) : null,
  );
  const classes = [
    'said',
    own && 'own',
    head && 'head',
    tail && 'tail',
    entry.redacted === true && 'redacted',
    entry.doubt !== undefined && 'doubtful',
    row.menu && 'has-menu',
  ];
  const element = h(
    'li',
    { class: classes.filter((name) => name !== false).join(' '), 'data-seq': entry.seq },
    own || !head ? null : portrait(entry.from),
    by,
    bubble,
    ...remarks(context, entry),
  );
  if (!own) paint(element, entry.from);
  return element;
}

/** What the message says, or what became of it. */
function saidText({ words }: Context, entry: Said): readonly HTMLElement[] {
  if (entry.redacted === true) return [h('p', { class: 'text' }, words.log.redacted)];
  if (entry.unknown === true) {
    return [h('p', { class: 'text unknown', dir: 'auto' }, words.log.unknown(entry.text))];
  }
  return messageText(words, entry.text);
}

/** The beginning of what it answers. */
function quote({ words }: Context, { answers }: Said): readonly HTMLElement[] {
  if (answers === undefined) return [];
  return [
    h(
      'blockquote',
      { class: 'quote' },
      h('p', { class: 'quote-by', dir: 'auto' }, words.log.answers(answers.name)),
      h('p', { class: 'quote-text', dir: 'auto' }, answers.text),
    ),
  ];
}

/** What was done to it: that it was edited or pinned, and what people feel about it. */
function marks({ words, times }: Context, entry: Said): readonly HTMLElement[] {
  const { editedAt, pinned, reactions = [] } = entry;
  const found: HTMLElement[] = [];
  if (editedAt !== undefined) {
    found.push(h('span', { class: 'mark', title: times.full(editedAt) }, words.log.edited));
  }
  if (pinned === true) found.push(h('span', { class: 'mark' }, words.log.pinned));
  if (reactions.length > 0) {
    const each = reactions.map(({ emoji, names }) =>
      h('li', { title: names.join(', ') }, `${emoji} ${names.length}`),
    );
    found.push(h('ul', { class: 'reactions' }, ...each));
  }
  return found;
}

function act(context: Context, key: RoomKey, entry: Act): HTMLElement {
  return h(
    'li',
    { class: 'notice act', 'data-seq': entry.seq, title: context.times.full(entry.at) },
    h('p', {}, ...actSentence(context, entry, (id, name) => nameButton(context, key, id, name))),
    ...remarks(context, entry),
  );
}

function time({ times }: Context, at: number): HTMLElement {
  return h('time', { datetime: times.stamp(at), title: times.full(at) }, times.clock(at));
}

function messageMenu(
  { words, store }: Context,
  key: RoomKey,
  menu: Menu,
  { id, from, name }: Said,
): HTMLElement {
  const more = menu.button(words.log.more, () => [
    {
      title: null,
      items: [
        {
          label: words.log.remove,
          icon: 'forget',
          danger: true,
          choose: () => store.dispatch({ type: 'open', dialog: { kind: 'redact', key, id } }),
        },
        {
          label: words.member.about,
          icon: 'people',
          choose: () =>
            store.dispatch({ type: 'open', dialog: { kind: 'member', key, id: from, name } }),
        },
      ],
    },
  ]);
  more.classList.add('row-more', 'row-control');
  more.tabIndex = -1;
  return more;
}

/** What this device has to say about an entry: that it may not be genuine, or when it was written. */
function remarks({ words, times }: Context, entry: Said | Act): readonly HTMLElement[] {
  const { doubt, written, at, name } = entry;
  const found: HTMLElement[] = [];
  if (doubt !== undefined) {
    const why = sentence((put) => words.log.doubt(doubt, put(name)));
    found.push(h('p', { class: 'doubt' }, icon('warning'), h('span', {}, ...why)));
  }
  if (Math.abs(written - at) > CLOCKS_APART_MS) {
    const when = words.log.written(times.beside(written, at));
    found.push(h('p', { class: 'written', title: times.full(written) }, when));
  }
  return found;
}

function pending(
  { words, ask }: Context,
  key: RoomKey,
  { pending: { id, text, refused }, fate }: Extract<LogRow, { kind: 'pending' }>,
): HTMLElement {
  const bubble = h('div', { class: 'bubble' }, ...messageText(words, text));
  const drop = () => void ask('cancel', { key, id });
  if (refused === null) {
    return h(
      'li',
      { class: 'said own tail pending' },
      bubble,
      h(
        'p',
        { class: 'fate' },
        `${words.log.fates[fate]} `,
        h(
          'button',
          { type: 'button', class: 'text-button', on: { click: drop } },
          words.log.cancel,
        ),
      ),
    );
  }
  const retry = () => void ask('retry', { key, id });
  return h(
    'li',
    { class: 'said own tail refused' },
    bubble,
    h(
      'p',
      { class: 'fate', role: 'alert' },
      `${words.log.refused} ${words.error(refused)} `,
      h('button', { type: 'button', class: 'text-button', on: { click: retry } }, words.log.retry),
      h('button', { type: 'button', class: 'text-button', on: { click: drop } }, words.log.drop),
    ),
  );
}
