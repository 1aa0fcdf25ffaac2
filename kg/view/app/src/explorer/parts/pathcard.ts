/** A shortest path between two entities, step by step with its sentences. */

import { shortestPath, type Path } from '../../model/paths.ts';
import type { App } from '../app.ts';
import { button, count, h, text } from '../dom.ts';
import { line } from '../look.ts';
import { combobox } from './combobox.ts';
import { entity, quote } from './quotes.ts';

/** The path of the state, or null where it has no two ends or they do not meet. */
export function currentPath({ model, shown, store }: App): Path | null {
  const [from, to] = store.state.path ?? [null, null];
  return from === null || to === null ? null : shortestPath(model, shown, from, to);
}

export function pathCard(app: App): HTMLElement {
  const { store, model } = app;
  const [from, to] = store.state.path ?? [null, null];
  const name = (node: number | null): string => (node === null ? '' : model.nodes.name[node]);
  const start = combobox(app, 'From', (node) => store.set({ path: [node, store.state.path?.[1] ?? null] }), name(from));
  const end = combobox(app, 'To', (node) => store.set({ path: [store.state.path?.[0] ?? null, node] }), name(to));
  const turn = button('Turn around', () => store.set({ path: [to, from] }), { class: 'plain' });
  return h(
    'article',
    { class: 'card' },
    h('h2', { tabindex: -1 }, 'Shortest path'),
    h('div', { class: 'ends' }, start.root, end.root, turn),
    from === null || to === null
      ? h('p', { class: 'note' }, 'Choose two entities: the path goes along relations in either direction.')
      : steps(app, from, to),
  );
}

/** The end of a path that is still to be chosen. */
export function openEnd(card: HTMLElement): HTMLElement | undefined {
  return [...card.querySelectorAll<HTMLInputElement>('.ends input')].find(({ value }) => value === '');
}

function steps(app: App, from: number, to: number): HTMLElement {
  const { model } = app;
  const path = currentPath(app);
  if (!path) {
    return h(
      'p',
      { class: 'note' },
      'No path leads from ',
      text(model.nodes.name[from]),
      ' to ',
      text(model.nodes.name[to]),
      ' through what the filters show.',
    );
  }
  const items = path.edges.map((edge, at) => {
    const said = app.statements(edge).at(0);
    const next = path.nodes[at + 1];
    const step = h(
      'div',
      { class: 'phrase' },
      line(model.relations[model.edges.relation[edge]].key),
      model.phrase(edge, path.nodes[at]),
    );
    const more = button('details', () => app.selectEdge(edge), { class: 'plain' });
    return h('li', {}, h('div', { class: 'row' }, step, more), said ? quote(app, said) : null, entity(app, next));
  });
  return h(
    'div',
    {},
    h('p', { class: 'numbers' }, count(path.edges.length, 'step')),
    h('ol', { class: 'path' }, h('li', {}, entity(app, path.nodes[0])), items),
  );
}
