/** Makes an invitation to a closed room, and shows its link: this once and never again. */
import type { InviteLifetime } from '../../main/model/hosting.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { h } from '../dom.ts';
import { labelled } from './dialog.ts';
import { linkCard } from './link-card.ts';

const LIFETIMES: readonly InviteLifetime[] = ['five-minutes', 'day', 'until-revoked'];

/** How many people one may let in; null for any number. */
const USES = [1, 10, null];

/** The form; `made` is called after each invitation. */
export function inviteForm(context: Context, key: RoomKey, made: () => void): HTMLElement {
  const { bridge, words } = context;
  const lifetime = h(
    'select',
    { id: 'invite-lifetime', autofocus: true },
    ...LIFETIMES.map((choice) => h('option', { value: choice }, words.invite.lifetimes[choice])),
  );
  lifetime.value = 'day';
  const uses = h(
    'select',
    { id: 'invite-uses' },
    ...USES.map((most) => h('option', { value: most ?? '' }, words.invite.uses(most))),
  );
  const refusal = h('p', { class: 'refusal', role: 'alert' });
  const go = h(
    'button',
    { type: 'submit', class: 'button primary' },
    h('span', {}, words.invite.create),
  );
  const result = h('div', { class: 'invite-made', role: 'group', tabindex: -1, hidden: true });
  result.setAttribute('aria-label', words.invite.made);
  const form = h(
    'form',
    { class: 'invite-form' },
    labelled(words.invite.lifetime, lifetime),
    labelled(words.invite.howMany, uses),
    go,
    refusal,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void create();
  });

  async function create(): Promise<void> {
    if (go.disabled) return;
    go.disabled = true;
    const reply = await bridge.call('createInvite', {
      key,
      lifetime: LIFETIMES[lifetime.selectedIndex] ?? 'five-minutes',
      maxUses: USES[uses.selectedIndex] ?? null,
    });
    go.disabled = false;
    refusal.textContent = reply.ok ? '' : words.error(reply);
    if (!reply.ok) return;
    result.replaceChildren(
      h('p', {}, words.invite.once),
      linkCard(context, reply.value.link, words.invite.invitation),
    );
    result.hidden = false;
    result.focus();
    made();
  }

  return h('section', { class: 'inviting' }, form, result);
}
