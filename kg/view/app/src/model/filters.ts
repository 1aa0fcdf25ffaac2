/** What is shown and what is not: types, relations, years, confidence, support. */

import type { Model, Statement } from './model.ts';

type Years = readonly [number, number] | null;

export interface Filters {
  /** Places of the types and relations that are off. */
  types: ReadonlySet<number>;
  relations: ReadonlySet<number>;
  /** The first and the last year, or null for all, unknown ones too. */
  years: Years;
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
  /** How many entities of each community are shown. */
  members: Uint32Array;
}

export function passes({ edges }: Model, edge: number, filters: Filters): boolean {
  if (filters.relations.has(edges.relation[edge])) return false;
  if (edges.confidence[edge] < filters.confidence) return false;
  if (edges.inferred[edge] === 1) return filters.inferred && filters.years === null;
  return supportIn(edges, edge, filters.years) >= Math.max(1, filters.support);
}

/** How many papers state an edge in these years. */
export function supportIn({ support, years }: Model['edges'], edge: number, within: Years): number {
  return within === null ? support[edge] : papersIn(years[edge], within);
}

/** The statements of an edge that the page has, of these years. */
export function statementsIn(model: Model, edge: number, within: Years): Statement[] {
  const year = model.detail?.papers.year ?? [];
  return model.statements(edge).filter(({ paper }) => isIn(year[paper] ?? null, within));
}

/** Whether a year is one of these; an unknown one only where all are. */
export function isIn(year: number | null, within: Years): boolean {
  return within === null || (year !== null && year >= within[0] && year <= within[1]);
}

/** The papers of these years, of flat pairs of a year and its papers. */
export function papersIn(pairs: readonly number[], [from, to]: readonly [number, number]): number {
  let papers = 0;
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] >= from && pairs[at] <= to) papers += pairs[at + 1];
  return papers;
}

/** Goes through all nodes and edges once; 50,000 edges take a few milliseconds. */
export function shownBy(model: Model, filters: Filters): Shown {
  const { nodes, edges } = model;
  const shown = {
    nodes: new Uint8Array(model.nodeCount),
    edges: new Uint8Array(model.edgeCount),
    nodeCount: 0,
    edgeCount: 0,
    members: new Uint32Array(model.communities.name.length),
  };
  const { years } = filters;
  for (let node = 0; node < model.nodeCount; node += 1) {
    if (filters.types.has(nodes.type[node])) continue;
    if (years === null || papersIn(nodes.years[node], years) > 0) shown.nodes[node] = 1;
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
  for (let node = 0; node < model.mapped; node += 1) shown.members[nodes.community[node]] += shown.nodes[node];
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
