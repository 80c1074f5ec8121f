/** What this device remembers about its person. Every change counts at once. */
import type { MemberId } from '../../main/model/member.ts';
import type { Settings } from '../../main/model/settings.ts';
import type { Context } from './context.ts';
import { h, setText } from '../dom.ts';
import { button } from './buttons.ts';
import { labelled, plainDialog } from './dialog.ts';
import { fingerprint } from './fingerprint.ts';

/** The settings. */
export function createSettingsDialog(context: Context) {
  const { store, words, ask, ownNotifications } = context;
  const { settings, app } = store.state;
  const language = select('language', words.settings.languages, settings.language, (chosen) =>
    ask('changeSettings', { language: chosen }),
  );
  const theme = select('theme', words.settings.themes, settings.theme, (chosen) =>
    ask('changeSettings', { theme: chosen }),
  );
  const permission = h('div', { class: 'permission' });
  const notifications = select(
    'notifications',
    words.settings.levels,
    settings.notifications,
    async (chosen) => {
      await ask('changeSettings', { notifications: chosen });
      if (chosen !== 'off' && !ownNotifications) await askPermission();
      showPermission(chosen);
    },
  );

  /** What stands between the level chosen and a page that may show notifications. */
  function showPermission(level: Settings['notifications']): void {
    const missing = level === 'off' || ownNotifications ? 'granted' : permissionOfPage();
    const allow = button(words.settings.allow, 'plain', () => {
      void askPermission().then(() => showPermission(level));
    });
    const blocked = h('p', { class: 'refusal' }, words.settings.blocked);
    permission.replaceChildren(
      ...(missing === 'default' ? [allow] : []),
      ...(missing === 'denied' ? [blocked] : []),
    );
  }
  showPermission(settings.notifications);

  return plainDialog(
    context,
    words.settings.title,
    null,
    nameForm(context, settings),
    labelled(words.settings.language, language),
    labelled(words.settings.theme, theme),
    labelled(words.settings.notifications, notifications),
    permission,
    ...(app === null ? [] : [aboutYou(context, app.you)]),
    h('p', { class: 'version' }, words.settings.version(app?.version ?? '')),
  );
}

function aboutYou(context: Context, you: MemberId): HTMLElement {
  const { words } = context;
  return h(
    'section',
    { class: 'about-you' },
    h('h3', {}, words.identity.title),
    fingerprint(context, you),
    h('p', { class: 'field-hint' }, words.identity.text),
  );
}

function nameForm({ bridge, words }: Context, settings: Settings): HTMLElement {
  const field = h('input', {
    id: 'settings-name',
    dir: 'auto',
    'aria-describedby': 'settings-refusal',
  });
  field.value = settings.name ?? '';
  const save = h(
    'button',
    { type: 'submit', class: 'button plain' },
    h('span', {}, words.settings.saveName),
  );
  const said = h('p', { class: 'refusal', id: 'settings-refusal', role: 'status' });
  const form = h(
    'form',
    { class: 'name-form' },
    labelled(words.settings.name, field),
    save,
    said,
    h('p', { class: 'field-hint' }, words.settings.nameHint),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void saveName();
  });

  async function saveName(): Promise<void> {
    const reply = await bridge.call('setName', { name: field.value });
    said.classList.toggle('good', reply.ok);
    setText(said, reply.ok ? words.settings.saved : words.error(reply));
  }
  return form;
}

function select<Choice extends string>(
  id: string,
  options: Readonly<Record<Choice, string>>,
  chosen: Choice,
  choose: (choice: Choice) => Promise<unknown>,
): HTMLSelectElement {
  const choices = Object.keys(options).filter((choice): choice is Choice => choice in options);
  const element = h(
    'select',
    // The id brings the focus back when a change of language redraws everything.
    { id: `settings-${id}` },
    ...choices.map((choice) => h('option', { value: choice }, options[choice])),
  );
  element.value = chosen;
  element.addEventListener('change', () => {
    const choice = choices[element.selectedIndex];
    if (choice !== undefined) void choose(choice);
  });
  return element;
}

function permissionOfPage(): NotificationPermission {
  return 'Notification' in window ? Notification.permission : 'denied';
}

/** Asks the browser, which asks the person; this must come from something they did. */
async function askPermission(): Promise<void> {
  if ('Notification' in window) await Notification.requestPermission();
}
