/** One row of the chat log as an element. */
import type { RoomKey } from '../../preload/contract.ts';
import type { LogRow } from '../log-rows.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { badge, paint } from './badge.ts';
import { messageText } from './message-text.ts';

/** Builds the element of a row. Rows never change: a changed one is built again. */
export function logRow(context: Context, key: RoomKey, row: LogRow): HTMLElement {
  const { words, times } = context;
  switch (row.kind) {
    case 'day':
      return h('li', { class: 'day' }, h('span', {}, times.day(row.at)));
    case 'unread':
      return h('li', { class: 'unread-mark' }, h('span', {}, words.log.unreadFrom));
    case 'notice': {
      const text = words.notice(row.notice.what, (code) => words.error(code, ''));
      return h('li', { class: 'notice', title: times.full(row.notice.at), dir: 'auto' }, text);
    }
    case 'said':
      return said(context, row);
    case 'pending':
      return pending(context, key, row);
  }
}

function said({ times }: Context, row: Extract<LogRow, { kind: 'said' }>): HTMLElement {
  const { entry, own, head, tail } = row;
  const clock = h(
    'time',
    { datetime: new Date(entry.at).toISOString(), title: times.full(entry.at) },
    times.clock(entry.at),
  );
  const by = head
    ? h('header', { class: 'by' }, h('bdi', { class: 'name' }, entry.name), clock)
    : null;
  const bubble = h('div', { class: 'bubble' }, messageText(entry.text), head ? null : clock);
  const classes = ['said', own && 'own', head && 'head', tail && 'tail'];
  const element = h(
    'li',
    { class: classes.filter((name) => name !== false).join(' '), 'data-seq': entry.seq },
    own || !head ? null : badge(entry.name),
    by,
    bubble,
  );
  if (!own) paint(element, entry.name);
  return element;
}

function pending(
  { words, ask }: Context,
  key: RoomKey,
  { pending: { id, text, refused }, sending }: Extract<LogRow, { kind: 'pending' }>,
): HTMLElement {
  const bubble = h('div', { class: 'bubble' }, messageText(text));
  const drop = () => void ask('cancel', { key, id });
  if (refused === null) {
    return h(
      'li',
      { class: 'said own tail pending' },
      bubble,
      h(
        'p',
        { class: 'fate' },
        `${sending ? words.log.sending : words.log.waiting} `,
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
      `${words.log.refused} ${words.error(refused.code, refused.sentence)} `,
      h('button', { type: 'button', class: 'text-button', on: { click: retry } }, words.log.retry),
      h('button', { type: 'button', class: 'text-button', on: { click: drop } }, words.log.drop),
    ),
  );
}
