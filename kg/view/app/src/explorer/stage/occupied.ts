/** Which parts of the picture are taken, so that no two labels lie on one another. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const WIDE = 128;
const HIGH = 32;

/** Boxes in buckets: asking for room looks at the few that are near. */
export class Occupied {
  private readonly buckets = new Map<number, Box[]>();

  /** Takes the box if it is free. */
  take(box: Box): boolean {
    if (!this.isFree(box)) return false;
    this.add(box);
    return true;
  }

  isFree(box: Box): boolean {
    for (const key of keys(box)) {
      for (const other of this.buckets.get(key) ?? []) if (overlap(box, other)) return false;
    }
    return true;
  }

  add(box: Box): void {
    for (const key of keys(box)) {
      const bucket = this.buckets.get(key);
      if (bucket) bucket.push(box);
      else this.buckets.set(key, [box]);
    }
  }
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function* keys({ left, top, right, bottom }: Box): Generator<number> {
  for (let column = Math.floor(left / WIDE); column <= Math.floor(right / WIDE); column += 1) {
    for (let row = Math.floor(top / HIGH); row <= Math.floor(bottom / HIGH); row += 1) yield column * 4096 + row;
  }
}
