import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';

/** How long "Copied" stays, in ms. */
const COPIED_MS = 2_000;

/** Something to pass on, under its label, with a button that copies it. */
export function copyRow(words: Strings, label: string, value: string): HTMLElement {
  const text = h('span', {}, words.room.copy);
  const copy = h(
    'button',
    {
      type: 'button',
      class: 'button plain',
      'aria-label': words.room.copyOf(value),
      on: { click },
    },
    text,
  );
  const code = h('code', { tabindex: 0 }, value);
  function click(): void {
    navigator.clipboard.writeText(value).then(copied, () => {
      // Where the clipboard is closed to pages, the text is at least marked for copying by hand.
      getSelection()?.selectAllChildren(code);
    });
  }
  function copied(): void {
    text.textContent = words.room.copied;
    setTimeout(() => (text.textContent = words.room.copy), COPIED_MS);
  }
  return h('li', {}, h('span', { class: 'label' }, label), code, copy);
}
