/** Contexts of canvases, or a plain word that the browser has none. */

export function pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser does not draw on canvases');
  return context;
}

export function webgl(canvas: HTMLCanvasElement): WebGL2RenderingContext {
  const context = canvas.getContext('webgl2');
  if (!context) throw new Error('this browser has no WebGL 2');
  return context;
}

/** Wakes the graphics, which may take a second, while the data are unpacked. */
export function wakeGraphics(): void {
  const gl = document.createElement('canvas').getContext('webgl2');
  const shader = gl?.createShader(gl.VERTEX_SHADER);
  if (!gl || !shader) return;
  gl.shaderSource(shader, 'void main() { gl_Position = vec4(0.0); }');
  gl.compileShader(shader);
  gl.flush();
}

/** A canvas under all of Sigma's. */
export function underlay(container: HTMLElement): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.className = 'regions';
  container.before(canvas);
  return pen(canvas);
}

/** Layers over one another, on a ground. */
export function flattened(
  layers: readonly HTMLCanvasElement[],
  width: number,
  height: number,
  ground: string,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = pen(canvas);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  for (const layer of layers) context.drawImage(layer, 0, 0, width, height);
  return canvas;
}
