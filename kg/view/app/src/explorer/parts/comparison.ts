/** Two entities side by side: what they share, what only one has, and their results on the same data. */

import { compare, type Row } from '../../model/compare.ts';
import type { App } from '../app.ts';
import { button, count, h, type Child } from '../dom.ts';
import { line, sign, typeWord } from '../look.ts';
import { yearChart } from './chart.ts';
import { combobox } from './combobox.ts';
import { resultsOf, value } from './figures.ts';
import { citation, entity, goTo, quote } from './quotes.ts';
import { table } from './table.ts';

export function compareSheet(app: App): HTMLElement {
  const { store, model } = app;
  const [left, right] = store.state.compare;
  const name = (node: number | null): string => (node === null ? '' : model.nodes.name[node]);
  const choose = (one: number | null, other: number | null): void => {
    if (one === other) app.tell('An entity cannot be compared with itself: choose another');
    else store.set({ compare: [one, other] });
  };
  const one = combobox(app, 'Compare', (node) => choose(node, store.state.compare[1]), name(left));
  const other = combobox(app, 'with', (node) => choose(store.state.compare[0], node), name(right));
  const turn = button('Swap', () => store.set({ compare: [right, left] }), { class: 'plain' });
  return h(
    'div',
    { class: 'comparison' },
    h('h2', {}, 'Compare'),
    h('div', { class: 'choose two' }, one.root, other.root, turn),
    left === null || right === null || left === right
      ? h('p', { class: 'note' }, 'Choose two different entities.')
      : sideBySide(app, left, right),
  );
}

function sideBySide(app: App, left: number, right: number): HTMLElement {
  const { model } = app;
  const { direct, both, onlyLeft, onlyRight } = compare(model, app.shown, left, right);
  return h(
    'div',
    {},
    h('div', { class: 'two' }, profile(app, left), profile(app, right)),
    direct.length > 0 && [
      h('h3', {}, 'Said of both together'),
      h(
        'ul',
        { class: 'facts' },
        direct.map((edge) => stated(app, edge)),
      ),
    ],
    shared(app, left, right, both),
    figures(app, left, right),
    h('div', { class: 'two' }, only(app, left, onlyLeft), only(app, right, onlyRight)),
  );
}

function profile(app: App, node: number): HTMLElement {
  const { nodes } = app.model;
  const type = app.model.typeOf(node);
  return h(
    'section',
    {},
    h('h3', {}, goTo(app, node)),
    h(
      'p',
      { class: 'kind' },
      sign(type),
      typeWord(type),
      ` · ${count(nodes.papers[node], 'paper')} · ${count(nodes.degree[node], 'fact')}`,
    ),
    yearChart(nodes.years[node]),
  );
}

function stated(app: App, edge: number): HTMLElement {
  const { model } = app;
  const { source, target, relation } = model.edges;
  const { key, forward } = model.relations[relation[edge]];
  const phrase = h('span', { class: 'phrase' }, line(key), forward);
  return h(
    'li',
    {},
    h('div', { class: 'row' }, entity(app, source[edge]), phrase, entity(app, target[edge])),
    app
      .statements(edge)
      .slice(0, 2)
      .map((one) => quote(app, one)),
  );
}

function shared(app: App, left: number, right: number, rows: readonly Row[]): HTMLElement {
  const { model } = app;
  if (rows.length === 0) return h('p', { class: 'note' }, 'They share no neighbour among what the filters show.');
  const told = (edge: number): string =>
    model.edges.inferred[edge] === 1 ? 'from the names' : count(app.support(edge), 'paper');
  const support = (edge: number): Child => button(told(edge), () => app.selectEdge(edge), { class: 'go' });
  return table({
    id: `shared ${left} ${right}`,
    caption: 'What they share',
    rows,
    columns: [
      { name: 'Relation', cell: ({ phrase }) => phrase, key: ({ phrase }) => phrase },
      { name: 'To', cell: ({ other }) => entity(app, other), key: ({ other }) => model.nodes.name[other] },
      {
        name: model.nodes.name[left],
        cell: ({ left: edge }) => support(edge),
        key: ({ left: edge }) => app.support(edge),
        number: true,
      },
      {
        name: model.nodes.name[right],
        cell: ({ right: edge }) => support(edge),
        key: ({ right: edge }) => app.support(edge),
        number: true,
      },
    ],
  });
}

/** Results of both on the same data set by the same metric. */
function figures(app: App, left: number, right: number): HTMLElement | null {
  const results = app.model.detail?.results;
  if (!results) return null;
  const key = (row: number): string => `${results.dataset[row]} ${results.metric[row]}`;
  const of = (node: number): Map<string, number[]> => {
    const groups = new Map<string, number[]>();
    for (const row of resultsOf(app, node))
      if (results.subject[row] === node && results.dataset[row] >= 0)
        groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
    return groups;
  };
  const [mine, theirs] = [of(left), of(right)];
  const rows = [...mine].flatMap(([both, found]) =>
    theirs.has(both) ? [{ left: found, right: theirs.get(both) ?? [] }] : [],
  );
  if (rows.length === 0) return null;
  const cell = (found: readonly number[]): Child =>
    found.map((row) => h('p', {}, value(app, row), ' ', citation(app, results.paper[row])));
  return table({
    caption: 'Results on the same data',
    rows,
    columns: [
      { name: 'Data set', cell: ({ left: [row] }) => goTo(app, results.dataset[row]) },
      { name: 'Metric', cell: ({ left: [row] }) => goTo(app, results.metric[row]) },
      { name: app.model.nodes.name[left], cell: ({ left: found }) => cell(found) },
      { name: app.model.nodes.name[right], cell: ({ right: found }) => cell(found) },
    ],
  });
}

function only(app: App, node: number, rows: readonly Row[]): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'note' }, 'Nothing is said only of ', goTo(app, node), '.');
  return table({
    id: `only ${node}`,
    caption: h('span', {}, 'Only ', goTo(app, node)),
    rows,
    columns: [
      { name: 'Relation', cell: ({ phrase }) => phrase, key: ({ phrase }) => phrase },
      { name: 'To', cell: ({ other }) => entity(app, other), key: ({ other }) => app.model.nodes.name[other] },
    ],
  });
}
