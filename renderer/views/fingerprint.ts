import type { MemberId } from '../../main/model/member.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { keyPicture } from './key-picture.ts';

/** A key as two people compare it: its picture and its six words, which come in a moment. */
export function fingerprint({ ask, words }: Context, id: MemberId): HTMLElement {
  // The words are English in every language, so that all see the same.
  const list = h('ol', {
    class: 'fingerprint-words',
    lang: 'en',
    translate: 'no',
    'aria-label': words.identity.words,
  });
  void tell();

  async function tell(): Promise<void> {
    const told = await ask('fingerprint', { id });
    list.append(...(told?.words ?? []).map((word) => h('li', {}, word)));
  }

  return h('div', { class: 'fingerprint' }, keyPicture(id), list);
}
