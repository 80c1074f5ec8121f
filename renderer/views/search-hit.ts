import type { Said } from '../log-rows.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { excerpt } from '../excerpt.ts';

export interface HitOptions {
  readonly id: string;
  readonly query: string;
  /** The room's name where hits of several rooms stand together. */
  readonly room: string | null;
  readonly choose: () => void;
}

/** A message that was found: by whom, when, and the words around the match. */
export function searchHit(
  { times }: Context,
  entry: Said,
  { id, query, room, choose }: HitOptions,
): HTMLElement {
  const at = h(
    'time',
    { datetime: times.stamp(entry.at), title: times.full(entry.at) },
    times.brief(entry.at),
  );
  const pieces = excerpt(entry.text, query).map(({ text, found }) =>
    found ? h('mark', {}, text) : text,
  );
  return h(
    'li',
    { class: 'hit', id, role: 'option', 'aria-selected': 'false', on: { click: choose } },
    h('p', { class: 'hit-by' }, h('bdi', { class: 'name' }, entry.name), at),
    room === null ? null : h('p', { class: 'hit-room', dir: 'auto' }, room),
    h('p', { class: 'hit-text', dir: 'auto' }, ...pieces),
  );
}
