/** Moving the camera: to what is selected, to all of it, by steps; at once where motion is unwanted. */

import type Sigma from 'sigma';
import type { Camera } from '../../model/state.ts';
import { Projection, type Point } from './projection.ts';
import type { Scene } from './scene.ts';

const [MARGIN, NARROW_MARGIN, NARROW] = [48, 22, 600]; // pixels
/** From where all is seen: what is measured from there does not depend on how the camera moves meanwhile. */
const AFAR = { x: 0.5, y: 0.5, angle: 0, ratio: 1 };
/** Pixels a unit of the layout, from which on an entity and its surroundings are well seen. */
const NEAR_SCALE = 0.7;
const NEAREST_FIT = 2.2;

export class Looking {
  private readonly sigma: Sigma;
  /** Pixels at the bottom that something lies over: a phone's sheet. */
  covered = 0;

  constructor(sigma: Sigma) {
    this.sigma = sigma;
  }

  get camera(): Camera {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return { x, y, ratio };
  }

  /** Whether the camera stands there, as exactly as a link says it. */
  isAt(camera: Camera | null): boolean {
    const { x, y, ratio } = this.camera;
    const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-3;
    return camera !== null && near(camera.x, x) && near(camera.y, y) && near(camera.ratio, ratio);
  }

  async moveTo(camera: Partial<Camera>, duration = 400): Promise<void> {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (calm || duration === 0) this.sigma.getCamera().setState(camera);
    else await this.sigma.getCamera().animate(camera, { duration });
  }

  zoom(factor: number): Promise<void> {
    return this.moveTo({ ratio: this.sigma.getCamera().getBoundedRatio(this.camera.ratio * factor) }, 200);
  }

  /** Moves the view by shares of its size. */
  pan(right: number, down: number): Promise<void> {
    const { x, y, ratio } = this.camera;
    return this.moveTo({ x: x + right * ratio, y: y - down * ratio }, 150);
  }

  /** Shows all of a scene; of a map what belongs to communities, since what lies around would make it small. */
  fit(scene: Scene, duration = 400): Promise<void> {
    const inner = scene.nodes.filter((node) => scene.inside(node));
    return this.lookAt(scene, inner.length > 0 ? inner : scene.nodes, duration);
  }

  /** Brings nodes into view: a single one as near as needed to see its surroundings. */
  reveal(scene: Scene, nodes: readonly number[]): Promise<void> {
    const there = nodes.filter((node) => this.sigma.getGraph().hasNode(String(node)));
    if (there.length === 0 || (scene.kind === 'walk' && there.every((node) => this.isSeen(scene, node)))) {
      return Promise.resolve();
    }
    return this.lookAt(scene, there, 400);
  }

  private isSeen(scene: Scene, node: number): boolean {
    const projection = Projection.of(this.sigma);
    const [x, y] = [projection.x(scene.x(node)), projection.y(scene.y(node))];
    return x > MARGIN && y > MARGIN && x < projection.width - MARGIN && y < projection.height - MARGIN - this.covered;
  }

  private lookAt(scene: Scene, nodes: readonly number[], duration: number): Promise<void> {
    const [left, right] = extent(nodes, scene.x);
    const [low, high] = extent(nodes, scene.y);
    const { width, height, scale } = Projection.of(this.sigma, AFAR);
    const margin = width < NARROW ? NARROW_MARGIN : MARGIN;
    const wanted = Math.min((width - 2 * margin) / (right - left), (height - this.covered - 2 * margin) / (high - low));
    const nearest = nodes.length === 1 ? Math.max(scale / this.camera.ratio, NEAR_SCALE) : NEAREST_FIT;
    const fitting = Math.min(wanted, nearest);
    const below = this.covered / 2 / fitting; // so that the middle is that of what is not covered
    const middle = this.framed({ x: (left + right) / 2, y: (low + high) / 2 - below });
    return this.moveTo({ ...middle, ratio: scale / fitting }, duration);
  }

  /** A place of the layout as the camera counts places. */
  private framed(place: Point): Point {
    const from = { cameraState: AFAR };
    return this.sigma.viewportToFramedGraph(this.sigma.graphToViewport(place, from), from);
  }
}

function extent(nodes: readonly number[], place: (node: number) => number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const node of nodes) {
    low = Math.min(low, place(node));
    high = Math.max(high, place(node));
  }
  return [low, high];
}
