import type { IconName } from '../icons.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';

/** A button that shows an icon and says its label to whoever cannot see it. */
export function iconButton(name: IconName, label: string, click: () => void): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click } },
    icon(name),
  );
}

/** A button with words and, if named, an icon before them. */
export function button(
  label: string,
  look: 'primary' | 'plain' | 'quiet' | 'danger',
  click: () => void,
  iconName?: IconName,
): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: `button ${look}`, on: { click } },
    iconName === undefined ? null : icon(iconName),
    h('span', {}, label),
  );
}
