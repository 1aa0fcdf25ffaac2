/** Keeps the stage in step with the state, and the state with what is done on the stage. */

import type { App } from './app.ts';
import { button, byId, count, fill, icon } from './dom.ts';
import { currentPath } from './parts/pathcard.ts';
import { mapScene, walkScene, type Scene } from './stage/scene.ts';
import { NO_FOCUS, Stage, type Focus } from './stage/stage.ts';

const FOCUS_EDGES = 400;

export function startMap(app: App): Stage {
  const { model, store } = app;
  const whole = mapScene(model);
  let steps: Scene[] = []; // one scene a step of the walk, so that undo shows what was there
  const container = byId('stage');

  const sceneOf = (walk: readonly number[]): Scene => {
    if (walk.length === 0) {
      steps = [];
      return whole;
    }
    const before = walk.length > 1 ? (steps[walk.length - 2] ?? sceneOf(walk.slice(0, -1))) : null;
    steps.length = Math.min(steps.length, walk.length - 1);
    steps[walk.length - 1] = walkScene(model, app.shown, walk, before);
    return steps[walk.length - 1];
  };

  const scope = byId('scope');
  const stage = new Stage(model, sceneOf(store.state.walk), app.shown, app.palette, container, {
    node: (node, twice) => (twice ? void app.open(node) : app.select(node)),
    edge: (edge) => app.selectEdge(edge),
    nothing: () => app.select(null),
    hover: (node) => {
      container.style.cursor = node === null ? '' : 'pointer';
      stage.hover(node);
    },
    camera: (camera) => {
      if (store.state.walk.length === 0) store.set({ camera });
    },
    frame: (drawn, crossing) => {
      scope.textContent = scopeText(app, drawn, crossing);
    },
  });

  store.on((state, previous) => {
    const rewalked = state.walk !== previous.walk || (state.filters !== previous.filters && state.walk.length > 0);
    if (state.filters !== previous.filters && state.walk.length > 0) steps = [];
    if (rewalked) {
      const undone =
        state.walk.length > 0 && state.walk.length < previous.walk.length && steps.length > state.walk.length;
      stage.show(undone ? steps[state.walk.length - 1] : sceneOf(state.walk), app.shown);
      void stage.moveTo(
        state.walk.length === 0 ? (state.camera ?? { x: 0.5, y: 0.5, ratio: 1 }) : { x: 0.5, y: 0.5, ratio: 1 },
        0,
      );
    } else if (state.filters !== previous.filters) {
      stage.show(whole, app.shown);
    }
    const about = ['node', 'edge', 'path', 'walk', 'filters'] as const;
    if (!about.some((key) => state[key] !== previous[key])) return;
    stage.setFocus(focusOf(app));
    if (!rewalked) reveal(app, stage, state !== previous && state.node !== previous.node, state.path !== previous.path);
  });
  app.onGrowth(() => stage.setFocus(focusOf(app)));
  if (store.state.camera) void stage.moveTo(store.state.camera, 0);
  stage.setFocus(focusOf(app));
  if (!store.state.camera) reveal(app, stage, true, true);
  zoomButtons(stage);
  startKeys(app, stage, container);
  return stage;
}

function reveal(app: App, stage: Stage, nodeChanged: boolean, pathChanged: boolean): void {
  const { node, path } = app.store.state;
  if (node !== null && nodeChanged) void stage.reveal([node]);
  else if (path && pathChanged) {
    const found = currentPath(app);
    if (found) void stage.reveal(found.nodes);
  }
}

/** What stands out for a state: an entity with its neighbours, a relation with its ends, or a path. */
function focusOf(app: App): Focus {
  const { model, shown, store } = app;
  const { node, edge, path, walk } = store.state;
  const { source, target } = model.edges;
  if (edge !== null) {
    const ends = new Set([source[edge], target[edge]]);
    return { nodes: ends, edges: [edge], strong: new Set([edge]), node: null };
  }
  const found = path && currentPath(app);
  const along = new Set(found?.edges);
  if (node !== null) {
    const edges = model
      .edgesOf(node)
      .filter((one) => shown.edges[one] === 1)
      .slice(0, FOCUS_EDGES);
    const nodes = new Set([node, ...edges.map((one) => model.otherEnd(one, node))]);
    return walk.length > 0
      ? { nodes: new Set([node]), edges, strong: new Set(), node }
      : { nodes, edges, strong: along, node };
  }
  return found ? { nodes: new Set(found.nodes), edges: found.edges, strong: along, node: null } : NO_FOCUS;
}

/** How much is on the map, and whether all lines are. */
function scopeText(app: App, drawn: number, crossing: number): string {
  const { model, shown, store } = app;
  const { meta } = model;
  if (store.state.walk.length > 0) return `${count(app.nodes.length, 'entity', 'entities')} of your walk`;
  const entities = `${count(shown.nodeCount)} of ${count(meta.of_nodes, 'entity', 'entities')}`;
  const relations = `${count(shown.edgeCount)} of ${count(meta.of_edges, 'relation')}`;
  const lines =
    drawn < crossing ? `; the ${count(drawn)} best supported of ${count(crossing)} lines here are drawn` : '';
  return `${entities}, ${relations}${lines}`;
}

function zoomButtons(stage: Stage): void {
  const small = (path: string, label: string, act: () => void): HTMLElement =>
    button(icon(path), act, { 'aria-label': label, title: label });
  fill(
    byId('buttons'),
    small('M12 5V19M5 12H19', 'Nearer', () => void stage.zoom(1 / 1.6)),
    small('M5 12H19', 'Farther', () => void stage.zoom(1.6)),
    small('M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15', 'All of it', () => void stage.fit()),
  );
}

function startKeys(app: App, stage: Stage, container: HTMLElement): void {
  const { store, model } = app;
  container.tabIndex = 0;
  container.setAttribute('role', 'application');
  container.setAttribute('aria-roledescription', 'graph');
  container.setAttribute(
    'aria-label',
    'The graph. Arrow keys move it, plus and minus zoom, n and p go through the neighbours of what is selected, Enter selects, e opens neighbours, u undoes. The tables have all of it.',
  );
  let pointed = -1;
  const neighbours = (): number[] => {
    const { node } = store.state;
    if (node === null) return app.nodes.slice(0, 200);
    const found = model.edgesOf(node).filter((edge) => app.shown.edges[edge] === 1);
    return [...new Set(found.map((edge) => model.otherEnd(edge, node)))];
  };
  const point = (by: number): void => {
    const all = neighbours();
    if (all.length === 0) {
      app.announce('It has no neighbours');
      return;
    }
    pointed = (pointed + by + all.length) % all.length;
    stage.hover(all[pointed]);
    const { node } = store.state;
    const edge =
      node === null ? undefined : model.edgesOf(node).find((one) => model.otherEnd(one, node) === all[pointed]);
    const phrase = edge === undefined || node === null ? '' : `${model.phrase(edge, node)} `;
    app.announce(
      `${phrase}${model.nodes.name[all[pointed]]}, ${model.typeOf(all[pointed])}, ${pointed + 1} of ${all.length}`,
    );
  };
  const keys: Record<string, () => void> = {
    ArrowLeft: () => void stage.pan(-0.12, 0),
    ArrowRight: () => void stage.pan(0.12, 0),
    ArrowUp: () => void stage.pan(0, -0.12),
    ArrowDown: () => void stage.pan(0, 0.12),
    '+': () => void stage.zoom(1 / 1.6),
    '=': () => void stage.zoom(1 / 1.6),
    '-': () => void stage.zoom(1.6),
    '0': () => void stage.fit(),
    n: () => point(1),
    p: () => point(-1),
    Enter: () => {
      const target = neighbours().at(pointed);
      if (pointed >= 0 && target !== undefined) app.select(target);
    },
    e: () => {
      if (store.state.node !== null) void app.open(store.state.node);
    },
    u: () => {
      if (store.state.walk.length > 0) app.undo();
    },
    Escape: () => app.select(null),
  };
  store.on((state, previous) => {
    if (state.node !== previous.node) pointed = -1;
  });
  container.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
