/** Soft discs under the map, one a community: from afar the map reads as places, not as dots. */

import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import type { Palette } from '../look.ts';
import type { Projection } from './projection.ts';
import type { Scene } from './scene.ts';

const LEAST_MEMBERS = 8;
const MARGIN = 1.06;

export function drawRegions(
  context: CanvasRenderingContext2D,
  { communities }: Model,
  scene: Scene,
  shown: Shown,
  projection: Projection,
  palette: Palette,
  pixelRatio: number,
): void {
  const { canvas } = context;
  const [width, height] = [projection.width * pixelRatio, projection.height * pixelRatio];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, projection.width, projection.height);
  if (scene.kind === 'walk') return;
  context.fillStyle = palette.colour('region');
  communities.name.forEach((_, at) => {
    const radius = communities.r[at] * projection.scale * MARGIN;
    if (communities.size[at] < LEAST_MEMBERS || radius < 6 || shown.members[at] === 0) return;
    const [x, y] = [projection.x(communities.x[at]), projection.y(-communities.y[at])];
    const away = x + radius < 0 || y + radius < 0 || x - radius > projection.width || y - radius > projection.height;
    if (away) return;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  });
}
