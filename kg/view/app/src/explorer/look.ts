/** How types and relations look. Colours stand in explorer.css, for light and dark; canvases read them from there. */

import { svg } from './dom.ts';

export const SHAPES = ['circle', 'square', 'triangle', 'hexagon', 'star'] as const;
export type Shape = (typeof SHAPES)[number];

const SHAPE_OF: Record<string, Shape> = {
  Task: 'hexagon',
  Method: 'circle',
  Model: 'square',
  Dataset: 'triangle',
  Metric: 'star',
};

export const PLURALS: Record<string, string> = {
  Task: 'Tasks',
  Method: 'Methods',
  Model: 'Models',
  Dataset: 'Data sets',
  Metric: 'Metrics',
};

/** A type in the words of a reader. */
export function typeWord(type: string): string {
  return type === 'Dataset' ? 'Data set' : type;
}

export function shapeOf(type: string): Shape {
  return SHAPE_OF[type] ?? 'circle';
}

/** Relations share four colours, by what they are about; within one, the line pattern tells them apart. */
const FAMILY = new Map<string, [family: string, dash: number[]]>(
  Object.entries({
    usedFor: ['purpose', []],
    partOf: ['makeup', []],
    variantOf: ['makeup', [7, 5]],
    trainedOn: ['measure', [7, 5]],
    evaluatedOn: ['measure', []],
    measuredBy: ['measure', [2, 5]],
    benchmarkFor: ['measure', [12, 4, 2, 4]],
    outperforms: ['contest', []],
    comparedWith: ['contest', [7, 5]],
  }),
);

export function familyOf(relation: string): string {
  return FAMILY.get(relation)?.[0] ?? 'purpose';
}

export function dashOf(relation: string): number[] {
  return FAMILY.get(relation)?.[1] ?? [];
}

/** Corners of each shape on a circle of radius 1, y down; none for a circle. */
export const CORNERS: Record<Shape, [number, number][]> = {
  circle: [],
  square: [
    [-0.84, -0.84],
    [0.84, -0.84],
    [0.84, 0.84],
    [-0.84, 0.84],
  ],
  triangle: around(3, -90, 1.16),
  hexagon: around(6, 0, 1.04),
  star: around(10, -90, 1.18).map(([x, y], at): [number, number] => (at % 2 ? [x * 0.48, y * 0.48] : [x, y])),
};

function around(corners: number, start: number, radius: number): [number, number][] {
  return Array.from({ length: corners }, (_, at) => {
    const angle = ((start + (at * 360) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** The sign of a type, as in the legend. */
export function sign(type: string): SVGElement {
  const shape = shapeOf(type);
  const attributes = { class: `sign ${type.toLowerCase()}`, viewBox: '-1.35 -1.35 2.7 2.7', 'aria-hidden': 'true' };
  const corners = CORNERS[shape].map((corner) => corner.join(' ')).join(' ');
  const drawn = shape === 'circle' ? svg('circle', { r: 1 }) : svg('polygon', { points: corners });
  return svg('svg', attributes, drawn);
}

/** A piece of a relation's line, as in the legend. */
export function line(relation: string): SVGElement {
  const attributes = { class: `line ${familyOf(relation)}`, viewBox: '0 0 34 8', 'aria-hidden': 'true' };
  const dash = dashOf(relation).join(' ');
  const path = svg('path', { d: 'M1 4H33', ...(dash && { 'stroke-dasharray': dash }) });
  return svg('svg', attributes, path);
}

/** Colours by the names of their CSS variables, as they are now. */
export class Palette {
  private known = new Map<string, string>();

  colour(name: string): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    this.known.set(name, value);
    return value;
  }

  /** Reads the colours again, after the theme changed. */
  renew(): void {
    this.known.clear();
  }
}

const FEW_PAPERS = 25;

/** The radius of a node in the units of the layout, see kg/view/look.py: its area grows with its papers. */
export function radius(papers: number, most: number): number {
  return 6 + 26 * Math.sqrt(papers / Math.max(most, FEW_PAPERS));
}
