/** Elements by function; whatever comes from outside becomes a text node, and only web links become links. */

export type Child = Node | string | number | null | false | readonly Child[];
type Handler<E extends Event> = (event: E) => void;

export interface Props {
  class?: string;
  id?: string;
  type?: string;
  name?: string;
  value?: string | number;
  min?: number;
  max?: number;
  step?: number;
  list?: string;
  for?: string;
  role?: string;
  scope?: string;
  title?: string;
  placeholder?: string;
  autocomplete?: 'off';
  spellcheck?: 'false';
  enterkeyhint?: 'search' | 'go';
  inputmode?: 'numeric' | 'search';
  dir?: 'auto';
  tabindex?: number;
  colspan?: number;
  hidden?: boolean;
  open?: boolean;
  checked?: boolean;
  disabled?: boolean;
  selected?: boolean;
  onclick?: Handler<MouseEvent>;
  oninput?: Handler<Event>;
  onchange?: Handler<Event>;
  onkeydown?: Handler<KeyboardEvent>;
  onfocus?: Handler<FocusEvent>;
  onblur?: Handler<FocusEvent>;
  ontoggle?: Handler<Event>;
  onmousedown?: Handler<MouseEvent>;
  onpointerenter?: Handler<PointerEvent>;
  onpointerleave?: Handler<PointerEvent>;
  onsubmit?: Handler<SubmitEvent>;
  [aria: `aria-${string}`]: string | number | boolean;
  [data: `data-${string}`]: string | number;
}

/** An element with attributes, listeners and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props) as [
    string,
    string | number | boolean | EventListener | undefined,
  ][]) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (key.startsWith('aria-')) element.setAttribute(key, String(value));
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === false) continue;
    if (isList(child)) append(parent, child);
    else parent.append(child instanceof Node ? child : String(child));
  }
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}

/** Puts children in place of what an element had. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** Text from outside, its direction its own affair. */
export function text(told: string): HTMLElement {
  return h('bdi', { dir: 'auto' }, told);
}

/** A link to the web in a tab of its own; plain text where the address is anything else. */
export function link(url: string | null, label: string): HTMLElement {
  if (!url || !/^https?:\/\/[^\s]+$/i.test(url)) return text(label);
  const anchor = h('a', {}, text(label));
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  anchor.target = '_blank';
  return anchor;
}

export function button(label: Child, onclick: Handler<MouseEvent>, props: Props = {}): HTMLButtonElement {
  return h('button', { type: 'button', onclick, ...props }, label);
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag: string, attributes: Record<string, string | number>, ...children: SVGElement[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** A sign drawn by one path on a 24 × 24 grid; hidden from readers that have the label beside it. */
export function icon(path: string): SVGElement {
  const drawn = svg('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 });
  drawn.setAttribute('stroke-linecap', 'round');
  drawn.setAttribute('stroke-linejoin', 'round');
  return svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, drawn);
}

/** The element of the page with this id; the markup has it. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

const NUMBERS = new Intl.NumberFormat('en');

export function count(value: number, one?: string, many = `${one ?? ''}s`): string {
  const written = NUMBERS.format(value);
  return one === undefined ? written : `${written} ${value === 1 ? one : many}`;
}
