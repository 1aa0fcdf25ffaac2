/** Reported results, as a list in a card and as rows of tables. */

import { NO_NODE, NOT_SHOWN } from '../../model/data.ts';
import { isIn } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, count, fill, h, text, type Child } from '../dom.ts';
import { goTo, quote } from './quotes.ts';

const FIRST = 5;
const MORE = 40;

/** "91.4 %", with a word for gains, reductions and factors. */
export function value(app: App, row: number): HTMLElement {
  const results = app.model.detail?.results;
  if (!results) return h('span');
  const [unit, kind] = [results.unit[row], app.model.kinds[results.kind[row]]];
  const close = unit !== null && ['%', 'x', '×', '°'].includes(unit);
  const amount = `${results.value[row]}${unit === null ? '' : close ? unit : ` ${unit}`}`;
  return h('span', { class: 'value' }, text(amount), kind !== 'absolute' && h('small', {}, ` ${kind}`));
}

export function named(app: App, node: number): Child {
  if (node === NO_NODE) return null;
  return node === NOT_SHOWN ? h('em', { class: 'note' }, 'not on this page') : goTo(app, node);
}

/** The results of the years that are shown in which an entity is subject, metric, data set or baseline. */
export function resultsOf(app: App, node: number): number[] {
  const results = app.model.detail?.results;
  if (!results) return [];
  const columns = [results.subject, results.metric, results.dataset, results.baseline];
  const isOf = (row: number): boolean => columns.some((column) => column[row] === node);
  return results.subject.flatMap((_, row) => (isOf(row) && isOfYears(app, results.paper[row]) ? [row] : []));
}

function isOfYears({ model, store }: App, paper: number): boolean {
  return isIn(model.detail?.papers.year[paper] ?? null, store.state.filters.years);
}

export function resultSection(app: App, node: number): HTMLElement[] {
  const rows = resultsOf(app, node);
  if (rows.length === 0) return [];
  const list = h('ul', { class: 'facts' });
  const rest = h('div', {});
  let until = 0;
  const offer = (step: number): void => {
    list.append(...rows.slice(until, until + step).map((row) => item(app, row)));
    until += step;
    const left = rows.length - until;
    fill(rest, left > 0 && button(`${count(Math.min(left, MORE))} more of ${count(left)}`, () => offer(MORE)));
  };
  offer(FIRST);
  return [h('h3', {}, 'Reported results ', h('small', {}, count(rows.length))), list, rest];
}

function item(app: App, row: number): HTMLElement {
  const results = app.model.detail?.results;
  if (!results) return h('li');
  const [dataset, baseline] = [results.dataset[row], results.baseline[row]];
  return h(
    'li',
    {},
    h(
      'p',
      { class: 'result' },
      goTo(app, results.subject[row]),
      ' ',
      value(app, row),
      ' ',
      goTo(app, results.metric[row]),
      dataset !== NO_NODE && [' on ', named(app, dataset)],
      baseline !== NO_NODE && [' against ', named(app, baseline)],
    ),
    said(app, row),
  );
}

/** The sentence of a result. */
export function said(app: App, row: number): HTMLElement | null {
  const detail = app.model.detail;
  if (!detail) return null;
  const { text: place, paper, confidence } = detail.results;
  return quote(app, { text: detail.texts[place[row]], paper: paper[row], confidence: confidence[row] });
}
