/** A field that finds entities while one types: for the search, the ends of a path, the sides of a comparison. */

import type { Hit } from '../../model/search.ts';
import type { App, Elsewhere } from '../app.ts';
import { count, fill, h, text } from '../dom.ts';
import { sign, typeWord } from '../look.ts';

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
  let hits: Hit[] = [];
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
    hits = app.search.find(input.value, SHOWN);
    fill(list, hits.map(option), hits.length === 0 && nothing(app, input.value));
    open(input.value.trim() !== '');
    activate(hits.length > 0 ? 0 : -1);
    told.textContent = input.value.trim() ? count(hits.length, 'entity found', 'entities found') : '';
    if (app.api) void searchElsewhere(input.value.trim());
  }

  /** Adds what only the server has, when it answers and the reader still looks for it. */
  async function searchElsewhere(typed: string): Promise<void> {
    if (typed.length < 2) return;
    const found = await app.findElsewhere(typed);
    if (input.value.trim() !== typed || list.hidden || found.length === 0) return;
    list.querySelector('.nothing')?.remove();
    list.append(...found.map((one, at) => optionElsewhere(one, hits.length + at)));
    if (active < 0) activate(0);
  }

  function optionElsewhere({ iri, name, type, papers }: Elsewhere, at: number): HTMLElement {
    return h(
      'li',
      {
        role: 'option',
        id: `${id}-${at}`,
        'aria-selected': false,
        onmousedown: (event) => event.preventDefault(),
        onclick: () => {
          open(false);
          input.value = name;
          void app.fetchAndOpen(iri);
        },
      },
      sign(type),
      h('span', { class: 'name' }, text(name)),
      h('small', {}, 'not on this page: fetched from the server'),
      h('small', { class: 'count' }, `${typeWord(type)}, ${count(papers, 'paper')}`),
    );
  }

  function option({ node, alias }: Hit, at: number): HTMLElement {
    const { nodes } = app.model;
    const type = app.model.typeOf(node);
    return h(
      'li',
      {
        role: 'option',
        id: `${id}-${at}`,
        'aria-selected': false,
        onmousedown: (event) => {
          event.preventDefault();
        },
        onclick: () => {
          take(node);
        },
      },
      sign(type),
      h('span', { class: 'name' }, text(nodes.name[node])),
      alias !== null && h('small', {}, 'also ', text(alias)),
      h('small', { class: 'count' }, `${typeWord(type)}, ${count(nodes.papers[node], 'paper')}`),
    );
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

  function take(node: number): void {
    open(false);
    input.value = app.model.nodes.name[node];
    chosen(node);
  }

  function key(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) search();
      else activate(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && !list.hidden && active >= 0) {
      event.preventDefault();
      list.querySelectorAll<HTMLElement>('[role=option]')[active].click();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      open(false);
    }
  }

  return { root: h('div', { class: 'combobox' }, input, list, told), input };
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
