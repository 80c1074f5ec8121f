/** The whole window in one language: which parts there are, and when one takes another's place. */
import type { Dialog, State } from '../state.ts';
import type { Context, View } from './context.ts';
import { h } from '../dom.ts';
import { createConversation } from './conversation.ts';
import { createHome } from './home.ts';
import { createDialog } from './open-dialog.ts';
import { createRoster } from './roster.ts';
import { createSearch } from './search.ts';
import { createSidebar } from './sidebar.ts';
import { createTroubles } from './troubles.ts';
import { createWelcome } from './welcome.ts';

/** Builds the window; it is built anew when the language changes. */
export function createWindow(context: Context): View {
  const troubles = createTroubles(context);
  const stage = h('div', { class: 'stage' });
  const element = h('div', { class: 'window' }, troubles.element, stage);
  const middle = h('div', { class: 'middle' });
  const search = createSearch(context);
  let sidebar: View | null = null;
  let parts: readonly View[] = [];
  let scene: string | null = null;
  let dialog: { readonly of: Dialog; readonly view: ReturnType<typeof createDialog> } | null = null;

  function openDialog(of: Dialog): void {
    const view = createDialog(context, of);
    dialog = { of, view };
    element.append(view.element);
    view.element.addEventListener('close', () => {
      // Closed by the person; `closeDialog` has let go of it before it closes it.
      if (dialog?.of === of) context.store.dispatch({ type: 'close-dialog' });
    });
    view.element.showModal();
  }

  function closeDialog(): void {
    const closing = dialog;
    dialog = null;
    closing?.view.element.close();
    closing?.view.element.remove();
  }

  function changeScene(state: State): void {
    for (const part of parts) part.end?.();
    parts = partsOf(context, state);
    stage.dataset['scene'] = sceneOf(state);
    middle.replaceChildren(...parts.map((part) => part.element));
    if (state.settings.name === null) {
      sidebar = null;
      stage.replaceChildren(middle);
    } else if (sidebar === null) {
      sidebar = createSidebar(context);
      stage.replaceChildren(sidebar.element, middle, search.element);
    }
  }

  /** On a touch screen the focus would bring up the keyboard over the conversation. */
  function beginTyping(state: State): void {
    if (state.dialog === null && state.pane !== 'search' && matchMedia('(pointer: fine)').matches)
      focusComposer();
  }

  function focusComposer(): void {
    element.querySelector<HTMLElement>('#composer')?.focus();
  }

  return {
    element,
    draw(state) {
      const closed = dialog !== null && dialog.of !== state.dialog;
      if (closed) closeDialog();
      const next = sceneOf(state);
      const isAnother = next !== scene;
      scene = next;
      if (isAnother) changeScene(state);
      element.dataset['pane'] = state.pane;
      sidebar?.draw(state);
      search.draw(state);
      for (const part of parts) part.draw(state);
      // Not before all is drawn: what takes the focus is laid out.
      if (isAnother) beginTyping(state);
      troubles.draw(state);
      if (state.dialog !== null && dialog === null) openDialog(state.dialog);
      dialog?.view.draw(state);
      // The platform gives the focus back, unless what had it has gone.
      if (closed && document.activeElement === document.body) focusComposer();
    },
    end() {
      for (const part of parts) part.end?.();
      closeDialog();
    },
  };
}

function sceneOf(state: State): string {
  if (state.settings.name === null) return 'welcome';
  return state.shown === null ? 'home' : `room ${state.shown}`;
}

function partsOf(context: Context, state: State): readonly View[] {
  if (state.settings.name === null) return [createWelcome(context)];
  const { shown } = state;
  if (shown === null) return [createHome(context)];
  return [createConversation(context, shown), createRoster(context, shown)];
}
