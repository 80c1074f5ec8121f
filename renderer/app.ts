/** The window's composition: bridge, state, the views in the chosen language, and what lies outside them. */
import type { BridgeEvent, CallName, CallReply, Calls } from '../preload/contract.ts';
import type { ShellState, State } from './state.ts';
import type { Strings } from './strings/en.ts';
import type { View } from './views/context.ts';
import { isSeen, watchSeen } from './attention.ts';
import { connectBridge } from './bridge.ts';
import { h } from './dom.ts';
import { createFrames } from './frames.ts';
import { watchKeys } from './keys.ts';
import { showNotification } from './notify.ts';
import { forget, recall, remember } from './page-memory.ts';
import { initialState, roomOf } from './state.ts';
import { stillCaret } from './still-caret.ts';
import { createStore } from './store.ts';
import { chooseStrings } from './strings/choose.ts';
import { createTimes } from './times.ts';
import { createWindow } from './views/window.ts';
import { watchMishaps } from './mishaps.ts';

/** Where the page remembers over a reload which room it showed. */
const SHOWN = 'shown';

const store = createStore(initialState(recall(SHOWN)));
const { bridge, ownNotifications } = connectBridge((shell) =>
  store.dispatch({ type: 'shell', shell }),
);
const frames = createFrames(draw);
let words: Strings | null = null;
let view: View | null = null;

async function ask<Name extends CallName>(
  name: Name,
  args: Calls[Name]['args'],
): Promise<Calls[Name]['result'] | null> {
  const reply: CallReply<Name> = await bridge.call(name, args);
  if (reply.ok) return reply.value;
  const { ok: _, ...trouble } = reply;
  store.dispatch({ type: 'trouble', trouble });
  return null;
}

/** Builds the window anew when the language has changed, and brings it in step. */
function draw(): void {
  const { state } = store;
  if (state.app === null) {
    if (state.shell !== 'connected') sayLost(state.shell);
    return;
  }
  const chosen = chooseStrings(state.settings.language, state.app.locale);
  const isAnother = chosen !== words;
  const focused = document.activeElement?.id ?? '';
  if (view === null || isAnother) {
    words = chosen;
    view?.end?.();
    view = newWindow(chosen);
    document.body.replaceChildren(view.element);
  }
  view.draw(state);
  if (isAnother && focused !== '') document.getElementById(focused)?.focus();
  dressPage(state, chosen);
}

/** The page is there and what it is the page of is not: the least one can say. */
function sayLost(shell: Exclude<ShellState, 'connected'>): void {
  const text = chooseStrings('system', navigator.language).shell[shell];
  document.body.replaceChildren(h('p', { class: 'trouble shell', role: 'alert' }, text));
}

function newWindow(chosen: Strings): View {
  return createWindow({
    store,
    bridge,
    ask,
    ownNotifications,
    words: chosen,
    times: createTimes(chosen, Date.now),
  });
}

/** What of the page lies outside the views: its language, theme and title. */
function dressPage({ settings, rooms, shown }: State, { locale, app }: Strings): void {
  const page = document.documentElement;
  // What says the same again would still have every element's style looked up anew.
  if (page.lang !== locale) page.lang = locale;
  if (page.dataset['theme'] !== settings.theme) page.dataset['theme'] = settings.theme;
  const unread = rooms.reduce((sum, room) => sum + room.unread.count, 0);
  const name = rooms.find((room) => room.key === shown)?.info.name ?? null;
  const title = app.title(unread, name);
  if (document.title !== title) document.title = title;
}

let remembered = store.state.shown;

/** Until the first snapshot it is not known which rooms there are. */
function rememberShown(): void {
  const { app, shown } = store.state;
  if (app === null || shown === remembered) return;
  remembered = shown;
  if (shown === null) forget(SHOWN);
  else remember(SHOWN, shown);
}

let attended = '';

/** Tells the shell what the person can see, whenever that changes. */
function attend(): void {
  const { shown, app } = store.state;
  if (app === null) return;
  const args = { visible: isSeen(), key: shown };
  const now = JSON.stringify(args);
  if (now === attended) return;
  attended = now;
  void bridge.call('attend', args);
}

function receive(event: BridgeEvent): void {
  store.dispatch(event);
  if (event.type === 'snapshot') {
    // A shell that has just come back knows nothing of this window.
    attended = '';
    attend();
  }
  if (event.type === 'notification' && roomOf(store.state, event.key) !== undefined) {
    showNotification(event, () => store.dispatch({ type: 'show', key: event.key }));
  }
}

/** What the person does is answered at once; what comes from others, once a frame. */
const OWN: ReadonlySet<string> = new Set([
  'show',
  'pane',
  'search',
  'seek',
  'open',
  'close-dialog',
  'command',
]);

store.subscribe((event) => {
  rememberShown();
  attend();
  if (OWN.has(event.type)) frames.now();
  else frames.request();
});
watchSeen(() => {
  attend();
  frames.now();
});
watchKeys(store);
stillCaret();
watchMishaps((trouble) => store.dispatch({ type: 'trouble', trouble }));
bridge.subscribe(receive);
