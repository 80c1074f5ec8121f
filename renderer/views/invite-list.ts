/** The invitations to a room and what became of them. */
import type { Invite } from '../../main/model/hosting.ts';
import type { RoomKey } from '../../main/model/room.ts';
import type { Context } from './context.ts';
import { h, keyedRows } from '../dom.ts';
import { button } from './buttons.ts';

export interface InviteList {
  readonly element: HTMLElement;
  /** Asks for the list again: one was made or used. */
  refresh(): void;
  end(): void;
}

/** The longest a timer may run, in ms. */
const LONGEST_WAIT = 24 * 60 * 60_000;

/** The list; one that runs out while it is looked at changes by itself. */
export function inviteList(context: Context, key: RoomKey): InviteList {
  const { ask, words } = context;
  const list = h('ul', { class: 'invites' });
  const element = h('section', { hidden: true }, h('h3', {}, words.invite.list), list);
  const show = keyedRows<Invite>(list, {
    key: ({ id }) => id,
    create: (invite) => inviteRow(context, invite, () => void revoke(invite.id)),
    same: (before, invite) => before.state === invite.state && before.uses === invite.uses,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  async function refresh(): Promise<void> {
    const told = await ask('invites', { key });
    if (told === null || ended) return;
    show(told.invites);
    element.hidden = told.invites.length === 0;
    clearTimeout(timer);
    const next = Math.min(...told.invites.map(expiry));
    const wait = next - Date.now();
    if (next !== Infinity) timer = setTimeout(again, Math.min(Math.max(wait, 1_000), LONGEST_WAIT));
  }

  function again(): void {
    void refresh();
  }

  async function revoke(id: string): Promise<void> {
    await ask('revokeInvite', { key, id });
    await refresh();
  }

  return {
    element,
    refresh: again,
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

function expiry({ state, expiresAt }: Invite): number {
  return state === 'valid' ? (expiresAt ?? Infinity) : Infinity;
}

function inviteRow({ words, times }: Context, invite: Invite, revoke: () => void): HTMLElement {
  const { state, expiresAt, uses, maxUses, createdAt } = invite;
  const valid = state === 'valid';
  const until = expiresAt === null ? null : times.moment(expiresAt);
  const what = valid ? words.invite.valid(until) : words.invite.states[state];
  const made = words.invite.madeAt(times.moment(createdAt));
  const end = button(words.invite.revoke, 'plain', revoke);
  end.setAttribute('aria-label', words.invite.revokeOf(made));
  return h(
    'li',
    { class: valid ? 'invite-row' : 'invite-row over' },
    h(
      'div',
      {},
      h('span', { class: 'invite-state' }, what),
      h('span', { class: 'field-hint' }, `${words.invite.used(uses, maxUses)} · ${made}`),
    ),
    valid ? end : null,
  );
}
