/** All that the map has, as tables: for a keyboard, a screen reader, and whoever likes lists. */

import { ALL } from '../../model/filters.ts';
import { edgesAmong } from '../../model/save.ts';
import type { View } from '../../model/state.ts';
import type { App } from '../app.ts';
import { button, byId, count, fill, h, text } from '../dom.ts';
import { line, sign, typeWord } from '../look.ts';
import { boardSheet } from './boards.ts';
import { compareSheet } from './comparison.ts';
import { disputeSheet } from './disputes.ts';
import { cell, entity, goTo } from './quotes.ts';
import { table } from './table.ts';

const SHEETS: Record<Exclude<View, 'map'>, (app: App) => HTMLElement> = {
  entities: entitySheet,
  facts: factSheet,
  boards: boardSheet,
  disputes: disputeSheet,
  compare: compareSheet,
};

export function startSheets(app: App): void {
  const [sheet, map] = [byId('sheet'), byId('map')];
  const draw = (): void => {
    const { view } = app.store.state;
    byId('app').dataset['view'] = view;
    sheet.hidden = view === 'map';
    map.toggleAttribute('inert', view !== 'map');
    if (view === 'map') fill(sheet);
    else fill(sheet, SHEETS[view](app));
    byId('views').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  app.store.on((state, previous) => {
    const about = ['view', 'filters', 'walk', 'compare', 'board'] as const;
    if (about.some((key) => state[key] !== previous[key])) draw();
    if (state.view !== previous.view) {
      sheet.scrollTop = 0;
      (state.view === 'map' ? byId('stage') : sheet).focus();
    }
  });
  app.onGrowth(draw);
  draw();
}

/** Says which part of the graph a table has, and offers the whole. */
function scope(app: App, shown: number, of: number, what: string): HTMLElement {
  const { store } = app;
  if (store.state.walk.length > 0) {
    return h(
      'p',
      { class: 'note' },
      `The ${what} of your walk. `,
      button('Show those of the whole page', () => store.set({ walk: [] }), { class: 'plain' }),
    );
  }
  const reset = button('Show all again', () => store.set({ filters: ALL }), { class: 'plain' });
  return h(
    'p',
    { class: 'note' },
    shown < of
      ? [`${count(shown)} of ${count(of)} ${what}, as the filters leave them. `, reset]
      : `All ${what} of this page.`,
  );
}

function entitySheet(app: App): HTMLElement {
  const { model } = app;
  const { name, papers, degree, aliases } = model.nodes;
  const nodes = app.nodes;
  return h(
    'div',
    {},
    h('h2', {}, 'Entities'),
    scope(app, nodes.length, model.nodeCount, 'entities'),
    table<number>({
      id: 'entities',
      caption: 'The most important first; a name opens its card.',
      rows: nodes,
      has: (node, typed) => [name[node], ...aliases[node]].some((one) => one.toLowerCase().includes(typed)),
      columns: [
        { name: 'Name', key: (node) => name[node], cell: (node) => goTo(app, node), class: 'main' },
        {
          name: 'Type',
          key: (node) => model.nodes.type[node],
          cell: (node) => h('span', { class: 'kind' }, sign(model.typeOf(node)), typeWord(model.typeOf(node))),
        },
        { name: 'Papers', key: (node) => papers[node], cell: (node) => count(papers[node]), number: true },
        { name: 'Facts', key: (node) => degree[node], cell: (node) => count(degree[node]), number: true },
        { name: 'Also written', cell: (node) => text(aliases[node].slice(0, 4).join(', ')), class: 'soft' },
      ],
    }),
  );
}

function factSheet(app: App): HTMLElement {
  const { model } = app;
  const { source, target, relation, confidence: sure, last } = model.edges;
  const { name } = model.nodes;
  const edges = edgesAmong(model, app.nodes, app.shown);
  return h(
    'div',
    {},
    h('h2', {}, 'Facts'),
    scope(app, edges.length, model.edgeCount, 'facts'),
    table<number>({
      id: 'facts',
      caption: 'The best supported first; each with its surest sentence.',
      rows: edges,
      has: (edge, typed) => hasText(app, edge, typed),
      columns: [
        { name: 'Subject', key: (edge) => name[source[edge]], cell: (edge) => entity(app, source[edge]) },
        {
          name: 'Relation',
          key: (edge) => relation[edge],
          cell: (edge) =>
            button(
              [line(model.relations[relation[edge]].key), model.relations[relation[edge]].forward],
              () => app.selectEdge(edge),
              { class: 'go' },
            ),
        },
        { name: 'Object', key: (edge) => name[target[edge]], cell: (edge) => entity(app, target[edge]) },
        {
          name: 'Sentence',
          cell: (edge) =>
            app
              .statements(edge)
              .slice(0, 1)
              .map((one) => cell(app, one)),
          class: 'wide',
        },
        { name: 'Papers', key: (edge) => app.support(edge), cell: (edge) => count(app.support(edge)), number: true },
        { name: 'Confidence', key: (edge) => sure[edge], cell: (edge) => sure[edge].toFixed(2), number: true },
        {
          name: 'Latest',
          key: (edge) => last[edge],
          cell: (edge) => (last[edge] ? String(last[edge]) : ''),
          number: true,
        },
      ],
    }),
  );
}

/** Whether a fact has a text in what its row shows: either name, the relation, the sentence. */
function hasText(app: App, edge: number, typed: string): boolean {
  const { nodes, edges, relations } = app.model;
  const names = [nodes.name[edges.source[edge]], nodes.name[edges.target[edge]]];
  const told = [...names, relations[edges.relation[edge]].forward, app.statements(edge).at(0)?.text ?? ''];
  return told.some((one) => one.toLowerCase().includes(typed));
}
