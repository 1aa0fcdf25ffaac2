/** Draws what Sigma does not: regions and lines under the nodes, single edges, names over all. */

import type Sigma from 'sigma';
import type { Shown } from '../../model/filters.ts';
import type { Model } from '../../model/model.ts';
import { familyOf, type Palette } from '../look.ts';
import { pen, underlay, webgl } from './canvas.ts';
import { edgesToDraw, emphasis, type Focus } from './focus.ts';
import { LabelPen, place } from './labels.ts';
import { LineLayer, packColour, type Lines } from './lines.ts';
import { Occupied } from './occupied.ts';
import { curves, EdgePen, nearest, type Curve } from './overlay.ts';
import { Pace } from './pace.ts';
import { Projection, type Point } from './projection.ts';
import { drawRegions } from './regions.ts';
import type { Scene } from './scene.ts';
import { area, discs, wishes } from './wishes.ts';

/** All that a frame shows. */
export interface View {
  scene: Scene;
  shown: Shown;
  focus: Focus;
  hovered: number | null;
  moving: boolean;
}

const EDGE_NAMES = 60;
const PIXELS_A_NAME = 9000;
/** Opacities of lines within a community, and from one to another: those would cover what lies between. */
const [NEAR, FAR] = [0.42, 0.1];
const FADED = 0.25;

export class Painter {
  private readonly sigma: Sigma;
  private readonly model: Model;
  private readonly palette: Palette;
  private readonly regions: CanvasRenderingContext2D;
  private readonly lines: LineLayer;
  private readonly edgePen: EdgePen;
  private readonly labelPen: LabelPen;
  private readonly pace = new Pace();
  private drawn: Curve[] = [];

  constructor(sigma: Sigma, model: Model, palette: Palette) {
    [this.sigma, this.model, this.palette] = [sigma, model, palette];
    const { edges, edgeLabels, labels } = sigma.getCanvases();
    this.regions = underlay(sigma.getContainer());
    this.lines = new LineLayer(webgl(edges));
    this.edgePen = new EdgePen(pen(edgeLabels), model, palette);
    this.labelPen = new LabelPen(pen(labels));
  }

  /** The layers from bottom to top; Sigma's nodes are among them. */
  get layers(): HTMLCanvasElement[] {
    const { edges, edgeLabels, nodes, labels } = this.sigma.getCanvases();
    return [this.regions.canvas, edges, edgeLabels, nodes, labels];
  }

  /** Takes over the lines of a scene, as the filters leave them. */
  prepare(scene: Scene, shown: Shown): void {
    this.lines.show(
      scene.kind === 'map'
        ? this.lineColumns(scene, shown)
        : { count: 0, ends: new Float32Array(), colours: new Uint32Array() },
    );
  }

  /** Draws all layers, and says how many lines it drew, of how many that cross the view. */
  frame(view: View): [drawn: number, crossing: number] {
    const projection = Projection.of(this.sigma);
    const { pixelRatio } = this.sigma.getRenderParams();
    if (view.moving) this.pace.frame(performance.now());
    const fade = view.focus.nodes.size > 0 ? FADED : 1;
    this.lines.draw(projection, pixelRatio, this.pace.budget(view.moving), fade);
    drawRegions(this.regions, this.model, view.scene, view.shown, projection, this.palette, pixelRatio);
    this.overlay(view);
    return [this.lines.drawn, this.lines.crossing];
  }

  /** Draws single edges and names: all that changes while only the pointer moves. */
  overlay({ scene, shown, focus, hovered, moving }: View): void {
    const { sigma, model, palette } = this;
    const projection = Projection.of(sigma);
    const { edgeLabels, labels } = sigma.getCanvases();
    for (const layer of [edgeLabels, labels]) pen(layer).clearRect(0, 0, projection.width, projection.height);
    const edges = edgesToDraw(model, scene, focus, hovered, (edge) => shown.edges[edge] === 1);
    this.drawn = curves(model, scene, projection, edges);
    this.edgePen.draw(this.drawn, emphasis(scene, focus));
    const occupied = new Occupied();
    for (const disc of discs(scene, shown, focus, projection)) occupied.add(disc);
    const wanted = wishes({ model, scene, shown, focus, hovered, projection, palette });
    const most = Math.round((projection.width * projection.height) / PIXELS_A_NAME);
    const placed = place(wanted, occupied, area(projection), most, this.labelPen.measure);
    if (this.drawn.length <= EDGE_NAMES && !moving) {
      this.edgePen.name(this.drawn, (box) => occupied.take(box), focus.strong);
    }
    this.labelPen.write(placed, palette.colour('ground'));
  }

  /** The single edge at a point, if there is one. */
  edgeAt({ x, y }: Point): number | null {
    return nearest(this.drawn, x, y)?.edge ?? null;
  }

  private lineColumns(scene: Scene, shown: Shown): Lines {
    const { model, palette } = this;
    const { source, target, relation } = model.edges;
    const { community } = model.nodes;
    const near = model.relations.map(({ key }) => packColour(palette.colour(familyOf(key)), NEAR));
    const far = packColour(palette.colour('purpose'), FAR);
    const lines = { count: 0, ends: new Float32Array(4 * shown.edgeCount), colours: new Uint32Array(shown.edgeCount) };
    for (let edge = 0; edge < shown.edges.length; edge += 1) {
      const [from, to] = [source[edge], target[edge]];
      if (!shown.edges[edge] || from >= model.mapped || to >= model.mapped) continue;
      const at = 4 * lines.count;
      lines.ends[at] = scene.x(from);
      lines.ends[at + 1] = scene.y(from);
      lines.ends[at + 2] = scene.x(to);
      lines.ends[at + 3] = scene.y(to);
      lines.colours[lines.count] = community[from] === community[to] ? near[relation[edge]] : far;
      lines.count += 1;
    }
    return lines;
  }
}
