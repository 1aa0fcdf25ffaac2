/** The scenes of a walk, one a step, so that a step back shows just what was there. */

import type { Camera, State } from '../model/state.ts';
import type { App } from './app.ts';
import { mapScene, walkScene, type Scene } from './stage/scene.ts';

export class Walks {
  readonly whole: Scene;
  private readonly app: App;
  private left: Camera | null = null;
  private steps: { opened: number; scene: Scene }[] = [];

  constructor(app: App) {
    this.app = app;
    this.whole = mapScene(app.model);
  }

  /** The scene of a walk; the whole map while nothing was opened. */
  scene(walk: readonly number[]): Scene {
    if (walk.length === 0) return this.whole;
    const known = walk.every((node, at) => this.steps.at(at)?.opened === node);
    if (!known) {
      const before = walk.length > 1 ? this.scene(walk.slice(0, -1)) : null;
      this.steps.length = walk.length - 1;
      this.steps.push({
        opened: walk[walk.length - 1],
        scene: walkScene(this.app.model, this.app.shown, walk, before),
      });
    }
    return this.steps[walk.length - 1].scene;
  }

  /** Where a step is looked at from: the whole map from where it was left, a walk so that all of it is seen. */
  cameraFor({ walk }: State, previous: State): Camera | null {
    if (previous.walk.length === 0) this.left = previous.camera;
    return walk.length === 0 ? this.left : null;
  }

  /** Lays out anew, when the filters changed what there is. */
  forget(): void {
    this.steps = [];
  }
}
