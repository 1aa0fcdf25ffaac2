/** The side panel: an entity, a relation, a path, or where to begin. */

import { papersIn } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, byId, count, fill, h, icon, link, text, type Child } from '../dom.ts';
import { sign, typeWord } from '../look.ts';
import { STEP, neighboursOf } from '../stage/scene.ts';
import { absence } from './absence.ts';
import { yearChart } from './chart.ts';
import { backToPath, edgeCard, heading } from './edgecard.ts';
import { factSection } from './facts.ts';
import { resultSection } from './figures.ts';
import { currentPath, openEnd, pathCard } from './pathcard.ts';
import { citation } from './quotes.ts';
import { welcome } from './welcome.ts';

const ALIASES = 8;

/** Shows what the state has selected, now and whenever it changes. */
export function startPanel(app: App): void {
  const panel = byId('panel');
  const draw = (): void => {
    const { node, edge, path } = app.store.state;
    const told =
      edge !== null ? edgeCard(app, edge) : node !== null ? nodeCard(app, node) : path ? wholePath(app) : null;
    fill(panel, told ? [closeButton(app), told] : welcome(app));
    panel.classList.toggle('filled', told !== null || app.shown.nodeCount === 0);
    panel.scrollTop = 0;
  };
  /** Who stood in the panel stays there; only a path that was just asked for takes the focus from elsewhere. */
  const redraw = (moved: boolean, asked: boolean): void => {
    const inside = panel.contains(document.activeElement);
    draw();
    const end = asked || inside ? openEnd(panel) : undefined;
    if (end && moved) end.focus();
    else if (inside && moved) panel.querySelector<HTMLElement>('h2')?.focus();
  };
  app.store.on((state, previous) => {
    const about = ['node', 'edge', 'path', 'filters', 'walk'] as const;
    if (!about.some((key) => state[key] !== previous[key])) return;
    const moved = (['node', 'edge', 'path'] as const).some((key) => state[key] !== previous[key]);
    redraw(moved, state.path !== previous.path);
  });
  app.onGrowth(() => redraw(true, false));
  draw();
}

function closeButton({ store }: App): HTMLButtonElement {
  const close = (): void => {
    const { node, edge, path } = store.state;
    store.set(node === null && edge === null && path ? { path: null } : { node: null, edge: null });
    byId('stage').focus();
  };
  return button(icon('M6 6L18 18M18 6L6 18'), close, { class: 'close', 'aria-label': 'Close details' });
}

/** The path, and a note where a walk or the filters hide a part of it. */
function wholePath(app: App): Child {
  const nodes = currentPath(app)?.nodes ?? [];
  return [absence(app, nodes), pathCard(app)];
}

function nodeCard(app: App, node: number): HTMLElement {
  const { nodes, meta } = app.model;
  const type = app.model.typeOf(node);
  const better = nodes.direction[node];
  return h(
    'article',
    { class: 'card' },
    backToPath(app),
    heading(text(nodes.name[node])),
    h('p', { class: 'kind' }, sign(type), typeWord(type), better !== null && `, ${better} is better`),
    absence(app, [node]),
    h('p', { class: 'numbers' }, papers(app, node), number(nodes.degree[node], 'fact')),
    aliases(nodes.aliases[node]),
    elsewhere(nodes.ids[node]),
    yearChart(nodes.years[node]),
    actions(app, node),
    proposers(app, node),
    app.model.detail
      ? [...factSection(app, node), ...resultSection(app, node)]
      : h('p', { class: 'note' }, 'Reading the sentences …'),
    h('p', { class: 'note iri' }, `${meta.extractor} · `, h('code', {}, text(app.model.fullIri(node)))),
  );
}

/** "12 papers", or where only some years are shown "3 of 12 papers". */
function papers({ model, store }: App, node: number): HTMLElement {
  const { years } = store.state.filters;
  const all = model.nodes.papers[node];
  if (years === null) return number(all, 'paper');
  return h('span', {}, h('b', {}, count(papersIn(model.nodes.years[node], years))), ` of ${count(all, 'paper')}`);
}

function number(value: number, what: string): HTMLElement {
  return h('span', {}, h('b', {}, count(value)), ` ${value === 1 ? what : `${what}s`}`);
}

function aliases(names: readonly string[]): HTMLElement | null {
  if (names.length === 0) return null;
  const all = names.slice(0, ALIASES).flatMap((name, at): Child[] => (at ? [', ', text(name)] : [text(name)]));
  const rest = names.length - ALIASES;
  return h(
    'p',
    { class: 'aliases' },
    h('small', {}, 'also written '),
    all,
    rest > 0 && h('small', {}, ` and in ${count(rest)} more ways`),
  );
}

const ELSEWHERE: Record<string, [name: string, url: string]> = {
  wikidata: ['Wikidata', 'https://www.wikidata.org/wiki/'],
  arxiv: ['arXiv', 'https://arxiv.org/abs/'],
};

function elsewhere(ids: readonly string[]): HTMLElement | null {
  const links = ids.flatMap((id) => {
    const [scheme, local] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)];
    if (!Object.hasOwn(ELSEWHERE, scheme) || !/^[\w./-]+$/.test(local)) return [];
    const [name, url] = ELSEWHERE[scheme];
    return [' ', link(url + local, `${name} ${local}`)];
  });
  return links.length > 0 ? h('p', { class: 'aliases' }, h('small', {}, 'the same in'), links) : null;
}

function actions(app: App, node: number): HTMLElement {
  const { store } = app;
  const { walk } = store.state;
  const opened = walk.filter((one) => one === node).length * STEP;
  const left = neighboursOf(app.model, app.shown, node).length - opened;
  const more = left > 0 ? `Open ${count(Math.min(STEP, left))} more` : 'All are open';
  const open = walk.length === 0 ? 'Walk from here' : opened ? more : 'Open its neighbours';
  const act = (label: string, path: string, todo: () => void, disabled = false): HTMLButtonElement =>
    button([icon(path), label], todo, { class: 'action', disabled });
  return h(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'What to do with it' },
    act(open, 'M12 5V19M5 12H19', () => void app.open(node), opened > 0 && left <= 0),
    act('Path to …', 'M5 19C5 9 19 15 19 5M5 19h.01M19 5h.01', () =>
      store.set({ path: [node, null], node: null, edge: null }),
    ),
    act('Compare …', 'M5 5V19M19 5V19M9 9H15M9 15H15', () => store.set({ compare: [node, null], view: 'compare' })),
  );
}

function proposers(app: App, node: number): HTMLElement[] {
  const papers = app.model.detail ? app.model.nodes.proposed[node] : [];
  if (papers.length === 0) return [];
  const items = papers.slice(0, 3).map((paper) => h('li', {}, citation(app, paper)));
  const rest = papers.length - 3;
  return [
    h('h3', {}, 'Proposed in'),
    h('ul', { class: 'papers' }, items, rest > 0 && h('li', { class: 'note' }, `and ${count(rest, 'more paper')}`)),
  ];
}
