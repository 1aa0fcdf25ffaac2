/** What the panel says before anything is selected: what this is of, what it leaves out, where to begin. */

import { ALL } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, count, h } from '../dom.ts';
import { PLURALS, sign } from '../look.ts';
import { goTo } from './quotes.ts';

const EACH = 5;

export function welcome(app: App): HTMLElement {
  const { model } = app;
  const { meta } = model;
  if (model.mapped === 0) {
    return h(
      'div',
      { class: 'card' },
      h('h2', { tabindex: -1 }, 'Nothing to see yet'),
      h('p', {}, `No entities were found in ${count(meta.papers, 'paper')}.`),
    );
  }
  if (app.shown.nodeCount === 0) return nothingShown(app);
  return h(
    'div',
    { class: 'card welcome' },
    h('h2', { tabindex: -1 }, 'Where to begin'),
    h(
      'p',
      {},
      `${told(app)}, read by ${meta.extractor}. Click an entity for its facts, each with the sentence that says so; double-click to walk from it.`,
    ),
    leftOut(app),
    model.types.map((type, index) => beginnings(app, type, index)),
  );
}

function nothingShown({ model, store }: App): HTMLElement {
  return h(
    'div',
    { class: 'card welcome' },
    h('h2', { tabindex: -1 }, 'Nothing is shown'),
    h('p', {}, `The filters hide all ${count(model.nodeCount, 'entity', 'entities')} of this page.`),
    h(
      'div',
      { class: 'actions' },
      button('Show all again', () => store.set({ filters: ALL }), { class: 'action' }),
    ),
  );
}

/** How many relations papers state, and how many stand in the names alone: "CNN-LSTM" is a variant of "LSTM". */
function told({ model: { meta } }: App): string {
  const stated = count(meta.of_edges - meta.of_inferred, 'relation');
  const inferred = meta.of_inferred > 0 ? ` and ${count(meta.of_inferred)} more that only the names tell` : '';
  const entities = count(meta.of_nodes, 'entity', 'entities');
  return `${entities}, linked by ${stated} that ${count(meta.papers, 'abstract states', 'abstracts state')}${inferred}`;
}

/** What a page within its budget says about the rest, and how to get at it. */
function leftOut({ model: { meta }, api }: App): HTMLElement | null {
  const [nodes, edges] = [meta.of_nodes - meta.nodes, meta.of_edges - meta.edges];
  if (nodes <= 0 && edges <= 0) return null;
  const missing = [nodes > 0 && count(nodes, 'entity', 'entities'), edges > 0 && count(edges, 'relation')]
    .filter((part) => part !== false)
    .join(' and ');
  const kept = `This page has the ${count(meta.nodes)} most mentioned and connected entities and the ${count(meta.edges)} best supported relations between them; it leaves out ${missing}.`;
  const remedy = api
    ? ' Opening an entity fetches its neighbours from the server.'
    : [' To reach the rest, run ', h('code', {}, 'kg serve'), ' on the build folder and open the explorer there.'];
  return h('div', { class: 'leftout', role: 'note' }, h('p', {}, kept, remedy));
}

function beginnings(app: App, type: string, index: number): HTMLElement | null {
  const { nodes, mapped } = app.model;
  const found: number[] = [];
  for (let node = 0; node < mapped && found.length < EACH; node += 1)
    if (nodes.type[node] === index && app.shown.nodes[node]) found.push(node);
  if (found.length === 0) return null;
  return h(
    'section',
    { class: 'begin' },
    h('h3', {}, sign(type), PLURALS[type] ?? type),
    h(
      'ul',
      {},
      found.map((node) => h('li', {}, goTo(app, node), ' ', h('small', {}, count(nodes.papers[node])))),
    ),
  );
}
