/** A field that finds entities while one types: for the search, the ends of a path, the sides of a comparison. */

import { GUESSED } from '../../model/rank.ts';
import type { App } from '../app.ts';
import { count, fill, h, text } from '../dom.ts';
import { merged, offerElsewhere, offerHere, option, type Offer } from './offers.ts';

const SHOWN = 12;
let made = 0;

export interface Combobox {
  root: HTMLElement;
  input: HTMLInputElement;
}

/**
 * Makes one; the pattern is WAI-ARIA's editable combobox with a list.
 *
 * @param label - What the field is for; read out, and shown while it is empty.
 * @param chosen - Called with the entity that was taken.
 */
export function combobox(app: App, label: string, chosen: (node: number) => void, value = ''): Combobox {
  const id = `hits-${(made += 1)}`;
  let offers: Offer[] = [];
  let answered: Promise<void> = Promise.resolve();
  let active = -1;
  const list = h('ul', { id, role: 'listbox', class: 'hits', 'aria-label': label, hidden: true });
  const told = h('span', { class: 'unseen', role: 'status' });
  const input = h('input', {
    type: 'text',
    role: 'combobox',
    value,
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    'aria-label': label,
    'aria-expanded': false,
    'aria-controls': id,
    'aria-autocomplete': 'list',
    oninput: () => {
      search();
    },
    onfocus: () => {
      input.select();
    },
    onblur: () => {
      open(false);
    },
    onkeydown: (event) => {
      key(event);
    },
  });

  function open(wanted: boolean): void {
    list.hidden = !wanted;
    input.setAttribute('aria-expanded', String(wanted));
    if (!wanted) input.removeAttribute('aria-activedescendant');
  }

  function search(): void {
    const typed = input.value.trim();
    const { hits, total } = app.search.answer(typed, SHOWN);
    offers = hits.map((hit) => offerHere(app, hit));
    draw(0);
    open(typed !== '');
    told.textContent = typed ? found(total) : '';
    answered = app.api && typed.length > 1 ? searchElsewhere(typed) : Promise.resolve();
  }

  function draw(place: number): void {
    const items = offers.map((offer, at) => option(offer, `${id}-${at}`, take));
    fill(list, items, items.length === 0 && nothing(app, input.value));
    activate(items.length > 0 ? place : -1);
  }

  /** Adds what only the server has, when it answers and the reader still looks for it. */
  async function searchElsewhere(typed: string): Promise<void> {
    const more = await app.findElsewhere(typed);
    if (input.value.trim() !== typed || list.hidden || more.length === 0) return;
    const pointed = active > 0 ? offers[active] : null; // who has gone down the list stays where they are
    offers = merged([...offers, ...more.map((one) => offerElsewhere(one, typed))]);
    draw(pointed ? offers.indexOf(pointed) : 0);
    told.textContent += `, ${count(more.length)} more on the server`;
  }

  function activate(place: number): void {
    const options = [...list.querySelectorAll('[role=option]')];
    active = options.length > 0 ? (place + options.length) % options.length : -1;
    options.forEach((one, at) => {
      one.setAttribute('aria-selected', String(at === active));
    });
    if (active < 0) return;
    input.setAttribute('aria-activedescendant', options[active].id);
    options[active].scrollIntoView({ block: 'nearest' });
  }

  function take({ node, iri, name }: Offer): void {
    open(false);
    input.value = name;
    if (node !== null) chosen(node);
    else void app.fetch(iri).then((fetched) => fetched !== null && chosen(fetched));
  }

  /** Takes what is pointed at; a mere guess only once the server has nothing surer. */
  async function confirm(typed: string): Promise<void> {
    const sure = active > 0 || (offers.length > 0 && offers[0].tier < GUESSED);
    if (!sure) await answered;
    if (!list.hidden && input.value === typed && active >= 0) take(offers[active]);
  }

  function key(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) search();
      else activate(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault();
      void confirm(input.value);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      open(false);
    }
  }

  return { root: h('div', { class: 'combobox' }, input, list, told), input };
}

function found(total: number): string {
  const listed = total > SHOWN ? `, the first ${SHOWN} listed` : '';
  return `${count(total, 'entity found', 'entities found')}${listed}`;
}

function nothing({ search, model }: App, typed: string): HTMLElement {
  const wait = search.complete ? '' : ' The index of names is still being built.';
  const rest = model.meta.of_nodes > model.meta.nodes ? ' It may be among what this page leaves out.' : '';
  return h(
    'li',
    { role: 'presentation', class: 'nothing' },
    'Nothing is called ',
    text(typed.trim()),
    `.${wait}${rest}`,
  );
}
