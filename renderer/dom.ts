/** Elements from code. Text always becomes a text node: nothing here parses HTML (O20). */

type Attribute = string | number | boolean | null;
type Listeners = Readonly<Record<string, (event: Event) => void>>;

export interface Properties {
  readonly on?: Listeners;
  /** `true` sets the attribute empty; `false` and null leave it out. */
  readonly [attribute: string]: Attribute | Listeners | undefined;
}

export type Child = Node | string | null;

/** Builds one element. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  const { on = {}, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== 'object' && value !== undefined) setAttribute(element, name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Sets or, with `false` and null, removes an attribute. */
export function setAttribute(element: Element, name: string, value: Attribute): void {
  if (value === false || value === null) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Changes a node's text only when it differs, so that a live region stays quiet. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides an element, when it is not so already: saying it again has its style looked up. */
export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

export interface KeyedRows<Item> {
  readonly key: (item: Item) => string;
  readonly create: (item: Item) => HTMLElement;
  /** True when the element made for `before` also shows `item`; by default the same object. */
  readonly same?: (before: Item, item: Item) => boolean;
  /** Changes the element to show `item`; without it, or when it gives false, one is created anew. */
  readonly update?: (element: HTMLElement, item: Item, before: Item) => unknown;
}

/** Keeps the children of `parent` in step with a list; elements of items that stay, stay. */
export function keyedRows<Item>(
  parent: Element,
  { key, create, same = Object.is, update }: KeyedRows<Item>,
): (items: readonly Item[]) => void {
  let rows = new Map<string, { readonly item: Item; readonly element: HTMLElement }>();
  return (items) => {
    const next: typeof rows = new Map();
    for (const item of items) {
      const id = key(item);
      const row = rows.get(id);
      if (row === undefined) {
        next.set(id, { item, element: create(item) });
      } else if (same(row.item, item)) {
        next.set(id, row);
      } else if (update === undefined || update(row.element, item, row.item) === false) {
        next.set(id, { item, element: create(item) });
      } else {
        next.set(id, { item, element: row.element });
      }
    }
    for (const [id, row] of rows) if (next.get(id)?.element !== row.element) row.element.remove();
    let place = parent.firstChild;
    for (const { element } of next.values()) {
      if (element === place) place = place.nextSibling;
      else parent.insertBefore(element, place);
    }
    rows = next;
  };
}
