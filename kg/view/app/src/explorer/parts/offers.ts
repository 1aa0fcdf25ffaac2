/** What a list of finds offers: entities of the page, and those that only the server has. */

import { namesOf, tierOf, wordsOf } from '../../model/rank.ts';
import type { Hit } from '../../model/search.ts';
import type { App, Elsewhere } from '../app.ts';
import { count, h, text, type Child } from '../dom.ts';
import { sign, typeWord } from '../look.ts';

export interface Offer {
  /** Its place on the page; null for what is still to be fetched. */
  node: number | null;
  iri: string;
  name: string;
  type: string;
  papers: number;
  tier: number;
  note: Child;
}

export function offerHere({ model }: App, { node, tier, alias }: Hit): Offer {
  const { iri, name, papers } = model.nodes;
  const note = alias !== null && h('small', {}, 'also ', text(alias));
  return { node, iri: iri[node], name: name[node], type: model.typeOf(node), papers: papers[node], tier, note };
}

export function offerElsewhere({ aliases, ...one }: Elsewhere, typed: string): Offer {
  const names = namesOf([one.name, ...aliases.map(({ surface }) => surface)]);
  const note = h('small', {}, 'not on this page: fetched from the server');
  return { ...one, node: null, tier: tierOf(names, wordsOf(typed)), note };
}

/** In the order of a search, wherever they come from. */
export function merged(offers: readonly Offer[]): Offer[] {
  return [...offers].sort((a, b) => a.tier - b.tier || b.papers - a.papers);
}

export function option(offer: Offer, id: string, take: (offer: Offer) => void): HTMLElement {
  const { name, type, papers, note } = offer;
  return h(
    'li',
    {
      role: 'option',
      id,
      'aria-selected': false,
      onmousedown: (event) => event.preventDefault(), // the field keeps the focus
      onclick: () => take(offer),
    },
    sign(type),
    h('span', { class: 'name' }, text(name)),
    note,
    h('small', { class: 'count' }, `${typeWord(type)}, ${count(papers, 'paper')}`),
  );
}
