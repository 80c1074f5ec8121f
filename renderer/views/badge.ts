import { h } from '../dom.ts';
import { initial, personColour } from '../person.ts';

/** A person's badge: the first letter of their name in the colour of their name. */
export function badge(name: string): HTMLElement {
  const element = h('span', { class: 'badge', 'aria-hidden': 'true' }, initial(name));
  paint(element, name);
  return element;
}

/** Gives what is in the element the colour of a name (O3). */
export function paint(element: HTMLElement, name: string): void {
  element.style.setProperty('--person', `var(--person-${personColour(name)})`);
}

/** One's own badge, in the colour of the strap. */
export function ownBadge(name: string): HTMLElement {
  return h('span', { class: 'badge own', 'aria-hidden': 'true' }, initial(name));
}
