/** The card of a relation: who states it, in which words. */

import { isIn } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, count, h, type Child } from '../dom.ts';
import { line } from '../look.ts';
import { absence } from './absence.ts';
import { confidence, entity, quote } from './quotes.ts';

export function edgeCard(app: App, edge: number): HTMLElement {
  const { model } = app;
  const { source, target, relation, inferred } = model.edges;
  const { key, forward } = model.relations[relation[edge]];
  const statements = app.statements(edge);
  const support = app.support(edge);
  return h(
    'article',
    { class: 'card' },
    backToPath(app),
    heading(entity(app, source[edge]), h('span', { class: 'phrase' }, line(key), forward), entity(app, target[edge])),
    absence(app, [source[edge], target[edge]], [edge]),
    inferred[edge] === 1
      ? h('p', { class: 'note' }, 'No paper states this: it was read from the names.')
      : h(
          'p',
          { class: 'numbers' },
          `stated by ${count(support, 'paper')}${yearsOf(app, edge)}`,
          confidence(model.edges.confidence[edge]),
        ),
    h('h3', {}, 'Evidence'),
    h(
      'ul',
      { class: 'facts' },
      statements.map((one) => h('li', {}, quote(app, one))),
    ),
    support > statements.length &&
      h(
        'p',
        { class: 'note' },
        `${count(statements.length)} of ${count(support)}, the surest; all are in the build folder.`,
      ),
  );
}

/** ", 2019 to 2021": the years in which papers state an edge, of those that are shown. */
function yearsOf({ model, store }: App, edge: number): string {
  const years = model.edges.years[edge].filter((year, at) => at % 2 === 0 && isIn(year, store.state.filters.years));
  const [first, last] = [years.at(0), years.at(-1)];
  if (first === undefined) return '';
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
}

/** Of any card. */
export function heading(...content: Child[]): HTMLElement {
  return h('h2', { tabindex: -1 }, content);
}

export function backToPath({ store }: App): HTMLElement | null {
  if (!store.state.path) return null;
  return button('← Back to the path', () => store.set({ node: null, edge: null }), { class: 'plain' });
}
