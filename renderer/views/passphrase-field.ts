import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { suggestPassphrase } from '../suggest-passphrase.ts';

export interface PassphraseField {
  /** The field with its label and buttons. */
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
}

/**
 * A field for a passphrase that can be shown and hidden. One that `sets` the passphrase shows it,
 * since it is there to be told to others, and offers a strong one.
 */
export function passphraseField(words: Strings, sets: boolean): PassphraseField {
  const input = h('input', {
    id: 'passphrase',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    dir: 'auto',
  });
  const eye = h(
    'button',
    { type: 'button', class: 'icon-button', on: { click: () => show(input.type !== 'text') } },
    icon('eye'),
  );
  const suggest = h(
    'button',
    { type: 'button', class: 'text-button', on: { click: offer } },
    words.passphrase.suggest,
  );

  function show(shown: boolean): void {
    input.type = shown ? 'text' : 'password';
    eye.setAttribute('aria-pressed', String(shown));
  }

  function offer(): void {
    input.value = suggestPassphrase();
    show(true);
    input.focus();
    input.select();
  }

  eye.setAttribute('aria-label', words.passphrase.show);
  eye.title = words.passphrase.show;
  show(sets);
  const element = h(
    'div',
    { class: 'field passphrase-field' },
    h(
      'div',
      { class: 'field-head' },
      h('label', { class: 'label', for: input.id }, words.passphrase.label),
      sets ? suggest : null,
    ),
    h('div', { class: 'field-with-button' }, input, eye),
  );
  return { element, input };
}
