/** The graph of the page, by columns, with what leads from nodes to edges; it grows by what a server adds. */

import {
  NO_NODE,
  NOT_SHOWN,
  type Core,
  type Detail,
  type EdgeColumns,
  type NodeColumns,
  type Relation,
} from './data.ts';

/** One paper's word for an edge. */
export interface Statement {
  paper: number;
  confidence: number;
  text: string;
}

export class Model {
  readonly meta: Core['meta'];
  readonly types: string[];
  readonly relations: Relation[];
  readonly kinds: string[];
  readonly communities: Core['communities'];
  readonly nodes: NodeColumns;
  readonly edges: EdgeColumns;
  /** Sentences, papers and results; null until they are read. */
  detail: Detail | null = null;
  /** How many nodes came with the page and have a place on its map; later ones came from the server. */
  readonly mapped: number;
  private readonly incidence: number[][];
  private readonly places: Map<string, number>;

  constructor(core: Core) {
    this.meta = core.meta;
    this.types = core.types;
    this.relations = core.relations;
    this.kinds = core.kinds;
    this.communities = core.communities;
    this.nodes = core.nodes;
    this.edges = core.edges;
    this.mapped = core.nodes.name.length;
    this.incidence = core.nodes.name.map(() => []);
    core.edges.source.forEach((_, edge) => {
      this.link(edge);
    });
    this.places = new Map(core.nodes.iri.map((iri, node) => [iri, node]));
  }

  get nodeCount(): number {
    return this.nodes.name.length;
  }

  get edgeCount(): number {
    return this.edges.source.length;
  }

  /** The edges of a node, the best supported first. */
  edgesOf(node: number): readonly number[] {
    return this.incidence[node];
  }

  /** Whether there is more around a node than the page has. */
  lacksNeighbours(node: number): boolean {
    return this.edgesOf(node).length < this.nodes.degree[node];
  }

  otherEnd(edge: number, node: number): number {
    return this.edges.source[edge] === node ? this.edges.target[edge] : this.edges.source[edge];
  }

  /** The relation as read from one end: "used for", or "approached with". */
  phrase(edge: number, from: number): string {
    const relation = this.relations[this.edges.relation[edge]];
    return this.edges.source[edge] === from ? relation.forward : relation.backward;
  }

  /** The place of a node by its IRI, with or without the base. */
  find(iri: string): number | undefined {
    return (
      this.places.get(iri) ?? this.places.get(iri.startsWith(this.meta.base) ? iri.slice(this.meta.base.length) : iri)
    );
  }

  fullIri(node: number): string {
    return this.withBase(this.nodes.iri[node]);
  }

  withBase(iri: string): string {
    return iri.includes('://') ? iri : this.meta.base + iri;
  }

  typeOf(node: number): string {
    return this.types[this.nodes.type[node]];
  }

  statements(edge: number): Statement[] {
    const { detail, edges } = this;
    if (!detail) return [];
    const { paper, confidence, text } = detail.statements;
    const found: Statement[] = [];
    for (let at = edges.ev[edge]; at < edges.ev[edge + 1]; at += 1) {
      found.push({ paper: paper[at], confidence: confidence[at], text: detail.texts[text[at]] });
    }
    return found;
  }

  /** An edge by its ends and relation. */
  edgeBetween(source: number, target: number, relation: number): number | undefined {
    const { edges } = this;
    return this.incidence[source]?.find(
      (edge) => edges.source[edge] === source && edges.target[edge] === target && edges.relation[edge] === relation,
    );
  }

  /** Takes in what a server answers: nodes and edges that are not here yet, with their sentences. */
  merge(more: Core & Detail): void {
    const detail = this.detail;
    if (!detail) throw new Error('the page has not read its own sentences yet');
    const types = more.types.map((name) => indexIn(this.types, name));
    const relations = more.relations.map((one) => this.relationIndex(one));
    const nodes = more.nodes.iri.map((_, at) => this.takeNode(more, at, types));
    const papers = takePapers(detail, more);
    const firstText = detail.texts.length;
    for (const text of more.texts) detail.texts.push(text);
    more.edges.source.forEach((_, at) => {
      this.takeEdge(more, at, { nodes, relations, papers, firstText });
    });
    this.takeResults(more, { nodes, relations, papers, firstText });
  }

  private link(edge: number): void {
    const { source, target } = this.edges;
    this.incidence[source[edge]].push(edge);
    if (target[edge] !== source[edge]) this.incidence[target[edge]].push(edge);
  }

  private relationIndex(relation: Relation): number {
    const known = this.relations.findIndex((one) => one.key === relation.key);
    return known >= 0 ? known : this.relations.push(relation) - 1;
  }

  private takeNode(more: Core, at: number, types: number[]): number {
    const { nodes } = this;
    const { nodes: from, meta } = more;
    const known = this.find(from.iri[at].includes('://') ? from.iri[at] : meta.base + from.iri[at]);
    if (known !== undefined) return known;
    const node = this.nodeCount;
    nodes.iri.push(from.iri[at]);
    nodes.name.push(from.name[at]);
    nodes.type.push(types[from.type[at]]);
    nodes.papers.push(from.papers[at]);
    nodes.degree.push(from.degree[at]);
    nodes.x.push(null);
    nodes.y.push(null);
    nodes.community.push(-1);
    nodes.aliases.push(from.aliases[at]);
    nodes.years.push(from.years[at]);
    nodes.direction.push(from.direction[at]);
    nodes.proposed.push([]);
    nodes.ids.push(from.ids[at]);
    this.incidence.push([]);
    this.places.set(from.iri[at], node);
    return node;
  }

  private takeEdge(more: Core & Detail, at: number, to: Places): void {
    const { edges, detail } = this;
    const from = more.edges;
    const source = to.nodes[from.source[at]];
    const target = to.nodes[from.target[at]];
    const relation = to.relations[from.relation[at]];
    if (!detail || this.edgeBetween(source, target, relation) !== undefined) return;
    const edge = this.edgeCount;
    edges.source.push(source);
    edges.target.push(target);
    edges.relation.push(relation);
    for (const column of ['support', 'confidence', 'first', 'last', 'inferred'] as const) {
      edges[column].push(from[column][at]);
    }
    edges.years.push(from.years[at]);
    for (let one = from.ev[at]; one < from.ev[at + 1]; one += 1) {
      detail.statements.paper.push(to.papers[more.statements.paper[one]]);
      detail.statements.confidence.push(more.statements.confidence[one]);
      detail.statements.text.push(to.firstText + more.statements.text[one]);
    }
    edges.ev.push(detail.statements.paper.length);
    this.link(edge);
  }

  private takeResults(more: Detail, to: Places): void {
    const results = this.detail?.results;
    if (!results) return;
    const key = (one: Detail['results'], at: number): string =>
      [one.subject[at], one.metric[at], one.value[at], one.paper[at], one.kind[at]].join('|');
    const known = new Set(results.subject.map((_, at) => key(results, at)));
    const from = more.results;
    const place = (node: number): number => (node === NO_NODE || node === NOT_SHOWN ? node : to.nodes[node]);
    from.subject.forEach((_, at) => {
      results.subject.push(place(from.subject[at]));
      results.metric.push(place(from.metric[at]));
      results.dataset.push(place(from.dataset[at]));
      results.baseline.push(place(from.baseline[at]));
      results.value.push(from.value[at]);
      results.unit.push(from.unit[at]);
      results.number.push(from.number[at]);
      results.kind.push(from.kind[at]);
      results.paper.push(to.papers[from.paper[at]]);
      results.confidence.push(from.confidence[at]);
      results.text.push(to.firstText + from.text[at]);
      if (known.has(key(results, results.subject.length - 1))) {
        for (const column of Object.values(results) as unknown[][]) column.pop();
      }
    });
  }
}

/** Where what a server numbers stands here. */
interface Places {
  nodes: number[];
  relations: number[];
  papers: number[];
  firstText: number;
}

function indexIn(list: string[], name: string): number {
  const known = list.indexOf(name);
  return known >= 0 ? known : list.push(name) - 1;
}

function takePapers(detail: Detail, more: Detail): number[] {
  const { papers } = detail;
  const known = new Map(papers.id.map((id, at) => [id, at]));
  return more.papers.id.map((id, at) => {
    const place = known.get(id);
    if (place !== undefined) return place;
    papers.title.push(more.papers.title[at]);
    papers.year.push(more.papers.year[at]);
    papers.url.push(more.papers.url[at]);
    return papers.id.push(id) - 1;
  });
}
