/** What all dialogs share: the native element, a title, a form, a place for the refusal. */
import type { ErrorCode, Problem } from '../../main/model/error-codes.ts';
import type { Context, View } from './context.ts';
import { h, setText } from '../dom.ts';
import { button, iconButton } from './buttons.ts';

/** Refusals that say more than that a word was wrong: somebody may be posing as the room. */
const GRAVE: ReadonlySet<ErrorCode> = new Set([
  'host-key-changed',
  'host-not-proven',
  'wrong-host',
]);

export interface DialogForm {
  readonly title: string;
  readonly text: string;
  readonly fields: readonly HTMLElement[];
  /** What the button that does it is called. */
  readonly go: string;
  readonly look: 'primary' | 'danger';
  readonly cancel?: string;
  /** The field a refusal is about, for one beside which it is told; otherwise it stands at the end. */
  readonly fieldOf?: (code: ErrorCode) => HTMLInputElement | null;
  /** Does it; null means done, and the dialog closes. */
  submit(): Promise<Problem | null>;
}

/** A dialog that asks something and does it, or says in place why not. */
export function formDialog(
  context: Context,
  form: DialogForm,
): View & { element: HTMLDialogElement } {
  const { store, words } = context;
  const opened = store.state.dialog;
  const refusal = h('p', { class: 'refusal', id: 'refusal', role: 'alert' });
  const go = h('button', { type: 'submit', class: `button ${form.look}` }, h('span', {}, form.go));
  const cancel = button(form.cancel ?? words.app.cancel, 'quiet', () =>
    store.dispatch({ type: 'close-dialog' }),
  );
  const actions = h('div', { class: 'dialog-actions' }, cancel, go);
  const element = h('form', { class: 'dialog-form' }, ...form.fields, refusal, actions);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });

  async function submit(): Promise<void> {
    if (go.disabled) return;
    go.disabled = true;
    setText(refusal, '');
    for (const input of element.querySelectorAll('[aria-invalid]'))
      input.removeAttribute('aria-invalid');
    let refused;
    try {
      refused = await form.submit();
    } finally {
      go.disabled = false;
    }
    if (refused !== null) tell(refused);
    // What it did may have opened another dialog.
    else if (store.state.dialog === opened) store.dispatch({ type: 'close-dialog' });
  }

  function tell(problem: Problem): void {
    const { code } = problem;
    const field = form.fieldOf?.(code) ?? null;
    const place = field?.closest('.field');
    if (place) place.after(refusal);
    else actions.before(refusal);
    setText(refusal, words.error(problem));
    refusal.classList.toggle('grave', GRAVE.has(code));
    const input = field ?? element.querySelector('input');
    const folded = input?.closest('details');
    if (folded) folded.open = true;
    input?.setAttribute('aria-invalid', 'true');
    input?.setAttribute('aria-describedby', refusal.id);
    input?.focus();
    input?.select();
  }

  return plainDialog(context, form.title, form.text, element);
}

/** A dialog with a title and a way out; the platform keeps the focus in and gives it back. */
export function plainDialog(
  { words, store }: Context,
  title: string,
  text: string | null,
  ...content: readonly HTMLElement[]
): View & { element: HTMLDialogElement } {
  const element = h(
    'dialog',
    // A click beside it closes it, as Escape does.
    { class: 'dialog', 'aria-labelledby': 'dialog-title', closedby: 'any' },
    h('span', { class: 'slot', 'aria-hidden': 'true' }),
    h(
      'header',
      { class: 'dialog-head' },
      h('h2', { id: 'dialog-title', dir: 'auto' }, title),
      iconButton('close', words.app.close, () => store.dispatch({ type: 'close-dialog' })),
    ),
    text === null ? null : h('p', { class: 'dialog-text' }, text),
    ...content,
  );
  return { element, draw: () => undefined };
}

/** An input under its label. */
export function labelled(label: string, field: HTMLElement, hint?: string): HTMLElement {
  return h(
    'label',
    { class: 'field' },
    h('span', { class: 'label' }, label),
    field,
    hint === undefined ? null : h('span', { class: 'field-hint' }, hint),
  );
}
