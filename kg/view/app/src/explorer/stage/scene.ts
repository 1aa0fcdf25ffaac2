/** What is on the stage: the whole map, or the part of the graph that one has walked through. */

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import { edgesAmong } from '../../model/save.ts';
import { radius } from '../look.ts';

export interface Scene {
  kind: 'map' | 'walk';
  /** The important first. */
  nodes: readonly number[];
  /** Whether a node has a place in it. */
  has: (node: number) => boolean;
  /** By node; y up, as Sigma has it. */
  x: (node: number) => number;
  y: (node: number) => number;
  radius: (node: number) => number;
  /** Whether it is one of what the whole view should show: what belongs to nothing larger lies around. */
  inside: (node: number) => boolean;
  /** The edges to draw one by one; a map has too many, and draws them as lines. */
  edges: readonly number[];
}

export function mapScene(model: Model): Scene {
  const { x, y, papers, community } = model.nodes;
  const { size } = model.communities;
  const most = Math.max(0, ...papers.slice(0, model.mapped));
  return {
    kind: 'map',
    nodes: Array.from({ length: model.mapped }, (_, node) => node),
    has: (node) => node < model.mapped,
    x: (node) => x[node] ?? 0,
    y: (node) => -(y[node] ?? 0),
    radius: (node) => radius(papers[node], most),
    inside: (node) => size[community[node]] >= LEAST_COMMUNITY,
    edges: [],
  };
}

/** Whether a node is drawn: what was walked to is, whatever the filters say. */
export function isOnStage(scene: Scene, shown: Shown, node: number): boolean {
  return scene.has(node) && (scene.kind === 'walk' || shown.nodes[node] === 1);
}

/** Smaller communities lie around the map. */
export const LEAST_COMMUNITY = 5;
/** Neighbours that one step of a walk opens; a second step from the same entity opens as many more. */
export const STEP = 24;
const MOST_EDGES = 500;

/** The nodes of a walk, in the order in which they were met. */
export function walked(model: Model, shown: Shown, walk: readonly number[]): number[] {
  const met = new Set<number>();
  const opened = new Map<number, number>();
  for (const node of walk) {
    met.add(node);
    const before = opened.get(node) ?? 0;
    const neighbours = neighboursOf(model, shown, node);
    for (const other of neighbours.slice(before, before + STEP)) met.add(other);
    opened.set(node, before + STEP);
  }
  return [...met];
}

/** The shown neighbours of a node, each once, the best supported first. */
export function neighboursOf(model: Model, shown: Shown, node: number): number[] {
  const found = model.edgesOf(node).filter((edge) => shown.edges[edge] === 1);
  return [...new Set(found.map((edge) => model.otherEnd(edge, node)))].filter((other) => other !== node);
}

interface Body {
  node: number;
  x: number;
  y: number;
  room: number;
}

/**
 * Lays a walk out by forces (d3-force): the same walk always looks the same, and what was there stays about where it was.
 *
 * @param before - The scene of one step earlier, if there was one.
 */
export function walkScene(model: Model, shown: Shown, walk: readonly number[], before: Scene | null): Scene {
  const nodes = walked(model, shown, walk);
  const edges = edgesAmong(model, nodes, shown).slice(0, MOST_EDGES);
  const { papers } = model.nodes;
  const most = Math.max(1, ...nodes.map((node) => papers[node]));
  const size = (node: number): number => 0.45 * radius(papers[node], most) + (walk.includes(node) ? 5 : 2);
  const bodies = startingPlaces(model, nodes, walk, before, size);
  settle(model, bodies, edges, before !== null);
  const places = new Map(bodies.map((body) => [body.node, body]));
  return {
    kind: 'walk',
    nodes,
    has: (node) => places.has(node),
    x: (node) => places.get(node)?.x ?? 0,
    y: (node) => -(places.get(node)?.y ?? 0),
    radius: size,
    inside: () => true,
    edges,
  };
}

function startingPlaces(
  model: Model,
  nodes: readonly number[],
  walk: readonly number[],
  before: Scene | null,
  size: (node: number) => number,
): Body[] {
  const known = new Set(before?.nodes);
  const last = walk[walk.length - 1];
  const middle = before && known.has(last) ? { x: before.x(last), y: -before.y(last) } : { x: 0, y: 0 };
  return nodes.map((node, at) => {
    const room = size(node) + 10 + Math.min(26, 2.2 * Math.sqrt(model.nodes.name[node].length) * 2);
    if (before && known.has(node)) return { node, x: before.x(node), y: -before.y(node), room };
    const angle = at * 2.399963; // the golden angle: no two on one spot
    const far = node === last ? 0 : 60 + 6 * Math.sqrt(at);
    return { node, x: middle.x + far * Math.cos(angle), y: middle.y + far * Math.sin(angle), room };
  });
}

function settle(model: Model, bodies: Body[], edges: readonly number[], gently: boolean): void {
  const place = new Map(bodies.map((body, at) => [body.node, at]));
  const links = edges.map((edge) => ({
    source: place.get(model.edges.source[edge]) ?? 0,
    target: place.get(model.edges.target[edge]) ?? 0,
  }));
  const rounds = bodies.length > 150 ? 90 : 160;
  forceSimulation(bodies)
    .stop()
    .alpha(gently ? 0.6 : 1)
    .alphaDecay(1 - 0.001 ** (1 / rounds))
    .force('link', forceLink(links).distance(110).strength(0.35))
    .force('charge', forceManyBody().strength(-320).distanceMax(700))
    .force('room', forceCollide<Body>((body) => body.room).strength(0.8))
    .force('x', forceX(0).strength(0.035))
    .force('y', forceY(0).strength(0.06))
    .tick(rounds);
}
