/** Who reports what on a data set: a table for each metric, best first, and the gains apart. */

import { boardDatasets, leaderboard, type Board } from '../../model/boards.ts';
import { NO_NODE } from '../../model/data.ts';
import type { App } from '../app.ts';
import { button, count, h, text } from '../dom.ts';
import { combobox } from './combobox.ts';
import { named, value } from './figures.ts';
import { partial } from './partial.ts';
import { citation, goTo } from './quotes.ts';
import { table, type Column } from './table.ts';

const OFFERED = 24;
const ORDER = { higher: 'higher is better', lower: 'lower is better' };

export function boardSheet(app: App): HTMLElement {
  const { store, model } = app;
  const results = model.detail?.results;
  if (!results) return h('p', { class: 'note' }, 'Reading the results …');
  const datasets = boardDatasets(results);
  const dataset = store.state.board ?? datasets.at(0)?.dataset ?? null;
  if (dataset === null)
    return h(
      'div',
      {},
      h('h2', {}, 'Leaderboards'),
      h('p', { class: 'note' }, 'No paper reports a number on a data set.'),
      partial(app),
    );
  const find = combobox(app, 'Find a data set', (node) => store.set({ board: node }));
  const offers = datasets.slice(0, OFFERED).map(({ dataset: one, count: rows }) =>
    h(
      'li',
      {},
      button([text(model.nodes.name[one]), ' ', h('small', {}, count(rows))], () => store.set({ board: one }), {
        'aria-pressed': one === dataset,
      }),
    ),
  );
  return h(
    'div',
    { class: 'boards' },
    h('h2', {}, 'Leaderboards'),
    partial(app),
    h('div', { class: 'choose' }, find.root, h('ul', { class: 'chips' }, offers)),
    tables(app, dataset),
  );
}

function tables(app: App, dataset: number): HTMLElement {
  const { model } = app;
  const results = model.detail?.results;
  if (!results) return h('div');
  const { boards, changes } = leaderboard(model, results, dataset);
  const columns: Column<number>[] = [
    {
      name: 'System',
      cell: (row) => goTo(app, results.subject[row]),
      key: (row) => model.nodes.name[results.subject[row]],
      class: 'main',
    },
    { name: 'Value', cell: (row) => value(app, row), key: (row) => results.number[row] ?? -Infinity, number: true },
    { name: 'Against', cell: (row) => named(app, results.baseline[row]) },
    {
      name: 'Confidence',
      cell: (row) => results.confidence[row].toFixed(2),
      key: (row) => results.confidence[row],
      number: true,
    },
    {
      name: 'Read in',
      cell: (row) => [
        h('blockquote', {}, text(model.detail?.texts[results.text[row]] ?? '')),
        citation(app, results.paper[row]),
      ],
      class: 'wide',
    },
  ];
  const hasBaseline = (rows: readonly number[]): boolean => rows.some((row) => results.baseline[row] !== NO_NODE);
  const shownColumns = (rows: readonly number[]): Column<number>[] =>
    columns.filter(({ name }) => name !== 'Against' || hasBaseline(rows));
  const metric = { name: 'Metric', cell: (row: number) => goTo(app, results.metric[row]) };
  return h(
    'div',
    {},
    h('h3', {}, goTo(app, dataset)),
    boards.length + changes.length === 0 && h('p', { class: 'note' }, 'No paper reports a number on this.'),
    boards.map((board) =>
      table({
        id: `board ${dataset} ${board.metric}`,
        caption: caption(app, board),
        rows: board.rows,
        columns: shownColumns(board.rows),
      }),
    ),
    changes.length > 0 &&
      table({
        id: `changes ${dataset}`,
        caption: 'Gains, reductions and factors',
        rows: changes,
        columns: [columns[0], metric, ...shownColumns(changes).slice(1)],
      }),
  );
}

function caption(app: App, { metric, direction }: Board): HTMLElement {
  return h(
    'span',
    {},
    goTo(app, metric),
    ' ',
    h('small', {}, direction ? ORDER[direction] : 'direction unknown, highest first'),
  );
}
