/** Which names would like to be read in a frame, in which order, and what they should not cover. */

import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import type { Palette } from '../look.ts';
import type { Wish } from './labels.ts';
import type { Box } from './occupied.ts';
import type { Projection } from './projection.ts';
import { isOnStage, LEAST_COMMUNITY, type Scene } from './scene.ts';
import type { Focus } from './focus.ts';

export interface Frame {
  model: Model;
  scene: Scene;
  shown: Shown;
  focus: Focus;
  hovered: number | null;
  projection: Projection;
  palette: Palette;
}

const LARGE = 9; // pixels of radius
/** Pixels a unit of the layout, from which on the entities are read, and the names of their communities no more. */
const NEAR = 0.75;
/** Radius in pixels from which on an entity is named beside communities; a few are in any case. */
const [NAMED, ALWAYS] = [3.6, 8];

/** Names may stand a little over the border, as the map goes on there. */
export function area({ width, height }: Projection): Box {
  return { left: 2, top: 2, right: width - 2, bottom: height - 2 };
}

/** The discs of large nodes, which names keep clear of; of faded ones they need not. */
export function* discs(scene: Scene, shown: Shown, focus: Focus, projection: Projection): Generator<Box> {
  const faded = scene.kind === 'map' && focus.nodes.size > 0;
  const least = scene.kind === 'map' ? LARGE : 3;
  for (const node of faded ? focus.nodes : scene.nodes) {
    const radius = projection.radius(scene.radius(node));
    if (radius < least || !isOnStage(scene, shown, node)) continue;
    const [x, y] = [projection.x(scene.x(node)), projection.y(scene.y(node))];
    if (x < 0 || y < 0 || x > projection.width || y > projection.height) continue;
    yield { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
  }
}

/** What is pointed at, what is in focus, communities, then all others by importance. */
export function* wishes(frame: Frame): Generator<Wish> {
  const { scene, focus, hovered } = frame;
  if (hovered !== null) yield nodeWish(frame, hovered, { must: true, weight: 600, size: 14 });
  if (focus.node !== null && focus.node !== hovered) {
    yield nodeWish(frame, focus.node, { must: true, weight: 700, size: 15 });
  }
  for (const node of focus.nodes) {
    if (node !== focus.node && node !== hovered && isSeen(frame, node)) yield nodeWish(frame, node, {});
  }
  if (focus.nodes.size > 0 && scene.kind === 'map') return;
  if (scene.kind === 'map' && frame.projection.scale < NEAR) yield* communityWishes(frame);
  let named = 0;
  for (const node of scene.nodes) {
    if (focus.nodes.has(node) || node === focus.node || node === hovered || !isSeen(frame, node)) continue;
    const radius = frame.projection.radius(scene.radius(node));
    if (scene.kind === 'map' && radius < NAMED && named >= ALWAYS) return;
    named += 1;
    yield nodeWish(frame, node, {});
  }
}

function isSeen({ scene, shown, projection }: Frame, node: number): boolean {
  if (!isOnStage(scene, shown, node)) return false;
  const [x, y] = [projection.x(scene.x(node)), projection.y(scene.y(node))];
  return x > -40 && y > -10 && x < projection.width + 40 && y < projection.height + 10;
}

function nodeWish({ model, scene, projection, palette }: Frame, node: number, more: Partial<Wish>): Wish {
  const radius = projection.radius(scene.radius(node));
  return {
    text: model.nodes.name[node],
    x: projection.x(scene.x(node)),
    y: projection.y(scene.y(node)),
    radius,
    size: Math.round(Math.min(15, 11 + radius / 6)),
    weight: 400,
    colour: palette.colour('ink'),
    ...more,
  };
}

function* communityWishes({ model, shown, projection, palette }: Frame): Generator<Wish> {
  const { name, size, x, y, r } = model.communities;
  for (let at = 0; at < name.length; at += 1) {
    const radius = r[at] * projection.scale;
    if (shown.members[at] === 0 || size[at] < LEAST_COMMUNITY || radius < 22 || radius > 0.42 * projection.width)
      continue;
    const letters = Math.round(Math.min(20, Math.max(11, 8 + radius * 0.06)));
    const [text, below] = name[at].split(' · ', 2);
    const middle = { x: projection.x(x[at]), y: projection.y(-y[at]) };
    yield { text, below, ...middle, radius: null, size: letters, weight: 700, colour: palette.colour('place') };
  }
}
