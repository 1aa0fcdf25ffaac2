/** Names on the map: communities from afar, entities from near, the important first, never one on another. */

import type { Box, Occupied } from './occupied.ts';

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** A name that would like to be read. */
export interface Wish {
  text: string;
  x: number;
  y: number;
  /** Of what it names, in pixels; null puts it in the middle, not beside. */
  radius: number | null;
  size: number;
  weight: 400 | 600 | 700;
  colour: string;
  /** A second, smaller line under the first. */
  below?: string | undefined;
  /** Shown even where there is no room. */
  must?: boolean;
}

export interface Placed extends Wish {
  /** Where the text begins, and its middle line. */
  left: number;
  middle: number;
  /** What is written: long names are cut. */
  written: string;
  writtenBelow: string;
}

type Measure = (text: string, size: number, weight: number) => number;

const LONGEST = 38;
const GAP = 4;
const BELOW = 0.86; // the second line's size beside the first's

/** Cuts a name that would stretch over half the map. */
export function shorten(text: string, longest = LONGEST): string {
  const chars = Array.from(text);
  return chars.length <= longest
    ? text
    : `${chars
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * Gives places to as many names as have room, in their order.
 *
 * @param wishes - Names, the most important first.
 * @param occupied - What no name may cover; the names are added to it.
 * @param area - Where names may stand.
 */
export function place(wishes: Iterable<Wish>, occupied: Occupied, area: Box, most: number, measure: Measure): Placed[] {
  const placed: Placed[] = [];
  for (const wish of wishes) {
    if (placed.length >= most && !wish.must) break;
    const written = shorten(wish.text);
    const writtenBelow = shorten(wish.below ?? '');
    const width = Math.max(measure(written, wish.size, wish.weight), measure(writtenBelow, wish.size * BELOW, 400));
    const spots = spotsFor(wish, width);
    const inside = spots.filter((spot) => within(spot, area));
    const spot = inside.find((box) => occupied.take(box)) ?? (wish.must ? (inside.at(0) ?? spots[0]) : undefined);
    if (!spot) continue;
    if (wish.must) occupied.add(spot);
    placed.push({ ...wish, written, writtenBelow, left: spot.left + GAP / 2, middle: spot.top + wish.size * 0.62 });
  }
  return placed;
}

function within(box: Box, area: Box): boolean {
  return box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
}

/** Right, left, above, below; or the middle. */
function spotsFor({ x, y, radius, size, below }: Wish, width: number): Box[] {
  const [wide, high] = [width + GAP, size * (below ? 1.25 + 1.2 * BELOW : 1.25)];
  const at = (left: number, top: number): Box => ({ left, top, right: left + wide, bottom: top + high });
  if (radius === null) return [at(x - wide / 2, y - high / 2)];
  const beside = radius + 2;
  return [
    at(x + beside, y - high / 2),
    at(x - beside - wide, y - high / 2),
    at(x - wide / 2, y - beside - high),
    at(x - wide / 2, y + beside),
  ];
}

/** Writes placed names with a rim in the colour of the ground. */
export class LabelPen {
  private readonly widths = new Map<string, number>();
  private readonly context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    this.context = context;
  }

  readonly measure: Measure = (text, size, weight) => {
    const key = `${weight} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context.font = `${weight} 20px ${FONT}`;
      width = this.context.measureText(text).width / 20;
      this.widths.set(key, width);
    }
    return width * size;
  };

  private put(text: string, x: number, y: number, size: number, weight: number): void {
    this.context.font = `${weight} ${size}px ${FONT}`;
    this.context.strokeText(text, x, y);
    this.context.fillText(text, x, y);
  }

  write(labels: readonly Placed[], ground: string): void {
    const { context } = this;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.strokeStyle = ground;
    context.lineWidth = 3.5;
    for (const { written, writtenBelow, left, middle, x, radius, size, weight, colour } of labels) {
      context.textAlign = radius === null ? 'center' : 'left';
      context.fillStyle = colour;
      const from = radius === null ? x : left;
      this.put(written, from, middle, size, weight);
      if (writtenBelow) this.put(writtenBelow, from, middle + size * 1.05, size * BELOW, 400);
    }
  }
}
