/** Shortest paths over what the filters show. */

import type { Shown } from './filters.ts';
import type { Model } from './model.ts';

/** Edges one after another, from the first node to the last. */
export interface Path {
  nodes: number[];
  edges: number[];
}

/**
 * Finds a shortest path, against the direction of relations too; among equally short ones, at each step the edge that
 * most papers support. Breadth-first from the end, so that the way forward is known at every node.
 */
export function shortestPath(model: Model, shown: Shown, from: number, to: number): Path | null {
  if (from === to) return { nodes: [from], edges: [] };
  const onward = new Int32Array(model.nodeCount).fill(-1);
  const seen = new Uint8Array(model.nodeCount);
  seen[to] = 1;
  let ring = [to];
  while (ring.length > 0 && !seen[from]) {
    const next: number[] = [];
    for (const node of ring) {
      for (const edge of model.edgesOf(node)) {
        const other = model.otherEnd(edge, node);
        if (!shown.edges[edge]) continue;
        if (!seen[other]) {
          seen[other] = 2;
          next.push(other);
          onward[other] = edge;
        } else if (seen[other] === 2 && better(model, edge, onward[other])) {
          onward[other] = edge;
        }
      }
    }
    for (const node of next) seen[node] = 1;
    ring = next;
  }
  return seen[from] ? follow(model, onward, from, to) : null;
}

function better({ edges }: Model, one: number, other: number): boolean {
  const byPapers = edges.support[one] - edges.support[other];
  return byPapers > 0 || (byPapers === 0 && edges.confidence[one] > edges.confidence[other]);
}

function follow(model: Model, onward: Int32Array, from: number, to: number): Path {
  const path: Path = { nodes: [from], edges: [] };
  for (let node = from; node !== to;) {
    path.edges.push(onward[node]);
    node = model.otherEnd(onward[node], node);
    path.nodes.push(node);
  }
  return path;
}
