/** The facts about an entity, by relation as seen from it, each with the sentence that is surest. */

import type { App } from '../app.ts';
import { button, count, fill, h, link, type Child } from '../dom.ts';
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
  return [
    h('h3', {}, 'Facts ', h('small', {}, count(shown))),
    ...groups.map((group) => groupOf(app, node, group)),
    ...(hidden > 0 ? [note(`${count(hidden, 'fact is', 'facts are')} hidden by the filters.`)] : []),
    ...(absent > 0 ? [absentFacts(app, node, onPage)] : []),
    ...(shown + hidden + absent === 0 ? [note('No relation to another entity was found.')] : []),
  ];
}

function note(...told: Child[]): HTMLElement {
  return h('p', { class: 'note' }, told);
}

/** How many of all facts the page holds; where a server answers, it has a page of all of them. */
function absentFacts({ model, api }: App, node: number, onPage: number): HTMLElement {
  const all = model.nodes.degree[node];
  const told = `This page holds ${count(onPage)} of ${count(all, 'fact')}`;
  const iri = model.nodes.iri[node];
  if (!api || iri.includes('://')) return note(`${told}; the others are in the graph.`);
  const page = new URL(`../../${iri}`, new URL(api, location.href));
  return note(`${told}: `, link(page.href, `all of ${model.nodes.name[node]}`), '.');
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
  const said = app.statements(edge).at(0);
  const support = app.support(edge);
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
