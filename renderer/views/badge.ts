import type { MemberId } from '../../main/model/member.ts';
import { h } from '../dom.ts';
import { initial, memberColour, nameColour } from '../person.ts';
import { keyPicture } from './key-picture.ts';

/** A room's badge: the first letter of its name in the colour of its name. */
export function badge(name: string): HTMLElement {
  const element = h('span', { class: 'badge', 'aria-hidden': 'true' }, initial(name));
  element.style.setProperty('--person', `var(--person-${nameColour(name)})`);
  return element;
}

/** Portraits to be copied: a few people say most of what is said. */
const portraits = new Map<MemberId, HTMLElement>();

/** More of them than this are not kept. */
const PORTRAITS = 64;

/** A person's badge: the picture of their key, which nobody else can wear. */
export function portrait(id: MemberId): HTMLElement {
  const known = portraits.get(id) ?? drawPortrait(id);
  if (portraits.size === PORTRAITS) portraits.clear();
  portraits.set(id, known);
  return document.importNode(known, true);
}

function drawPortrait(id: MemberId): HTMLElement {
  const element = h('span', { class: 'badge portrait', 'aria-hidden': 'true' }, keyPicture(id));
  paint(element, id);
  return element;
}

/** Gives what is in the element the colour of a person (O3). */
export function paint(element: HTMLElement, id: MemberId): void {
  element.style.setProperty('--person', `var(--person-${memberColour(id)})`);
}

/** One's own badge, in the colour of the strap. */
export function ownBadge(name: string): HTMLElement {
  return h('span', { class: 'badge own', 'aria-hidden': 'true' }, initial(name));
}
