/** What stands out on the stage. */

import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import type { Emphasis } from './overlay.ts';
import { isOnStage, type Scene } from './scene.ts';

export interface Focus {
  /** Nodes that keep their colour while all others fade; when there are none, none fades. */
  nodes: ReadonlySet<number>;
  /** Edges drawn one by one, though the scene is a map. */
  edges: readonly number[];
  /** Of these, the ones that matter most. */
  strong: ReadonlySet<number>;
  /** The entity in the middle of it. */
  node: number | null;
}

export const NO_FOCUS: Focus = { nodes: new Set(), edges: [], strong: new Set(), node: null };

/** What of a focus is on the stage: nothing is named, kept or drawn there that is not. */
export function onStage(focus: Focus, { edges: { source, target } }: Model, scene: Scene, shown: Shown): Focus {
  const isThere = (node: number): boolean => isOnStage(scene, shown, node);
  return {
    ...focus,
    nodes: new Set([...focus.nodes].filter(isThere)),
    edges: focus.edges.filter((edge) => isThere(source[edge]) && isThere(target[edge])),
    node: focus.node !== null && isThere(focus.node) ? focus.node : null,
  };
}

const HOVERED_EDGES = 120;

/** The edges to draw one by one: all of a walk; on a map those in focus, or of what is pointed at. */
export function edgesToDraw(
  model: Model,
  scene: Scene,
  focus: Focus,
  hovered: number | null,
  isShown: (edge: number) => boolean,
): readonly number[] {
  if (scene.kind === 'walk') return scene.edges;
  if (hovered === null || focus.nodes.size > 0) return focus.edges;
  const drawn = model.edgesOf(hovered).filter((edge) => isShown(edge) && scene.has(model.otherEnd(edge, hovered)));
  return drawn.slice(0, HOVERED_EDGES);
}

/** Which of them are drawn strongly, and which faintly: in a walk, those of the selected entity and the others. */
export function emphasis(scene: Scene, { node, strong, edges }: Focus): Emphasis {
  if (strong.size > 0) return { strong, faint: true, near: null };
  if (scene.kind === 'map' || node === null) return { strong, faint: false, near: null };
  return { strong, faint: true, near: new Set(edges) };
}
