/**
 * What a page of the explorer is made of: the contract with kg/view/columns.py, which names the same columns.
 *
 * The page holds two blocks, each base64 of deflate-raw JSON. `<script id="kg-data">` stands before the program and has
 * the core, all that is needed to draw; `<script id="kg-detail">` stands after it, at the end of the body, and has the
 * sentences, so that a large page draws before the browser has even read them. `api/neighbourhood` answers with both in
 * one object.
 *
 * Tables are columns: `nodes.name[i]` and `nodes.type[i]` belong together, and a node is named elsewhere by its place.
 */

/** The entities, the most important first. */
export interface NodeColumns {
  /** Without `meta.base` where it begins with it. */
  iri: string[];
  name: string[];
  /** Places in `types`. */
  type: number[];
  papers: number[];
  /** Different relations in the whole graph, on this page or not. */
  degree: number[];
  /** Across, to the right; null where a server answers. */
  x: (number | null)[];
  /** Down. */
  y: (number | null)[];
  /** Places in `communities`. */
  community: number[];
  /** Other spellings, the commonest first. */
  aliases: string[][];
  /** Flat: year, papers, year, papers … */
  years: number[][];
  /** Of a metric: whether more of it is better, where that is known. */
  direction: ('higher' | 'lower' | null)[];
  /** Places in `papers`: who proposes it. */
  proposed: number[][];
  /** The same thing elsewhere: "wikidata:Q42", "arxiv:1706.03762". */
  ids: string[][];
}

/** The distinct relations, the best supported first. */
export interface EdgeColumns {
  source: number[];
  target: number[];
  /** Places in `relations`. */
  relation: number[];
  /** Papers that state it; the page may hold fewer statements. */
  support: number[];
  /** The surest statement's. */
  confidence: number[];
  /** The years of the earliest and the latest paper that state it; 0 where unknown. */
  first: number[];
  last: number[];
  /** Flat: year, papers that state it, year, papers … */
  years: number[][];
  /** 1 where no paper states it: it was read from the names. */
  inferred: number[];
  /** Where its statements begin in `statements`; one more than there are edges. */
  ev: number[];
}

/** Who states an edge in which words, in the order of the edges, the surest first. */
export interface StatementColumns {
  paper: number[];
  confidence: number[];
  /** Places in `texts`. */
  text: number[];
}

export interface PaperColumns {
  id: string[];
  title: string[];
  year: (number | null)[];
  /** http(s), or null. */
  url: (string | null)[];
}

/** Stands for a node where the paper names none, and where it names one that the page does not have. */
export const NO_NODE = -1;
export const NOT_SHOWN = -2;

export interface ResultColumns {
  subject: number[];
  metric: number[];
  /** May be NO_NODE or NOT_SHOWN. */
  dataset: number[];
  baseline: number[];
  /** As written, the unit apart. */
  value: string[];
  unit: (string | null)[];
  number: (number | null)[];
  /** Places in `kinds`. */
  kind: number[];
  paper: number[];
  confidence: number[];
  text: number[];
}

/** Communities by size, each with the disc in which its nodes lie. */
export interface CommunityColumns {
  name: string[];
  size: number[];
  x: number[];
  y: number[];
  r: number[];
}

export interface Meta {
  title: string;
  base: string;
  extractor: string;
  paperkg: string;
  papers: number;
  /** On this page, of so many in the graph. */
  nodes: number;
  edges: number;
  statements: number;
  of_nodes: number;
  of_edges: number;
  /** Of these, how many no paper states: they were read from the names. */
  of_inferred: number;
  of_statements: number;
  /** The most nodes that a page takes. */
  budget: number;
  /** Pages beside this one, as relative links. */
  links: { report?: string; graph?: string };
}

/** A relation's name, and the phrases that read it from either end. */
export interface Relation {
  key: string;
  forward: string;
  backward: string;
}

export interface Core {
  version: number;
  meta: Meta;
  types: string[];
  relations: Relation[];
  kinds: string[];
  nodes: NodeColumns;
  edges: EdgeColumns;
  communities: CommunityColumns;
}

export interface Detail {
  statements: StatementColumns;
  texts: string[];
  papers: PaperColumns;
  results: ResultColumns;
}

export const VERSION = 1;
