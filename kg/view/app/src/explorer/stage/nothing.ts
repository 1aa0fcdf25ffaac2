/** A program that draws nothing, in place of Sigma's own: each would be compiled, twice, and never used. */

import type { EdgeProgramType, NodeProgramType } from 'sigma/rendering';

class Nothing {
  drawLabel = undefined;
  drawHover = undefined;

  reallocate(): void {
    // there is nothing to keep room for
  }

  process(): void {
    // nor to remember
  }

  render(): void {
    // nor to draw
  }

  kill(): void {
    // nor to end
  }
}

export const NO_NODES: NodeProgramType = Nothing;
export const NO_EDGES: EdgeProgramType = Nothing;
