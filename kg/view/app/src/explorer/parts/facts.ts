/** The facts about an entity, by relation as seen from it, each with the sentence that is surest. */

import type { App } from '../app.ts';
import { button, count, fill, h } from '../dom.ts';
import { line } from '../look.ts';
import { entity, quote } from './quotes.ts';

const FIRST = 6;
const MORE = 30;

interface Group {
  phrase: string;
  relation: number;
  edges: number[];
}

/** The shown edges of a node by phrase, in the order of the legend. */
export function grouped({ model, shown }: App, node: number): Group[] {
  const groups = new Map<string, Group & { place: number }>();
  for (const edge of model.edgesOf(node)) {
    if (!shown.edges[edge]) continue;
    const phrase = model.phrase(edge, node);
    const relation = model.edges.relation[edge];
    const place = relation * 2 + (model.edges.source[edge] === node ? 0 : 1);
    const group = groups.get(phrase) ?? { phrase, relation, edges: [], place };
    group.edges.push(edge);
    groups.set(phrase, group);
  }
  return [...groups.values()].sort((a, b) => a.place - b.place);
}

export function factSection(app: App, node: number): HTMLElement[] {
  const groups = grouped(app, node);
  const onPage = app.model.edgesOf(node).length;
  const shown = groups.reduce((sum, { edges }) => sum + edges.length, 0);
  const hidden = onPage - shown;
  const absent = app.model.nodes.degree[node] - onPage;
  const notes = [
    hidden > 0 && `${count(hidden, 'fact is', 'facts are')} hidden by the filters.`,
    absent > 0 && !app.api && `${count(absent, 'more fact is', 'more facts are')} in the graph, not on this page.`,
  ].filter((note) => note !== false);
  return [
    h('h3', {}, 'Facts ', h('small', {}, count(shown))),
    ...groups.map((group) => groupOf(app, node, group)),
    ...notes.map((note) => h('p', { class: 'note' }, note)),
    ...(shown + hidden + absent === 0 ? [h('p', { class: 'note' }, 'No relation to another entity was found.')] : []),
  ];
}

function groupOf(app: App, node: number, { phrase, relation, edges }: Group): HTMLElement {
  const list = h(
    'ul',
    { class: 'facts' },
    edges.slice(0, FIRST).map((edge) => fact(app, node, edge)),
  );
  const rest = h('div', {});
  let from = FIRST;
  const offer = (): void => {
    const left = edges.length - from;
    const more = button(`${count(Math.min(left, MORE))} more of ${count(left)}`, () => {
      const added = edges.slice(from, from + MORE).map((edge) => fact(app, node, edge));
      list.append(...added);
      from += MORE;
      offer();
      added[0].querySelector('button')?.focus();
    });
    fill(rest, left > 0 && more);
  };
  offer();
  const heading = h(
    'h4',
    {},
    line(app.model.relations[relation].key),
    phrase,
    ' ',
    h('small', {}, count(edges.length)),
  );
  return h('section', { class: 'group' }, heading, list, rest);
}

function fact(app: App, node: number, edge: number): HTMLElement {
  const { model } = app;
  const said = model.statements(edge).at(0);
  const support = model.edges.support[edge];
  const label = support > 1 ? `all ${count(support)} papers` : 'details';
  const details = button(label, () => app.selectEdge(edge), { class: 'plain' });
  const inferred =
    model.edges.inferred[edge] === 1 && h('small', { class: 'note' }, 'read from the names; no paper states it');
  return h(
    'li',
    {},
    h('div', { class: 'row' }, entity(app, model.otherEnd(edge, node)), support > 0 && details),
    inferred,
    said ? quote(app, said) : null,
  );
}
