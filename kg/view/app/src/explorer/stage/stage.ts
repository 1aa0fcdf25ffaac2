/** The drawing: Sigma draws the nodes and moves the camera, a painter draws all else around it. */

import Graph from 'graphology';
import Sigma from 'sigma';
import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import type { Camera } from '../../model/state.ts';
import { SHAPES, shapeOf, type Palette } from '../look.ts';
import { flattened } from './canvas.ts';
import { NO_FOCUS, onStage, type Focus } from './focus.ts';
import { frameOf, Looking } from './looking.ts';
import { frame, ShapeProgram } from './nodes.ts';
import { NO_EDGES, NO_NODES } from './nothing.ts';
import { Painter } from './painter.ts';
import { Projection, type Point } from './projection.ts';
import { isOnStage, type Scene } from './scene.ts';

export interface StageEvents {
  node: (node: number, twice: boolean) => void;
  edge: (edge: number) => void;
  nothing: () => void;
  hover: (node: number | null) => void;
  camera: (camera: Camera) => void;
  /** After each frame: how many lines were drawn, of how many that cross the view. */
  frame: (drawn: number, crossing: number) => void;
}

const REST = 140; // milliseconds without motion
const FADED = 0.14;
/** Sigma's layers that nothing is drawn on: hidden, they need not be put together with the others at each frame. */
const UNUSED = ['hovers', 'hoverNodes'];

export class Stage {
  readonly looking: Looking;
  private readonly sigma: Sigma;
  private readonly painter: Painter;
  private readonly model: Model;
  private readonly palette: Palette;
  private readonly events: StageEvents;
  private scene: Scene;
  private shown: Shown;
  private focus: Focus = NO_FOCUS;
  private hovered: number | null = null;
  private moving = false;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(model: Model, scene: Scene, shown: Shown, palette: Palette, container: HTMLElement, events: StageEvents) {
    [this.model, this.scene, this.shown, this.palette, this.events] = [model, scene, shown, palette, events];
    this.sigma = new Sigma(this.graphOf(scene), container, {
      allowInvalidContainer: true,
      nodeProgramClasses: { circle: ShapeProgram },
      nodeHoverProgramClasses: { circle: NO_NODES },
      edgeProgramClasses: { arrow: NO_EDGES, line: NO_EDGES },
      nodeReducer: (key, data) => this.look(Number(key), data),
      renderLabels: false,
      stagePadding: 36,
      minCameraRatio: 0.004,
      maxCameraRatio: 2.5,
      doubleClickZoomingRatio: 1,
      zoomingRatio: 1.6,
    });
    const canvases = this.sigma.getCanvases();
    for (const layer of UNUSED) canvases[layer].style.display = 'none';
    this.looking = new Looking(this.sigma);
    this.painter = new Painter(this.sigma, model, palette);
    this.painter.prepare(scene, shown);
    this.listen(container);
    this.sigma.setCustomBBox(frameOf(scene));
    this.sigma.refresh();
  }

  /** Changes what is on the stage. */
  show(scene: Scene, shown: Shown): void {
    const fresh = scene !== this.scene;
    [this.scene, this.shown] = [scene, shown];
    if (fresh) {
      this.hovered = null;
      this.sigma.setCustomBBox(frameOf(scene));
      this.sigma.setGraph(this.graphOf(scene));
    } else {
      if (this.hovered !== null && !this.isThere(this.hovered)) this.hovered = null;
      this.renew(scene.nodes);
    }
    this.painter.prepare(scene, shown);
    this.sigma.scheduleRender();
  }

  setFocus(focus: Focus): void {
    const before = this.focus;
    this.focus = onStage(focus, this.model, this.scene, this.shown);
    frame.fade = this.focus.nodes.size > 0 ? FADED : 1;
    this.renew([...before.nodes, ...this.focus.nodes]);
    this.sigma.scheduleRender();
  }

  hover(node: number | null): void {
    const there = node !== null && this.isThere(node) ? node : null;
    if (there === this.hovered) return;
    this.hovered = there;
    this.painter.overlay(this.view);
  }

  /** Draws all anew after the theme changed. */
  repaint(): void {
    const graph = this.sigma.getGraph();
    graph.updateEachNodeAttributes((key, attributes) => ({ ...attributes, ...this.colours(Number(key)) }));
    this.painter.prepare(this.scene, this.shown);
    this.sigma.refresh();
  }

  /** Shows all of what is on the stage. */
  fit(duration = 400): Promise<void> {
    return this.looking.fit(this.scene, duration);
  }

  reveal(nodes: readonly number[]): Promise<void> {
    const there = nodes.filter((node) => this.isThere(node));
    return this.looking.reveal(this.scene, there);
  }

  /** The picture as it is, in one canvas. */
  picture(): HTMLCanvasElement {
    this.renewNow();
    const { width, height } = this.sigma.getCanvases()['labels'];
    return flattened(this.painter.layers, width, height, this.palette.colour('ground'));
  }

  /** How a node is drawn, for files. */
  drawn(node: number): { x: number; y: number; size: number; color: string } {
    const { scene } = this;
    return { x: scene.x(node), y: scene.y(node), size: scene.radius(node), color: this.colours(node).color };
  }

  /** Where a node is drawn, in pixels of the stage. */
  placeOf(node: number): Point {
    const projection = Projection.of(this.sigma);
    return { x: projection.x(this.scene.x(node)), y: projection.y(this.scene.y(node)) };
  }

  private get view(): Parameters<Painter['frame']>[0] {
    const { scene, shown, focus, hovered, moving } = this;
    return { scene, shown, focus, hovered, moving };
  }

  private graphOf(scene: Scene): Graph {
    const graph = new Graph({ type: 'undirected' });
    for (let at = scene.nodes.length - 1; at >= 0; at -= 1) {
      const node = scene.nodes[at]; // the important last: they are drawn over the others
      const place = { x: scene.x(node), y: scene.y(node), size: scene.radius(node) };
      graph.addNode(String(node), { ...place, ...this.colours(node) });
    }
    return graph;
  }

  private colours(node: number): { color: string; border: string; shape: number } {
    const type = this.model.typeOf(node);
    const name = type.toLowerCase();
    const [color, border] = [this.palette.colour(name), this.palette.colour(`${name}-edge`)];
    return { color: color || '#888888', border: border || '#444444', shape: SHAPES.indexOf(shapeOf(type)) };
  }

  private look(node: number, data: Record<string, unknown>): Record<string, unknown> {
    return { ...data, hidden: !this.isThere(node), kept: this.focus.nodes.has(node) ? 1 : 0 };
  }

  private isThere(node: number): boolean {
    return isOnStage(this.scene, this.shown, node);
  }

  /** Has Sigma look at nodes again, without laying its buffers out anew. */
  private renew(nodes: readonly number[]): void {
    const graph = this.sigma.getGraph();
    const keys = nodes.map(String).filter((key) => graph.hasNode(key));
    this.sigma.refresh({ partialGraph: { nodes: keys }, skipIndexation: true, schedule: true });
  }

  private renewNow(): void {
    this.sigma.refresh({ partialGraph: { nodes: [] }, skipIndexation: true });
  }

  private listen(container: HTMLElement): void {
    const { sigma, events } = this;
    // Sigma reads the drawing back to find the node under the pointer, which waits for the graphics: ours looks it up
    Object.assign(sigma, { getNodeAtPosition: (at: Point) => this.keyAt(at) });
    sigma.on('clickNode', ({ node }) => events.node(Number(node), false));
    sigma.on('doubleClickNode', (payload) => {
      payload.preventSigmaDefault();
      events.node(Number(payload.node), true);
    });
    sigma.on('clickStage', ({ event }) => {
      const edge = this.painter.edgeAt(event);
      if (edge === null) events.nothing();
      else events.edge(edge);
    });
    sigma.on('enterNode', ({ node }) => events.hover(Number(node)));
    sigma.on('leaveNode', () => events.hover(null));
    sigma.getCamera().on('updated', () => this.moved());
    sigma.on('afterRender', () => events.frame(...this.painter.frame(this.view)));
    new ResizeObserver(() => sigma.scheduleRefresh()).observe(container);
  }

  private moved(): void {
    this.moving = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.moving = false;
      this.events.camera(this.looking.camera);
      this.sigma.scheduleRender();
    }, REST);
  }

  /** The nearest node to a point, if one is within reach: of a finger farther than of a pointer. */
  private keyAt({ x, y }: Point): string | null {
    const { scene } = this;
    const projection = Projection.of(this.sigma);
    const reach = matchMedia('(pointer: coarse)').matches ? 18 : 7;
    let best: number | null = null;
    let least = Infinity;
    for (const node of scene.nodes) {
      const far = Math.hypot(projection.x(scene.x(node)) - x, projection.y(scene.y(node)) - y);
      if (far >= least || far > Math.max(projection.radius(scene.radius(node)) + 3, reach)) continue;
      if (this.isThere(node)) [best, least] = [node, far];
    }
    return best === null ? null : String(best);
  }
}
