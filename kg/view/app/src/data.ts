/**
 * What a page of the explorer is made of: the contract between kg/view/explorer*.py, which writes it, and this program.
 *
 * The page holds base64 of deflate-raw JSON in `<script type="application/octet-stream;base64" id="kg-data">`. Tables are
 * columns: `nodes.name[i]` and `nodes.type[i]` belong together, and a node is named elsewhere by its index.
 */

/** Node by columns, all of one length. */
export interface NodeColumns {
  /** Without `meta.base`. */
  iri: string[];
  name: string[];
  /** Index into `types`. */
  type: number[];
  papers: number[];
  x: number[];
  y: number[];
  /** Index into `communities`. */
  community: number[];
  /** Other spellings, the commonest first. */
  aliases: string[][];
  /** Flat: year, papers, year, papers … */
  years: number[][];
  /** Of a metric: whether more of it is better. */
  direction: ('higher' | 'lower' | null)[];
  /** Indices of the papers that propose it. */
  proposed: number[][];
}

export interface EdgeColumns {
  source: number[];
  target: number[];
  /** Index into `relations`. */
  relation: number[];
  /** Papers that state it; the page may hold fewer statements. */
  support: number[];
  /** The best of its statements. */
  confidence: number[];
  /** The years of the oldest and newest paper that state it; 0 when unknown. */
  first: number[];
  last: number[];
  /** 1 when a rule concluded it and no paper states it. */
  inferred: number[];
  /** Where the edge's statements begin in `statements`; one more than there are edges. */
  ev: number[];
}

export interface StatementColumns {
  edge: number[];
  paper: number[];
  confidence: number[];
  /** Index into `texts`. */
  text: number[];
}

export interface PaperColumns {
  id: string[];
  title: string[];
  year: (number | null)[];
  /** http(s), or null. */
  url: (string | null)[];
}

export interface ResultColumns {
  subject: number[];
  metric: number[];
  /** -1 when the paper names none. */
  dataset: number[];
  baseline: number[];
  /** As written; the unit apart. */
  value: string[];
  unit: (string | null)[];
  number: (number | null)[];
  /** Index into `kinds`. */
  kind: number[];
  paper: number[];
  confidence: number[];
  text: number[];
}

export interface CommunityColumns {
  name: string[];
  size: number[];
  x: number[];
  y: number[];
  colour?: string[];
}

export interface Meta {
  title: string;
  base: string;
  extractor: string;
  paperkg: string;
  papers: number;
  /** In the whole graph; `nodes` and `edges` are what the page has. */
  of_nodes: number;
  of_edges: number;
  nodes: number;
  edges: number;
  /** The most nodes that a page takes. */
  budget: number;
  /** Pages beside this one, relative. */
  links: { report?: string; graph?: string };
  /** Set by `kg serve`: neighbourhoods can be asked for at `api/neighbourhood`. */
  served?: boolean;
}

export interface Relation {
  key: string;
  forward: string;
  backward: string;
}

/** The part that may stand in a second file, `explorer-data.js`. */
export interface Detail {
  statements: StatementColumns;
  texts: string[];
  papers: PaperColumns;
  results: ResultColumns;
}

export interface Payload extends Detail {
  version: 1;
  meta: Meta;
  types: string[];
  relations: Relation[];
  kinds: string[];
  nodes: NodeColumns;
  edges: EdgeColumns;
  communities: CommunityColumns;
}

/** Unpacks the data of a page. */
export async function readPayload(page: Document): Promise<Payload> {
  const packed = page.getElementById('kg-data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(packed.trim()), (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(plain).json()) as Payload;
}
