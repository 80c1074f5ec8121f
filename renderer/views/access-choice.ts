/** Who may come into a room: one of three, and with one of them the passphrase. */
import type { Problem } from '../../main/model/error-codes.ts';
import type { Access } from '../../main/model/accesses.ts';
import type { Strings } from '../strings/en.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { passphraseField } from './passphrase-field.ts';

const ICONS = { open: 'people', passphrase: 'key', invite: 'ticket' } as const;

/** The three, the widest first. */
const CHOICES: readonly Access[] = ['open', 'passphrase', 'invite'];

export interface Chosen {
  readonly access: Access;
  readonly passphrase?: string;
}

export interface AccessChoice {
  readonly element: HTMLElement;
  readonly passphrase: HTMLInputElement;
  /** What is chosen, or why that is not enough. */
  chosen(): { readonly value: Chosen } | { readonly refusal: Problem };
}

/** The choice, with `now` chosen. `most` characters are a passphrase at most. */
export function accessChoice(words: Strings, now: Access, most: number): AccessChoice {
  const field = passphraseField(words, true);
  const radios = CHOICES.map((access) => {
    const input = h('input', { type: 'radio', name: 'access', value: access });
    input.checked = access === now;
    input.addEventListener('change', changed);
    return { access, input };
  });
  const current = () => radios.find(({ input }) => input.checked)?.access ?? now;

  function changed(): void {
    field.element.hidden = current() !== 'passphrase';
  }

  const element = h(
    'fieldset',
    { class: 'access-choice' },
    h('legend', { class: 'label' }, words.access.title),
    ...radios.flatMap(({ access, input }) => {
      const option = h(
        'label',
        { class: 'access' },
        input,
        icon(ICONS[access]),
        h('span', { class: 'access-name' }, words.access.names[access]),
        h('span', { class: 'field-hint' }, words.access.hints[access]),
      );
      return access === 'passphrase' ? [option, field.element] : [option];
    }),
  );
  changed();
  return {
    element,
    passphrase: field.input,
    chosen() {
      const access = current();
      if (access !== 'passphrase') return { value: { access } };
      const passphrase = field.input.value;
      const refusal = passphraseRefusal(passphrase, most);
      return refusal === null ? { value: { access, passphrase } } : { refusal };
    },
  };
}

/** Why this is no passphrase, told before anybody is asked; null when it may be one. */
export function passphraseRefusal(passphrase: string, most: number): Problem | null {
  const { length } = [...passphrase.normalize('NFKC').trim()];
  if (length === 0) return { code: 'passphrase-empty' };
  return length > most ? { code: 'passphrase-too-long' } : null;
}
