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

const LEAST_FRAME = [640, 420] as const;

interface Frame {
  x: [number, number];
  y: [number, number];
}

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
    if (!calm && duration > 0) await this.sigma.getCamera().animate(camera, { duration });
    else this.jumpTo(camera);
  }

  /** A movement that is under way would go on, and lead away again: it ends here too. */
  private jumpTo(place: Partial<Camera>): void {
    const camera = this.sigma.getCamera();
    camera.setState(place);
    if (camera.isAnimated()) void camera.animate(place, { duration: 1 });
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
    if (nodes.length === 0 || (scene.kind === 'walk' && nodes.every((node) => this.isSeen(scene, node)))) {
      return Promise.resolve();
    }
    return this.lookAt(scene, nodes, 400);
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

/** The frame of a scene that is too narrow to be one, so that one or two nodes do not fill the screen; else null. */
export function frameOf({ kind, nodes, x, y }: Scene): Frame | null {
  const wide = (values: [number, number], least: number): [number, number] => {
    const lack = Math.max(0, least - (values[1] - values[0])) / 2;
    return [values[0] - lack - 30, values[1] + lack + 30];
  };
  const [across, down] = [extent(nodes, x), extent(nodes, y)];
  const narrow = across[1] - across[0] < LEAST_FRAME[0] && down[1] - down[0] < LEAST_FRAME[1];
  if (nodes.length === 0 || (kind === 'map' && !narrow)) return null;
  return { x: wide(across, LEAST_FRAME[0]), y: wide(down, LEAST_FRAME[1]) };
}

function extent(nodes: readonly number[], place: (node: number) => number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const node of nodes) {
    low = Math.min(low, place(node));
    high = Math.max(high, place(node));
  }
  return [low, high];
}
