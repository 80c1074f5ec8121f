/** A menu that a button opens: the platform closes it by Escape or a click beside it. */
import type { IconName } from '../icons.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { roving } from '../roving.ts';
import { iconButton } from './buttons.ts';

export interface MenuItem {
  readonly label: string;
  /** What the item is about, drawn before it; a choice has a mark there. */
  readonly icon?: IconName;
  readonly danger?: boolean;
  /** Set for one of several of which one holds. */
  readonly chosen?: boolean;
  readonly choose: () => void;
}

export interface MenuGroup {
  /** Null where the items speak for themselves. */
  readonly title: string | null;
  readonly items: readonly MenuItem[];
}

export interface Menu {
  /** Where it opens: among what it belongs to. */
  readonly element: HTMLElement;
  /** A button that opens it; what it offers is asked for then. */
  button(label: string, offers: () => readonly MenuGroup[]): HTMLButtonElement;
}

/** How far from the edges of the window a menu stays, in px. */
const MARGIN = 8;

/** A menu for any number of buttons, of which one at a time has it open. */
export function createMenu(): Menu {
  const element = h('div', { class: 'menu', role: 'menu', popover: 'auto' });
  const stops = roving(element, '.menu-item', 'start');
  let opener: HTMLElement | null = null;

  function open(from: HTMLElement, label: string, groups: readonly MenuGroup[]): void {
    opener?.setAttribute('aria-expanded', 'false');
    opener = from;
    element.setAttribute('aria-label', label);
    element.replaceChildren(...groups.map(menuGroup));
    element.showPopover({ source: from });
    stops.settle();
    place(element, from.getBoundingClientRect());
    from.setAttribute('aria-expanded', 'true');
    stops.focus();
  }

  function menuGroup({ title, items }: MenuGroup): HTMLElement {
    return h(
      'div',
      { class: 'menu-group', role: 'group', 'aria-label': title },
      title === null ? null : h('p', { class: 'menu-title', 'aria-hidden': 'true' }, title),
      ...items.map(menuItem),
    );
  }

  function menuItem(item: MenuItem): HTMLElement {
    const { chosen, danger = false } = item;
    const mark = chosen === undefined ? item.icon : chosen ? 'check' : undefined;
    return h(
      'button',
      {
        type: 'button',
        class: danger ? 'menu-item danger' : 'menu-item',
        role: chosen === undefined ? 'menuitem' : 'menuitemradio',
        'aria-checked': chosen === undefined ? null : String(chosen),
        tabindex: -1,
        on: {
          click() {
            // The focus is back where it was before anything else can take it.
            element.hidePopover();
            item.choose();
          },
        },
      },
      mark === undefined ? h('span', { class: 'icon' }) : icon(mark),
      h('span', {}, item.label),
    );
  }

  element.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') opener?.setAttribute('aria-expanded', 'false');
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') element.hidePopover();
  });

  return {
    element,
    button(label, offers) {
      const click = () => {
        if (opener === button && element.matches(':popover-open')) element.hidePopover();
        else open(button, label, offers());
      };
      const button = iconButton('more', label, click);
      button.setAttribute('aria-haspopup', 'menu');
      button.setAttribute('aria-expanded', 'false');
      return button;
    },
  };
}

/** Below the button where there is room, else above it; never out of the window. */
function place(menu: HTMLElement, from: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + height + MARGIN <= window.innerHeight;
  const top = below ? from.bottom : Math.max(MARGIN, from.top - height);
  const furthest = window.innerWidth - width - MARGIN;
  const left = Math.max(MARGIN, Math.min(from.right - width, furthest));
  menu.style.setProperty('top', `${top}px`);
  menu.style.setProperty('left', `${left}px`);
}
