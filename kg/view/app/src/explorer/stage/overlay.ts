/** Edges drawn one by one: around what is selected, along a path, and all of a walk; with pattern, direction and name. */

import type { Model } from '../../model/model.ts';
import { dashOf, familyOf, type Palette } from '../look.ts';
import { FONT } from './labels.ts';
import type { Box } from './occupied.ts';
import type { Projection } from './projection.ts';
import type { Scene } from './scene.ts';

/** A drawn edge: a quadratic curve from rim to rim. */
export interface Curve {
  edge: number;
  from: [number, number];
  bend: [number, number];
  to: [number, number];
}

const APART = 26;
const ARROW = 7;

/** Bends edges between the same two nodes apart, and ends them at the rims. */
export function curves(model: Model, scene: Scene, projection: Projection, edges: readonly number[]): Curve[] {
  const between = new Map<string, number[]>();
  for (const edge of edges) {
    const ends = [model.edges.source[edge], model.edges.target[edge]].sort((a, b) => a - b).join(' ');
    const same = between.get(ends);
    if (same) same.push(edge);
    else between.set(ends, [edge]);
  }
  return [...between.values()].flatMap((same) =>
    same.flatMap((edge, at) => curve(model, scene, projection, edge, at - (same.length - 1) / 2)),
  );
}

function curve(model: Model, scene: Scene, projection: Projection, edge: number, lane: number): Curve[] {
  const [source, target] = [model.edges.source[edge], model.edges.target[edge]];
  const [x, y] = [projection.x(scene.x(source)), projection.y(scene.y(source))];
  const [u, v] = [projection.x(scene.x(target)), projection.y(scene.y(target))];
  const far = Math.hypot(u - x, v - y);
  const [start, end] = [projection.radius(scene.radius(source)) + 1, projection.radius(scene.radius(target)) + 2];
  if (far < start + end + 2) return [];
  const side = (source < target ? lane : -lane) * APART;
  const bend: [number, number] = [(x + u) / 2 - ((v - y) / far) * side, (y + v) / 2 + ((u - x) / far) * side];
  return [{ edge, from: towards([x, y], bend, start), bend, to: towards([u, v], bend, end) }];
}

function towards([x, y]: [number, number], [u, v]: [number, number], step: number): [number, number] {
  const far = Math.hypot(u - x, v - y) || 1;
  return [x + ((u - x) / far) * step, y + ((v - y) / far) * step];
}

/** The point at a share of the way. */
export function along({ from, bend, to }: Curve, share: number): [number, number] {
  const mix = (a: number, b: number, c: number): number =>
    (1 - share) ** 2 * a + 2 * share * (1 - share) * b + share ** 2 * c;
  return [mix(from[0], bend[0], to[0]), mix(from[1], bend[1], to[1])];
}

/** The curve that passes nearest to a point, if one passes within a few pixels. */
export function nearest(all: readonly Curve[], x: number, y: number, within = 7): Curve | null {
  let best: Curve | null = null;
  let least = within;
  for (const one of all) {
    for (let step = 1; step < 24; step += 1) {
      const [u, v] = along(one, step / 24);
      const [p, q] = along(one, (step - 1) / 24);
      const far = toSegment(x, y, p, q, u, v);
      if (far < least) [best, least] = [one, far];
    }
  }
  return best;
}

function toSegment(x: number, y: number, p: number, q: number, u: number, v: number): number {
  const length = (u - p) ** 2 + (v - q) ** 2;
  const share = length ? Math.max(0, Math.min(1, ((x - p) * (u - p) + (y - q) * (v - q)) / length)) : 0;
  return Math.hypot(x - p - share * (u - p), y - q - share * (v - q));
}

export interface Emphasis {
  /** Drawn thicker: the selected edge, the edges of a path. */
  strong: ReadonlySet<number>;
  /** Drawn plainly while others are faint. */
  near: ReadonlySet<number> | null;
  faint: boolean;
}

export class EdgePen {
  private readonly context: CanvasRenderingContext2D;
  private readonly model: Model;
  private readonly palette: Palette;

  constructor(context: CanvasRenderingContext2D, model: Model, palette: Palette) {
    this.context = context;
    this.model = model;
    this.palette = palette;
  }

  draw(all: readonly Curve[], { strong, near, faint }: Emphasis): void {
    const plain = (edge: number): boolean => !faint || (near?.has(edge) ?? false);
    for (const one of all) if (!plain(one.edge)) this.stroke(one, 1, 0.22);
    for (const one of all) if (plain(one.edge) && !strong.has(one.edge)) this.stroke(one, this.width(one.edge), 0.72);
    for (const one of all) if (strong.has(one.edge)) this.stroke(one, 3.2, 1);
    this.context.globalAlpha = 1;
  }

  private width(edge: number): number {
    return 1.1 + Math.min(2, 0.5 * Math.log2(Math.max(1, this.model.edges.support[edge])));
  }

  private stroke(one: Curve, width: number, alpha: number): void {
    const { context } = this;
    const relation = this.model.relations[this.model.edges.relation[one.edge]].key;
    context.globalAlpha = alpha;
    context.strokeStyle = context.fillStyle = this.palette.colour(familyOf(relation));
    context.lineWidth = width;
    context.setLineDash(dashOf(relation));
    context.beginPath();
    context.moveTo(...one.from);
    context.quadraticCurveTo(...one.bend, ...one.to);
    context.stroke();
    context.setLineDash([]);
    if (relation !== 'comparedWith') this.arrow(one, width);
  }

  private arrow({ bend, to }: Curve, width: number): void {
    const { context } = this;
    const angle = Math.atan2(to[1] - bend[1], to[0] - bend[0]);
    const size = ARROW + width;
    context.beginPath();
    context.moveTo(...to);
    context.lineTo(to[0] - size * Math.cos(angle - 0.38), to[1] - size * Math.sin(angle - 0.38));
    context.lineTo(to[0] - size * Math.cos(angle + 0.38), to[1] - size * Math.sin(angle + 0.38));
    context.fill();
  }

  /** Writes what edges mean in their middles, where there is room. */
  name(all: readonly Curve[], isFree: (box: Box) => boolean, must: ReadonlySet<number>): void {
    const { context } = this;
    context.font = `400 11px ${FONT}`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = this.palette.colour('ground');
    context.fillStyle = this.palette.colour('soft');
    for (const one of all) {
      const phrase = this.model.relations[this.model.edges.relation[one.edge]].forward;
      const [x, y] = along(one, 0.5);
      const wide = context.measureText(phrase).width / 2 + 3;
      const room = Math.hypot(one.to[0] - one.from[0], one.to[1] - one.from[1]) > 2 * wide + 12;
      const free = room && isFree({ left: x - wide, top: y - 8, right: x + wide, bottom: y + 8 });
      if (!free && !must.has(one.edge)) continue;
      context.strokeText(phrase, x, y);
      context.fillText(phrase, x, y);
    }
  }
}
