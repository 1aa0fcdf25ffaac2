/**
 * The many thin lines of the map: one instanced draw call, of as many lines as the machine draws without stuttering.
 *
 * Lines come in the order of their support. Before each frame the first that cross the view are chosen; far ones fade,
 * so that a place is not hidden by what merely passes through.
 */

import { loadFragmentShader, loadProgram, loadVertexShader } from 'sigma/rendering';
import type { Projection } from './projection.ts';

const VERTEX = `#version 300 es
in vec4 a_ends; in vec4 a_color; in vec2 a_corner;
uniform vec2 u_canvas; uniform vec3 u_place; uniform float u_width;
out float v_across; flat out vec4 v_color;
vec2 pixel(vec2 at) { return u_place.xy + vec2(at.x, -at.y) * u_place.z; }
void main() {
  vec2 from = pixel(a_ends.xy), to = pixel(a_ends.zw), along = to - from;
  float far = max(length(along), 0.001);
  float reach = u_width * 0.5 + 0.7;
  vec2 at = mix(from, to, a_corner.x) + vec2(-along.y, along.x) / far * a_corner.y * reach;
  gl_Position = vec4(at.x * 2.0 / u_canvas.x - 1.0, 1.0 - at.y * 2.0 / u_canvas.y, 0.0, 1.0);
  v_across = a_corner.y * reach;
  v_color = vec4(a_color.rgb, a_color.a * clamp(110.0 / far, 0.12, 1.0));
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in float v_across; flat in vec4 v_color;
uniform float u_fade; uniform float u_width;
out vec4 color;
void main() {
  float alpha = v_color.a * u_fade * clamp(u_width * 0.5 + 0.5 - abs(v_across), 0.0, 1.0);
  color = vec4(v_color.rgb * alpha, alpha);
}`;

const BYTES = 20; // four floats, four bytes of colour

/** The lines of a scene, by columns, in the order of their importance. */
export interface Lines {
  count: number;
  /** x, y, x, y of each. */
  ends: Float32Array;
  /** Red, green, blue, alpha of each, as one number. */
  colours: Uint32Array;
}

export class LineLayer {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly buffer: WebGLBuffer;
  private readonly shape: WebGLVertexArrayObject;
  private lines: Lines = { count: 0, ends: new Float32Array(), colours: new Uint32Array() };
  private chosen = new ArrayBuffer(0);
  /** How many the last frame drew, of how many that crossed the view. */
  drawn = 0;
  crossing = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.program = loadProgram(gl, [loadVertexShader(gl, VERTEX), loadFragmentShader(gl, FRAGMENT)]);
    this.buffer = gl.createBuffer();
    this.shape = this.layOut();
  }

  show(lines: Lines): void {
    this.lines = lines;
    this.chosen = new ArrayBuffer(lines.count * BYTES);
  }

  draw(projection: Projection, pixelRatio: number, budget: number, fade: number): void {
    const { gl, program } = this;
    this.choose(projection, budget);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    if (!this.drawn) return;
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    gl.uniform2f(at('u_canvas'), gl.drawingBufferWidth, gl.drawingBufferHeight);
    const scale = projection.scale * pixelRatio;
    gl.uniform3f(at('u_place'), projection.x(0) * pixelRatio, projection.y(0) * pixelRatio, scale);
    gl.uniform1f(at('u_width'), 0.9 * pixelRatio);
    gl.uniform1f(at('u_fade'), fade);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, new Uint8Array(this.chosen, 0, this.drawn * BYTES), gl.STREAM_DRAW);
    gl.bindVertexArray(this.shape);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.drawn);
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
  }

  /** Copies the first lines that cross the view, and counts all that do. */
  private choose(projection: Projection, budget: number): void {
    const { count, ends, colours } = this.lines;
    const [left, bottom, right, top] = projection.seen();
    const floats = new Float32Array(this.chosen);
    const words = new Uint32Array(this.chosen);
    let drawn = 0;
    let crossing = 0;
    for (let line = 0, at = 0; line < count; line += 1, at += 4) {
      const [x, y, u, v] = [ends[at], ends[at + 1], ends[at + 2], ends[at + 3]];
      if ((x < left && u < left) || (x > right && u > right) || (y < bottom && v < bottom) || (y > top && v > top))
        continue;
      crossing += 1;
      if (drawn >= budget) continue;
      const to = drawn * 5;
      floats[to] = x;
      floats[to + 1] = y;
      floats[to + 2] = u;
      floats[to + 3] = v;
      words[to + 4] = colours[line];
      drawn += 1;
    }
    this.drawn = drawn;
    this.crossing = crossing;
  }

  private layOut(): WebGLVertexArrayObject {
    const { gl, program, buffer } = this;
    const shape = gl.createVertexArray();
    gl.bindVertexArray(shape);
    const corners = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, -1, 1, -1, 0, 1, 1, 1]), gl.STATIC_DRAW);
    this.point('a_corner', 2, gl.FLOAT, 8, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    this.point('a_ends', 4, gl.FLOAT, BYTES, 0, 1);
    this.point('a_color', 4, gl.UNSIGNED_BYTE, BYTES, 16, 1);
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
    gl.useProgram(program);
    return shape;
  }

  private point(name: string, size: number, type: number, stride: number, offset: number, every: number): void {
    const { gl } = this;
    const place = gl.getAttribLocation(this.program, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type === gl.UNSIGNED_BYTE, stride, offset);
    gl.vertexAttribDivisor(place, every);
  }
}

/** "#rrggbb" and an opacity as the number whose bytes are red, green, blue, alpha. */
export function packColour(hex: string, alpha: number): number {
  const value = Number.parseInt(hex.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
