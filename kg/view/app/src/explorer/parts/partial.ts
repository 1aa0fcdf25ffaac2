/** What a page that holds a part of the graph says where it could be taken for the whole. */

import type { App } from '../app.ts';
import { count, h } from '../dom.ts';

/** How much of the graph a table is made of; null on a page that has all of it. */
export function partial({ model: { meta, nodeCount, edgeCount } }: App): HTMLElement | null {
  if (nodeCount >= meta.of_nodes && edgeCount >= meta.of_edges) return null;
  const entities = `${count(nodeCount)} of ${count(meta.of_nodes, 'entity', 'entities')}`;
  const relations = `${count(edgeCount)} of ${count(meta.of_edges, 'relation')}`;
  return h('p', { class: 'note' }, `This page holds ${entities} and ${relations}: the graph may have more of these.`);
}
