/** Why what is selected is not on the stage, and the way to see it there. */

import { ALL } from '../../model/filters.ts';
import type { App } from '../app.ts';
import { button, h } from '../dom.ts';

/** A note where not all of some entities and relations are on the stage; null where they are. */
export function absence(app: App, nodes: readonly number[], edges: readonly number[] = []): HTMLElement | null {
  const { store, shown } = app;
  const missing = nodes.filter((node) => !app.isOnStage(node));
  if (missing.some((node) => !shown.nodes[node]) || edges.some((edge) => !shown.edges[edge])) {
    return note('Hidden by the filters.', 'Show all again', () => store.set({ filters: ALL }));
  }
  if (missing.length === 0) return null;
  if (store.state.walk.length === 0) return null;
  const told = missing.length < nodes.length ? 'Not all of it is in your walk.' : 'Not in your walk.';
  return note(told, 'Leave the walk', () => store.set({ walk: [] }));
}

function note(told: string, remedy: string, act: () => void): HTMLElement {
  return h('p', { class: 'absent', role: 'note' }, told, ' ', button(remedy, act, { class: 'plain' }));
}
