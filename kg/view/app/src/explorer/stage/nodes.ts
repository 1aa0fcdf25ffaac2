/** Sigma's node program for the five shapes: one quad a node, the shape cut out by its distance function. */

import type Sigma from 'sigma';
import { NodeProgram, type InstancedProgramDefinition, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import { Projection } from './projection.ts';

/** What the program reads of a node besides Sigma's own data. */
export interface NodeLook extends NodeDisplayData {
  border: string;
  /** Place in SHAPES. */
  shape: number;
  /** 1 when it keeps its colour while others fade. */
  kept: number;
}

/** How much of their colour the nodes have that are not kept; set before a frame. */
export const frame = { fade: 1 };

const VERTEX = `
attribute vec2 a_position; attribute float a_size; attribute vec4 a_color; attribute vec4 a_border;
attribute float a_shape; attribute float a_kept; attribute vec2 a_corner;
uniform mat3 u_matrix; uniform vec2 u_canvas; uniform float u_scale; uniform float u_least;
varying vec2 v_at; varying float v_radius; varying vec4 v_color; varying vec4 v_border; varying float v_shape;
varying float v_kept;
void main() {
  float radius = a_size > 0.0 ? max(u_least, a_size * u_scale) : 0.0;
  float reach = 1.3 + 1.5 / max(radius, 1.0);
  vec3 middle = u_matrix * vec3(a_position, 1.0);
  gl_Position = vec4(middle.xy + a_corner * reach * radius * 2.0 / u_canvas, 0.0, 1.0);
  v_at = vec2(a_corner.x, -a_corner.y) * reach;
  v_radius = radius; v_color = a_color; v_border = a_border; v_shape = a_shape; v_kept = a_kept;
}`;

// Distances from the edge of each shape, for a circle around it of radius 1, y down; cf. CORNERS in look.ts.
const FRAGMENT = `
precision highp float;
varying vec2 v_at; varying float v_radius; varying vec4 v_color; varying vec4 v_border; varying float v_shape;
varying float v_kept;
uniform float u_fade;
float star(vec2 p) {
  float turn = mod(atan(p.x, -p.y) + 0.6283185, 1.2566371) - 0.6283185;
  vec2 q = length(p) * vec2(cos(turn), abs(sin(turn)));
  vec2 tip = vec2(1.18, 0.0), notch = 0.5664 * vec2(0.809017, 0.587785), side = notch - tip;
  return dot(q - tip, normalize(vec2(side.y, -side.x)));
}
float outside(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.84;
  if (v_shape < 2.5) return max(p.y, q.x * 0.8660254 - p.y * 0.5) - 0.58;
  if (v_shape < 3.5) return max(q.y, q.x * 0.8660254 + q.y * 0.5) - 0.9;
  return star(p);
}
void main() {
  float pixels = outside(v_at) * v_radius;
  float cover = clamp(0.5 - pixels, 0.0, 1.0);
  if (cover <= 0.0) discard;
  float rim = clamp(v_radius * 0.16, 0.6, 2.2);
  vec4 mixed = mix(v_color, v_border, clamp(pixels + rim + 0.5, 0.0, 1.0));
  float alpha = mixed.a * cover * (v_kept > 0.5 ? 1.0 : u_fade);
  gl_FragColor = vec4(mixed.rgb * alpha, alpha);
}`;

const UNIFORMS = ['u_matrix', 'u_canvas', 'u_scale', 'u_least', 'u_fade'] as const;
const LEAST = 1.4; // pixels

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  /** Without Sigma's second drawing for picking: the stage finds the node under the pointer by its place. */
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) {
    super(gl, null, renderer);
  }

  override getDefinition(): InstancedProgramDefinition<(typeof UNIFORMS)[number]> {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_border', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_kept', size: 1, type: FLOAT },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ],
    };
  }

  override processVisibleItem(_index: number, at: number, data: NodeDisplayData): void {
    const { array } = this;
    const look = data as NodeLook;
    array[at] = look.x;
    array[at + 1] = look.y;
    array[at + 2] = look.size;
    array[at + 3] = floatColor(look.color);
    array[at + 4] = floatColor(look.border);
    array[at + 5] = look.shape;
    array[at + 6] = look.kept;
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations: to }: ProgramInfo): void {
    const { width, height, pixelRatio } = params;
    const scale = Projection.of(this.renderer).growth;
    gl.uniformMatrix3fv(to['u_matrix'], false, params.matrix);
    gl.uniform2f(to['u_canvas'], width * pixelRatio, height * pixelRatio);
    gl.uniform1f(to['u_scale'], scale * pixelRatio);
    gl.uniform1f(to['u_least'], LEAST * pixelRatio);
    gl.uniform1f(to['u_fade'], frame.fade);
  }
}
