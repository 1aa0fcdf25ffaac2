/** Keeps the stage in step with the state, and the state with what is done on the stage. */

import type { State } from '../model/state.ts';
import type { App } from './app.ts';
import { button, byId, count, fill, icon } from './dom.ts';
import { startKeys } from './keys.ts';
import { currentPath } from './parts/pathcard.ts';
import { NO_FOCUS, type Focus } from './stage/focus.ts';
import { Stage } from './stage/stage.ts';
import { Walks } from './walks.ts';

const FOCUS_EDGES = 400;

export function startMap(app: App): Stage {
  const { store } = app;
  const walks = new Walks(app);
  const [container, scope] = [byId('stage'), byId('scope')];
  const stage = new Stage(app.model, walks.scene(store.state.walk), app.shown, app.palette, container, {
    node: (node, twice) => (twice ? void app.open(node) : app.select(node)),
    edge: (edge) => app.selectEdge(edge),
    nothing: () => app.select(null),
    hover: (node) => {
      container.style.cursor = node === null ? '' : 'pointer';
      stage.hover(node);
    },
    camera: (camera) => store.set({ camera }),
    frame: (drawn, crossing) => {
      scope.textContent = scopeText(app, drawn, crossing);
    },
  });
  store.on((state, previous) => follow(app, stage, walks, state, previous));
  app.onGrowth(() => stage.setFocus(focusOf(app)));
  begin(app, stage);
  zoomButtons(stage);
  startKeys(app, stage, container);
  return stage;
}

/** The first view: as the link says, or all of it, or what the link selects. */
function begin(app: App, stage: Stage): void {
  const { camera } = app.store.state;
  stage.setFocus(focusOf(app));
  void stage.fit(0);
  stage.looking.covered = coveredHeight();
  if (camera) void stage.looking.moveTo(camera, 0);
  else void stage.reveal(toReveal(app));
}

function follow(app: App, stage: Stage, walks: Walks, state: State, previous: State): void {
  const changed = (...keys: (keyof State)[]): boolean => keys.some((key) => state[key] !== previous[key]);
  if (!changed('node', 'edge', 'path', 'walk', 'filters', 'camera')) return;
  if (changed('filters')) walks.forget();
  if (changed('filters', 'walk')) stage.show(walks.scene(state.walk), app.shown);
  if (changed('node', 'edge', 'path', 'walk', 'filters')) stage.setFocus(focusOf(app));
  stage.looking.covered = coveredHeight();
  if (changed('walk') || (changed('camera') && !stage.looking.isAt(state.camera))) {
    const camera = changed('camera') ? state.camera : walks.cameraFor(state, previous);
    void (camera ? stage.looking.moveTo(camera, 0) : stage.fit(0));
  }
  if (changed('node', 'edge', 'path') && (state.camera === previous.camera || !state.camera)) {
    void stage.reveal(toReveal(app));
  }
}

/** What should be in view: the selected entity, or the whole path. */
function toReveal(app: App): number[] {
  const { node, edge, path } = app.store.state;
  const { source, target } = app.model.edges;
  if (node !== null) return [node];
  if (edge !== null) return [source[edge], target[edge]];
  return (path && currentPath(app)?.nodes) ?? [];
}

/** How much of the map a phone's sheet lies over. */
function coveredHeight(): number {
  const [map, panel] = [byId('map').getBoundingClientRect(), byId('panel').getBoundingClientRect()];
  const over = panel.width > 0 && panel.left < map.right && panel.top > map.top;
  return over ? Math.max(0, map.bottom - panel.top) : 0;
}

/** What stands out for a state: an entity with its neighbours, a relation with its ends, or a path. */
function focusOf(app: App): Focus {
  const { model, shown, store } = app;
  const { node, edge, path, walk } = store.state;
  const { source, target } = model.edges;
  if (edge !== null) {
    return { nodes: new Set([source[edge], target[edge]]), edges: [edge], strong: new Set([edge]), node: null };
  }
  const found = path && currentPath(app);
  const strong = new Set(found?.edges);
  if (node === null) return found ? { nodes: new Set(found.nodes), edges: found.edges, strong, node: null } : NO_FOCUS;
  const edges = model.edgesOf(node).filter((one) => shown.edges[one] === 1).slice(0, FOCUS_EDGES); // prettier-ignore
  if (walk.length > 0) return { ...NO_FOCUS, edges, node };
  return { nodes: new Set([node, ...edges.map((one) => model.otherEnd(one, node))]), edges, strong, node };
}

/** How much is on the map, and whether all lines are. */
function scopeText(app: App, drawn: number, crossing: number): string {
  const { model, shown, store } = app;
  const { meta } = model;
  if (store.state.walk.length > 0) return `${count(app.nodes.length, 'entity', 'entities')} of your walk`;
  const entities = `${count(shown.nodeCount)} of ${count(meta.of_nodes, 'entity', 'entities')}`;
  const relations = `${count(shown.edgeCount)} of ${count(meta.of_edges, 'relation')}`;
  const lines = drawn < crossing ? ` · the ${count(drawn)} strongest of ${count(crossing)} lines here` : '';
  return `${entities} · ${relations}${lines}`;
}

function zoomButtons(stage: Stage): void {
  const small = (path: string, label: string, act: () => Promise<void>): HTMLElement =>
    button(icon(path), () => void act(), { 'aria-label': label, title: label });
  fill(
    byId('buttons'),
    small('M12 5V19M5 12H19', 'Nearer', () => stage.looking.zoom(1 / 1.6)),
    small('M5 12H19', 'Farther', () => stage.looking.zoom(1.6)),
    small('M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15', 'All of it', () => stage.fit()),
  );
}
