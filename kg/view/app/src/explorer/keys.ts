/** The map from the keyboard: its keys work while it has the focus, so that they never get in a reader's way. */

import type { App } from './app.ts';
import { typeWord } from './look.ts';
import type { Stage } from './stage/stage.ts';

const LABEL =
  'The graph. Arrow keys move it, plus and minus zoom, n and p go through the neighbours of what is selected, ' +
  'Enter selects, e opens neighbours, u undoes. The tables have all of it.';
const CANDIDATES = 200;

export function startKeys(app: App, stage: Stage, container: HTMLElement): void {
  container.tabIndex = 0;
  container.setAttribute('role', 'application');
  container.setAttribute('aria-label', LABEL);
  const { store } = app;
  const pointer = new Pointer(app, stage);
  const { looking } = stage;
  const keys: Record<string, () => unknown> = {
    ArrowLeft: () => looking.pan(-0.12, 0),
    ArrowRight: () => looking.pan(0.12, 0),
    ArrowUp: () => looking.pan(0, -0.12),
    ArrowDown: () => looking.pan(0, 0.12),
    '+': () => looking.zoom(1 / 1.6),
    '=': () => looking.zoom(1 / 1.6),
    '-': () => looking.zoom(1.6),
    '0': () => stage.fit(),
    n: () => pointer.move(1),
    p: () => pointer.move(-1),
    Enter: () => pointer.take(),
    e: () => store.state.node !== null && app.open(store.state.node),
    u: () => store.state.walk.length > 0 && app.undo(),
    Escape: () => app.select(null),
  };
  container.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}

/** Points at one neighbour after another of what is selected, or at the most important when nothing is. */
class Pointer {
  private readonly app: App;
  private readonly stage: Stage;
  private at = -1;

  constructor(app: App, stage: Stage) {
    [this.app, this.stage] = [app, stage];
    app.store.on((state, previous) => {
      if (state.node !== previous.node) this.at = -1;
    });
  }

  move(by: number): void {
    const { app, stage } = this;
    const edges = this.edges();
    const all = this.candidates(edges);
    if (all.length === 0) {
      app.announce('It has no neighbours');
      return;
    }
    this.at = this.at < 0 && by < 0 ? all.length - 1 : (this.at + by + all.length) % all.length;
    const node = all[this.at];
    stage.hover(node);
    const { model, store } = app;
    const edge = edges.find((one) => model.otherEnd(one, store.state.node ?? -1) === node);
    const phrase = edge === undefined ? '' : `${model.phrase(edge, store.state.node ?? -1)} `;
    app.announce(
      `${phrase}${model.nodes.name[node]}, ${typeWord(model.typeOf(node))}, ${this.at + 1} of ${all.length}`,
    );
  }

  take(): void {
    const node = this.candidates(this.edges()).at(this.at);
    if (this.at >= 0 && node !== undefined) this.app.select(node);
  }

  private edges(): number[] {
    const { model, shown, store } = this.app;
    const { node } = store.state;
    return node === null ? [] : model.edgesOf(node).filter((edge) => shown.edges[edge] === 1);
  }

  private candidates(edges: readonly number[]): number[] {
    const { node, walk } = this.app.store.state;
    if (node === null) return this.app.nodes.slice(0, CANDIDATES);
    const all = [...new Set(edges.map((edge) => this.app.model.otherEnd(edge, node)))];
    const there = new Set(walk.length > 0 ? this.app.nodes : all);
    return all.filter((one) => there.has(one));
  }
}
