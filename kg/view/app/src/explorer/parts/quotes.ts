/** The sentence behind a fact, how sure the reader of it was, and the paper. */

import type { Statement } from '../../model/model.ts';
import type { App } from '../app.ts';
import { button, h, link, text, type Child } from '../dom.ts';
import { sign } from '../look.ts';
import { cutSentence } from './cut.ts';

/** A button that leads to an entity. */
export function goTo(app: App, node: number, label?: Child): HTMLButtonElement {
  return button(label ?? text(app.model.nodes.name[node]), () => app.select(node), { class: 'go' });
}

/** The same with the sign of its type before it. */
export function entity(app: App, node: number): HTMLElement {
  return h('span', { class: 'entity' }, sign(app.model.typeOf(node)), goTo(app, node));
}

export function confidence(value: number): HTMLElement {
  const meter = h('span', { class: 'meter', 'aria-hidden': true }, h('span', {}));
  (meter.firstElementChild as HTMLElement).style.width = `${Math.round(100 * value)}%`;
  return h(
    'span',
    { class: 'confidence', title: 'How sure the extractor is, from 0 to 1' },
    meter,
    `confidence ${value.toFixed(2)}`,
  );
}

/** Title and year of a paper, linked where it has a link. */
export function citation(app: App, paper: number): HTMLElement {
  const papers = app.model.detail?.papers;
  if (!papers) return h('cite', {});
  const year = papers.year[paper];
  return h('cite', {}, link(papers.url[paper], papers.title[paper] || papers.id[paper]), year !== null && ` (${year})`);
}

/** A sentence in a table, beside columns that have the rest. */
export function cell(app: App, { text: said, paper }: Statement): HTMLElement {
  return h('figure', { class: 'quote' }, cutSentence(said), h('figcaption', {}, citation(app, paper)));
}

export function quote(
  app: App,
  { text: said, paper, confidence: sure }: Statement,
  sentence: Child = h('blockquote', {}, text(said)),
): HTMLElement {
  return h('figure', { class: 'quote' }, sentence, h('figcaption', {}, citation(app, paper), confidence(sure)));
}
