/** The drawing: Sigma draws the nodes and moves the camera; lines, single edges and names are drawn around it. */

import Graph from 'graphology';
import Sigma from 'sigma';
import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import type { Camera } from '../../model/state.ts';
import { familyOf, SHAPES, shapeOf, type Palette } from '../look.ts';
import { LabelPen, place } from './labels.ts';
import { LineLayer, packColour, type Lines } from './lines.ts';
import { frame, ShapeProgram } from './nodes.ts';
import { Occupied } from './occupied.ts';
import { curves, EdgePen, nearest, type Curve } from './overlay.ts';
import { Pace } from './pace.ts';
import { Projection, type Point } from './projection.ts';
import type { Scene } from './scene.ts';
import { drawRegions } from './regions.ts';
import { area, discs, wishes } from './wishes.ts';

/** What stands out. */
export interface Focus {
  /** Nodes that keep their colour; none when nothing is in focus. */
  nodes: ReadonlySet<number>;
  /** Edges drawn one by one. */
  edges: readonly number[];
  /** Of these, the ones that matter most. */
  strong: ReadonlySet<number>;
  /** The entity in the middle of it. */
  node: number | null;
}

export const NO_FOCUS: Focus = { nodes: new Set(), edges: [], strong: new Set(), node: null };

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
const HOVERED_EDGES = 120;
const EDGE_NAMES = 60;

export class Stage {
  readonly sigma: Sigma;
  private readonly model: Model;
  private readonly palette: Palette;
  private readonly events: StageEvents;
  private readonly lines: LineLayer;
  private readonly labelPen: LabelPen;
  private readonly edgePen: EdgePen;
  private readonly regions: CanvasRenderingContext2D;
  private readonly pace = new Pace();
  private scene: Scene;
  private shown: Shown;
  private focus: Focus = NO_FOCUS;
  private hovered: number | null = null;
  private drawnCurves: Curve[] = [];
  private moving = false;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(model: Model, scene: Scene, shown: Shown, palette: Palette, container: HTMLElement, events: StageEvents) {
    [this.model, this.scene, this.shown, this.palette, this.events] = [model, scene, shown, palette, events];
    this.regions = underlay(container);
    this.sigma = new Sigma(this.graphOf(scene), container, {
      allowInvalidContainer: true,
      defaultNodeType: 'shape',
      nodeProgramClasses: { shape: ShapeProgram },
      nodeReducer: (key, data) => this.look(Number(key), data),
      renderLabels: false,
      stagePadding: 36,
      minCameraRatio: 0.004,
      maxCameraRatio: 2.5,
      doubleClickZoomingRatio: 1,
      zoomingRatio: 1.6,
      hideEdgesOnMove: false,
    });
    const canvases = this.sigma.getCanvases();
    for (const idle of ['hovers', 'hoverNodes']) canvases[idle].style.display = 'none';
    this.lines = new LineLayer(webgl(canvases['edges']));
    this.edgePen = new EdgePen(pen(canvases['edgeLabels']), model, palette);
    this.labelPen = new LabelPen(pen(canvases['labels']));
    this.lines.show(this.lineColumns());
    this.listen(container);
  }

  /** Changes what is on the stage. */
  show(scene: Scene, shown: Shown): void {
    const fresh = scene !== this.scene;
    [this.scene, this.shown] = [scene, shown];
    if (fresh) this.setGraph(scene);
    else this.renew(scene.nodes);
    this.lines.show(this.lineColumns());
    this.sigma.scheduleRender();
  }

  setFocus(focus: Focus): void {
    const touched = [...this.focus.nodes, ...focus.nodes];
    this.focus = focus;
    frame.fade = focus.nodes.size > 0 ? FADED : 1;
    this.renew(touched);
    this.sigma.scheduleRender();
  }

  hover(node: number | null): void {
    if (node === this.hovered) return;
    this.hovered = node;
    this.paint();
  }

  /** Draws all anew after the theme changed. */
  repaint(): void {
    this.scene.nodes.forEach((node) => {
      this.sigma.getGraph().mergeNodeAttributes(String(node), this.colours(node));
    });
    this.lines.show(this.lineColumns());
    this.sigma.refresh();
  }

  get camera(): Camera {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return { x, y, ratio };
  }

  /** Moves the camera, at once where motion is unwanted. */
  async moveTo(camera: Partial<Camera>, duration = 400): Promise<void> {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (calm || duration === 0) this.sigma.getCamera().setState(camera);
    else await this.sigma.getCamera().animate(camera, { duration });
  }

  fit(): Promise<void> {
    return this.moveTo({ x: 0.5, y: 0.5, ratio: 1 });
  }

  zoom(factor: number): Promise<void> {
    return this.moveTo({ ratio: this.sigma.getCamera().getBoundedRatio(this.camera.ratio * factor) }, 200);
  }

  /** Moves the view by a share of its height. */
  pan(right: number, down: number): Promise<void> {
    const { x, y, ratio } = this.camera;
    return this.moveTo({ x: x + right * ratio, y: y - down * ratio }, 150);
  }

  /** Brings nodes into view: one as it is, or nearer; several all at once. */
  reveal(nodes: readonly number[]): Promise<void> {
    const places = nodes.flatMap((node) => this.sigma.getNodeDisplayData(String(node)) ?? []);
    if (places.length === 0) return Promise.resolve();
    const [left, right] = [Math.min(...places.map(({ x }) => x)), Math.max(...places.map(({ x }) => x))];
    const [low, high] = [Math.min(...places.map(({ y }) => y)), Math.max(...places.map(({ y }) => y))];
    const near = Math.min(this.camera.ratio, this.scene.kind === 'map' ? 0.22 : 1);
    const wide = Math.max(right - left, high - low);
    const ratio = nodes.length === 1 ? near : Math.min(1.2, Math.max(0.05, wide * 1.5));
    return this.moveTo({ x: (left + right) / 2, y: (low + high) / 2, ratio });
  }

  /** The picture as it is, in one canvas. */
  picture(): HTMLCanvasElement {
    this.sigma.refresh({ partialGraph: { nodes: [] }, skipIndexation: true });
    const { edges, edgeLabels, nodes, labels } = this.sigma.getCanvases();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [labels.width, labels.height];
    const context = pen(canvas);
    context.fillStyle = this.palette.colour('ground');
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const layer of [this.regions.canvas, edges, edgeLabels, nodes, labels]) {
      context.drawImage(layer, 0, 0, canvas.width, canvas.height);
    }
    return canvas;
  }

  /** How a node is drawn, for files. */
  drawn(node: number): { x: number; y: number; size: number; color: string } {
    const { scene } = this;
    return { x: scene.x(node), y: scene.y(node), size: scene.radius(node), color: this.colours(node).color };
  }

  private setGraph(scene: Scene): void {
    this.sigma.setCustomBBox(scene.kind === 'walk' ? frameOf(scene) : null);
    this.sigma.setGraph(this.graphOf(scene));
    this.hovered = null;
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
    const hidden = this.scene.kind === 'map' && this.shown.nodes[node] === 0;
    return { ...data, hidden, kept: this.focus.nodes.has(node) ? 1 : 0 };
  }

  /** Has Sigma look at nodes again, without laying its buffers out anew. */
  private renew(nodes: readonly number[]): void {
    const graph = this.sigma.getGraph();
    const keys = nodes.map(String).filter((key) => graph.hasNode(key));
    this.sigma.refresh({ partialGraph: { nodes: keys }, skipIndexation: true, schedule: true });
  }

  private lineColumns(): Lines {
    const { model, scene, shown } = this;
    if (scene.kind === 'walk') return { count: 0, ends: new Float32Array(), colours: new Uint32Array() };
    const { source, target, relation } = model.edges;
    const colours = model.relations.map(({ key }) => packColour(this.palette.colour(familyOf(key)), 0.5));
    const lines = { count: 0, ends: new Float32Array(4 * shown.edgeCount), colours: new Uint32Array(shown.edgeCount) };
    for (let edge = 0; edge < shown.edges.length; edge += 1) {
      const [from, to] = [source[edge], target[edge]];
      if (!shown.edges[edge] || from >= model.mapped || to >= model.mapped) continue;
      lines.ends.set([scene.x(from), scene.y(from), scene.x(to), scene.y(to)], 4 * lines.count);
      lines.colours[lines.count] = colours[relation[edge]];
      lines.count += 1;
    }
    return lines;
  }

  private listen(container: HTMLElement): void {
    const { sigma, events } = this;
    // Sigma reads the drawing back to find the node under the pointer, which waits for the graphics: ours looks it up
    Object.assign(sigma, { getNodeAtPosition: (at: Point) => this.keyAt(at) });
    sigma.on('clickNode', ({ node }) => {
      events.node(Number(node), false);
    });
    sigma.on('doubleClickNode', (payload) => {
      payload.preventSigmaDefault();
      events.node(Number(payload.node), true);
    });
    sigma.on('clickStage', ({ event }) => {
      const curve = nearest(this.drawnCurves, event.x, event.y);
      if (curve) events.edge(curve.edge);
      else events.nothing();
    });
    sigma.on('enterNode', ({ node }) => {
      events.hover(Number(node));
    });
    sigma.on('leaveNode', () => {
      events.hover(null);
    });
    sigma.getCamera().on('updated', () => {
      this.moved();
    });
    sigma.on('afterRender', () => {
      this.paintAll();
    });
    new ResizeObserver(() => {
      sigma.scheduleRefresh();
    }).observe(container);
    sigma.scheduleRender();
  }

  private moved(): void {
    this.moving = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.moving = false;
      this.events.camera(this.camera);
      this.sigma.scheduleRender();
    }, REST);
  }

  private keyAt({ x, y }: Point): string | null {
    const projection = Projection.of(this.sigma);
    const coarse = matchMedia('(pointer: coarse)').matches;
    let best: number | null = null;
    let least = Infinity;
    for (const node of this.scene.nodes) {
      if (this.scene.kind === 'map' && !this.shown.nodes[node]) continue;
      const far = Math.hypot(projection.x(this.scene.x(node)) - x, projection.y(this.scene.y(node)) - y);
      const reach = Math.max(projection.radius(this.scene.radius(node)) + 3, coarse ? 18 : 7);
      if (far <= reach && far < least) [best, least] = [node, far];
    }
    return best === null ? null : String(best);
  }

  private paintAll(): void {
    if (this.moving) this.pace.frame(performance.now());
    const projection = Projection.of(this.sigma);
    const { pixelRatio } = this.sigma.getRenderParams();
    const fade = this.focus.nodes.size > 0 ? 0.25 : 1;
    this.lines.draw(projection, pixelRatio, this.pace.budget(this.moving), fade);
    drawRegions(this.regions, this.model, this.scene, projection, this.palette, pixelRatio);
    this.paint();
    this.events.frame(this.lines.drawn, this.lines.crossing);
  }

  /** Draws single edges and names: all that changes while the pointer moves. */
  private paint(): void {
    const { sigma, model, scene, focus, hovered } = this;
    const projection = Projection.of(sigma);
    const { edgeLabels, labels } = sigma.getCanvases();
    for (const layer of [edgeLabels, labels]) {
      pen(layer).clearRect(0, 0, projection.width, projection.height);
    }
    const edges = this.edgesToDraw();
    this.drawnCurves = curves(model, scene, projection, edges);
    this.edgePen.draw(this.drawnCurves, { strong: focus.strong, faint: focus.strong.size > 0 });
    const occupied = new Occupied();
    for (const disc of discs(scene, this.shown, projection)) occupied.add(disc);
    const wanted = wishes({ model, scene, shown: this.shown, focus, hovered, projection, palette: this.palette });
    const most = Math.round((projection.width * projection.height) / 9000);
    const placed = place(wanted, occupied, area(projection), most, this.labelPen.measure);
    if (this.drawnCurves.length <= EDGE_NAMES && !this.moving) {
      this.edgePen.name(this.drawnCurves, (box) => occupied.take(box), focus.strong);
    }
    this.labelPen.write(placed, this.palette.colour('ground'));
  }

  private edgesToDraw(): readonly number[] {
    const { scene, focus, hovered, model, shown } = this;
    if (scene.kind === 'walk') return scene.edges;
    if (hovered === null || focus.nodes.size > 0) return focus.edges;
    return model
      .edgesOf(hovered)
      .filter((edge) => shown.edges[edge] === 1)
      .slice(0, HOVERED_EDGES);
  }
}

function pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser does not draw on canvases');
  return context;
}

function webgl(canvas: HTMLCanvasElement): WebGL2RenderingContext {
  const context = canvas.getContext('webgl2');
  if (!context) throw new Error('this browser has no WebGL 2');
  return context;
}

/** A canvas under all of Sigma's. */
function underlay(container: HTMLElement): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.className = 'regions';
  container.before(canvas);
  return pen(canvas);
}

/** The frame of a walk: never so narrow that two nodes fill the screen. */
function frameOf(scene: Scene): { x: [number, number]; y: [number, number] } {
  const extent = (values: number[], least: number): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const lack = Math.max(0, least - (high - low)) / 2;
    return [low - lack - 30, high + lack + 30];
  };
  return { x: extent(scene.nodes.map(scene.x), 640), y: extent(scene.nodes.map(scene.y), 420) };
}
