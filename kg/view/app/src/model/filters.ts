/** What is shown and what is not: types, relations, years, confidence, support. */

import type { Model } from './model.ts';

export interface Filters {
  /** Places of the types and relations that are off. */
  types: ReadonlySet<number>;
  relations: ReadonlySet<number>;
  /** The first and the last year, or null for all, unknown ones too. */
  years: readonly [number, number] | null;
  confidence: number;
  support: number;
  /** Whether relations that no paper states, read from the names alone, are shown. */
  inferred: boolean;
  /** Whether entities without a shown relation are shown. */
  lonely: boolean;
}

/** How many papers can be asked for. */
export const SUPPORTS = [1, 2, 3, 5, 10, 20, 50, 100];

export const ALL: Filters = {
  types: new Set(),
  relations: new Set(),
  years: null,
  confidence: 0,
  support: 1,
  inferred: true,
  lonely: true,
};

/** Masks over nodes and edges, 1 where shown, and how many are. */
export interface Shown {
  nodes: Uint8Array;
  edges: Uint8Array;
  nodeCount: number;
  edgeCount: number;
}

export function passes({ edges }: Model, edge: number, filters: Filters): boolean {
  if (filters.relations.has(edges.relation[edge])) return false;
  if (edges.inferred[edge] === 1 ? !filters.inferred : edges.support[edge] < filters.support) return false;
  if (edges.confidence[edge] < filters.confidence) return false;
  return filters.years === null || overlaps(edges.first[edge], edges.last[edge], filters.years);
}

function overlaps(first: number, last: number, [from, to]: readonly [number, number]): boolean {
  return first > 0 && first <= to && last >= from;
}

function mentionedIn(years: readonly number[], [from, to]: readonly [number, number]): boolean {
  for (let at = 0; at < years.length; at += 2) if (years[at] >= from && years[at] <= to) return true;
  return false;
}

/** Goes through all nodes and edges once; 50,000 edges take a few milliseconds. */
export function shownBy(model: Model, filters: Filters): Shown {
  const { nodes, edges } = model;
  const shown = {
    nodes: new Uint8Array(model.nodeCount),
    edges: new Uint8Array(model.edgeCount),
    nodeCount: 0,
    edgeCount: 0,
  };
  const { years } = filters;
  for (let node = 0; node < model.nodeCount; node += 1) {
    if (filters.types.has(nodes.type[node])) continue;
    if (years === null || mentionedIn(nodes.years[node], years)) shown.nodes[node] = 1;
  }
  const met = new Uint8Array(model.nodeCount);
  for (let edge = 0; edge < model.edgeCount; edge += 1) {
    const [source, target] = [edges.source[edge], edges.target[edge]];
    if (!shown.nodes[source] || !shown.nodes[target] || !passes(model, edge, filters)) continue;
    shown.edges[edge] = 1;
    shown.edgeCount += 1;
    met[source] = met[target] = 1;
  }
  if (!filters.lonely) shown.nodes.forEach((on, node) => (shown.nodes[node] = on & met[node]));
  shown.nodeCount = shown.nodes.reduce((sum, on) => sum + on, 0);
  return shown;
}

/** How many filters are in use. */
export function inUse(filters: Filters): number {
  return [
    filters.types.size > 0,
    filters.relations.size > 0,
    filters.years !== null,
    filters.confidence > 0,
    filters.support > 1,
    !filters.inferred,
    !filters.lonely,
  ].filter(Boolean).length;
}
