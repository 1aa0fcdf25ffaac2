/** The view as files: tables as CSV, the graph as GEXF. */

import Graph from 'graphology';
import write from 'graphology-gexf/browser/writer.js';
import type { Shown } from './filters.ts';
import type { Model } from './model.ts';

type Value = string | number | null;

const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
/** XML 1.0 cannot say control characters, halves of surrogate pairs and two code points at all. */
const NOT_IN_XML = /[^\t\n\r\P{Cc}]|[\ufffe\uffff]|\p{Cs}/gu;

/** RFC 4180; text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csv(columns: readonly string[], rows: Iterable<readonly Value[]>): string {
  const lines = [columns.join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: Value): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const NODE_COLUMNS = ['iri', 'name', 'type', 'papers', 'facts', 'aliases'] as const;

export function* nodeRows(model: Model, nodes: Iterable<number>): Generator<Value[]> {
  for (const node of nodes) {
    const { name, papers, degree, aliases } = model.nodes;
    yield [model.fullIri(node), name[node], model.typeOf(node), papers[node], degree[node], aliases[node].join(' | ')];
  }
}

export const EDGE_COLUMNS = [
  'subject', 'relation', 'object', 'papers', 'confidence', 'first year', 'last year', 'paper', 'title', 'link', 'sentence',
  'head_iri', 'tail_iri',
] as const; // prettier-ignore

/** A row for each edge, with the surest sentence. */
export function* edgeRows(model: Model, edges: Iterable<number>): Generator<Value[]> {
  const { source, target, relation, support, confidence, first, last } = model.edges;
  const { name } = model.nodes;
  for (const edge of edges) {
    const said = model.statements(edge).at(0);
    const papers = model.detail?.papers;
    const cited =
      said && papers ? [papers.id[said.paper], papers.title[said.paper], papers.url[said.paper]] : [null, null, null];
    yield [
      name[source[edge]],
      model.relations[relation[edge]].forward,
      name[target[edge]],
      support[edge],
      confidence[edge],
      first[edge] || null,
      last[edge] || null,
      ...cited,
      said?.text ?? null,
      model.fullIri(source[edge]),
      model.fullIri(target[edge]),
    ];
  }
}

/** How a node is drawn, for readers that take over position, size and colour. */
export interface Drawn {
  x: number;
  y: number;
  size: number;
  color: string;
}

/** Colours as GEXF readers know them: red, green and blue apart. */
function inGexf({ color, ...place }: Drawn): Drawn {
  const value = Number.parseInt(color.slice(1), 16);
  return { ...place, color: `rgb(${(value >> 16) & 255}, ${(value >> 8) & 255}, ${value & 255})` };
}

export function gexf(model: Model, nodes: readonly number[], shown: Shown, drawn: (node: number) => Drawn): string {
  const graph = new Graph({ type: 'directed', multi: true });
  const plain = (text: string): string => text.replace(NOT_IN_XML, '');
  const key = (node: number): string =>
    model.fullIri(node).replace(NOT_IN_XML, (char) => `%${char.charCodeAt(0).toString(16)}`);
  graph.setAttribute('creator', `paperkg ${model.meta.paperkg}`);
  graph.setAttribute('description', plain(model.meta.title));
  for (const node of nodes) {
    const { name, papers, aliases } = model.nodes;
    const told = { label: plain(name[node]), type: model.typeOf(node), papers: papers[node] };
    graph.addNode(key(node), { ...told, aliases: plain(aliases[node].join(' | ')), ...inGexf(drawn(node)) });
  }
  for (const edge of edgesAmong(model, nodes, shown)) {
    const { source, target, relation, support, confidence } = model.edges;
    graph.addEdgeWithKey(`e${edge}`, key(source[edge]), key(target[edge]), {
      label: model.relations[relation[edge]].forward,
      weight: support[edge],
      relation: model.relations[relation[edge]].key,
      confidence: confidence[edge],
    });
  }
  return write(graph, { version: '1.3' });
}

/** The shown edges between these nodes, each once, in their order. */
export function edgesAmong(model: Model, nodes: readonly number[], shown: Shown): number[] {
  const inside = new Set(nodes);
  const found = nodes.flatMap((node) =>
    model.edgesOf(node).filter((edge) => {
      const { source, target } = model.edges;
      return source[edge] === node && shown.edges[edge] === 1 && inside.has(target[edge]);
    }),
  );
  return found.sort((a, b) => a - b);
}
