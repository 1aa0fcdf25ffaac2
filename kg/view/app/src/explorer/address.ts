/** The address always leads to what is seen; a step of selection or walking can be gone back, and forward again. */

import { fromFragment, missingFrom, toFragment } from '../model/link.ts';
import type { Model } from '../model/model.ts';
import { START, type State } from '../model/state.ts';
import type { App } from './app.ts';

const STEPS = ['view', 'node', 'edge', 'walk', 'path', 'compare', 'board'] as const;
const [MOST_FETCHED, MOST_NAMED, LONGEST_NAME] = [40, 3, 60];

/** What a page shows first; where a server must add to it, only what needs no entity. */
export function firstState(model: Model, served: boolean): State {
  const state = fromFragment(model, fragment());
  return served && lacks(model, fragment(), (node) => model.lacksNeighbours(node))
    ? { ...START, view: state.view, filters: state.filters }
    : state;
}

export function followAddress(app: App): void {
  const { model, store } = app;
  let told = fragment();
  let following = false;
  let awaited: string | null = null;

  store.on((state, previous) => {
    if (awaited !== null && !following && onlyLooked(state, previous)) return;
    awaited = null;
    told = toFragment(model, state);
    const stepped = !following && STEPS.some((key) => state[key] !== previous[key]);
    history[stepped ? 'pushState' : 'replaceState'](null, '', `#${told}`);
  });

  /** Shows what an address says, unless the reader went elsewhere while a server was asked. */
  const lead = async (wanted: string): Promise<void> => {
    told = awaited = wanted;
    if (app.api && lacks(model, wanted, (node) => app.canFetch(node))) await fetchFor(app, wanted);
    if (awaited !== wanted) return;
    awaited = null;
    tellMissing(app, wanted);
    following = true;
    store.set(fromFragment(model, wanted));
    following = false;
  };
  const follow = (): void => {
    if (fragment() !== told) void lead(fragment());
  };
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
  void lead(told);
}

function fragment(): string {
  return location.hash.replace(/^#/, '');
}

/** The map settles by itself: that is no step of the reader. */
function onlyLooked(state: State, previous: State): boolean {
  return (Object.keys(state) as (keyof State)[]).every((key) => key === 'camera' || state[key] === previous[key]);
}

function lacks(model: Model, wanted: string, hasMore: (node: number) => boolean): boolean {
  return missingFrom(model, wanted).length > 0 || fromFragment(model, wanted).walk.some(hasMore);
}

/** One after another, so that the same link makes the same picture. */
async function fetchFor(app: App, wanted: string): Promise<void> {
  app.tell('Fetching what this page left out …');
  for (const iri of missingFrom(app.model, wanted).slice(0, MOST_FETCHED)) await app.fetch(iri);
  for (const node of fromFragment(app.model, wanted).walk.slice(0, MOST_FETCHED)) await app.fetchNeighbours(node);
}

function tellMissing(app: App, wanted: string): void {
  const missing = missingFrom(app.model, wanted);
  if (missing.length === 0) return;
  const named = missing.slice(0, MOST_NAMED).map((iri) => iri.slice(0, LONGEST_NAME));
  const rest = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  app.tell(`Not on this page: ${named.join(', ')}${rest}`);
}
