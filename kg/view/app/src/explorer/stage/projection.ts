/** From places in the layout to pixels of the canvas and back, as the camera stands. */

import type Sigma from 'sigma';
import type { CameraState } from 'sigma/types';

export interface Point {
  x: number;
  y: number;
}

const MOST_GROWTH = 1.5;

/** screen = origin + x * across + y * down; the camera does not turn, so one number scales both. */
export class Projection {
  readonly width: number;
  readonly height: number;
  private readonly left: number;
  private readonly top: number;
  /** Pixels that a unit of the layout takes. */
  readonly scale: number;

  constructor(left: number, top: number, scale: number, width: number, height: number) {
    this.left = left;
    this.top = top;
    this.scale = scale;
    this.width = width;
    this.height = height;
  }

  /** As the last frame was drawn, or as one would be with another camera. */
  static of(sigma: Sigma, cameraState?: CameraState): Projection {
    const from = cameraState ? { cameraState } : {};
    const origin = sigma.graphToViewport({ x: 0, y: 0 }, from);
    const across = sigma.graphToViewport({ x: 1, y: 0 }, from);
    const { width, height } = sigma.getDimensions();
    return new Projection(origin.x, origin.y, across.x - origin.x, width, height);
  }

  x(x: number): number {
    return this.left + x * this.scale;
  }

  y(y: number): number {
    return this.top - y * this.scale;
  }

  /** Pixels that a unit of a node's radius takes: as the map while it is far, hardly more when it is near. */
  get growth(): number {
    return Math.min(this.scale, Math.sqrt(this.scale), MOST_GROWTH);
  }

  /** A node's radius in pixels, never too small to see. */
  radius(radius: number): number {
    return Math.max(1.4, radius * this.growth);
  }

  /** The part of the layout that is seen: left, bottom, right, top. */
  seen(): [number, number, number, number] {
    const { left, top, scale, width, height } = this;
    return [-left / scale, (top - height) / scale, (width - left) / scale, top / scale];
  }
}
