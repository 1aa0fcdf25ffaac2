/** How many lines a frame may have: as many as the machine draws in time while the map moves, and more when it rests. */

const START = 2_000;
const LEAST = 500;
const SLOW = 40; // milliseconds between two frames
const FAST = 22;
const RESTING = 6;
const PAUSE = 250; // a longer gap is no frame that took long, but a reader who stopped

export class Pace {
  private moving = START;
  private last = 0;
  private drawn = 0;

  /** Told of each frame drawn in motion. */
  frame(now: number): void {
    const took = now - this.last;
    this.last = now;
    if (took > PAUSE) return;
    if (took > SLOW) this.moving = Math.max(LEAST, this.moving * 0.8);
    else if (took < FAST) this.moving = Math.min(1e6, this.moving * 1.15);
  }

  /** The first frame is a plain one, so that there is something to see soon. */
  budget(moving: boolean): number {
    this.drawn += 1;
    return Math.round(moving || this.drawn === 1 ? this.moving : this.moving * RESTING);
  }
}
