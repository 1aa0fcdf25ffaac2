/** A small graph by hand, and graphs of any size by rule. */

import type { Core, Detail } from '../src/model/data.ts';
import { ALL, shownBy, type Shown } from '../src/model/filters.ts';
import { Model } from '../src/model/model.ts';

const RELATIONS = [
  { key: 'usedFor', forward: 'used for', backward: 'approached with' },
  { key: 'evaluatedOn', forward: 'evaluated on', backward: 'test data of' },
  { key: 'outperforms', forward: 'outperforms', backward: 'outperformed by' },
];
const TYPES = ['Task', 'Method', 'Model', 'Dataset', 'Metric'];

export type Edge = [
  source: number,
  relation: number,
  target: number,
  support?: number,
  confidence?: number,
  year?: number,
];

/** Nodes as "Type/name" or "Type/name|alias|alias". */
export function payload(nodes: string[], edges: Edge[], detail: Partial<Detail> = {}): Core & Detail {
  const parsed = nodes.map((text) => {
    const [type, rest] = [text.slice(0, text.indexOf('/')), text.slice(text.indexOf('/') + 1)];
    const [name, ...aliases] = rest.split('|');
    return { type: TYPES.indexOf(type), name, aliases };
  });
  const column = <T>(value: (node: (typeof parsed)[number], at: number) => T): T[] => parsed.map(value);
  const ev = [0, ...edges.map((_, at) => at + 1)];
  return {
    version: 1,
    meta: {
      title: 'What 2 papers say', base: 'https://w3id.org/paperkg/', extractor: 'by hand', paperkg: '0', papers: 2,
      nodes: nodes.length, edges: edges.length, statements: edges.length, of_nodes: nodes.length, of_edges: edges.length, of_inferred: 0,
      of_statements: edges.length, budget: 10_000, links: {},
    },
    types: [...TYPES],
    relations: RELATIONS.map((relation) => ({ ...relation })),
    kinds: ['absolute', 'gain', 'reduction', 'factor'],
    nodes: {
      iri: column(({ type, name }) => `${TYPES[type].toLowerCase()}/${name.toLowerCase().replaceAll(' ', '-')}`),
      name: column(({ name }) => name),
      type: column(({ type }) => type),
      papers: column((_, at) => nodes.length - at),
      degree: column((_, at) => edges.filter(([source, , target]) => source === at || target === at).length),
      x: column((_, at) => at * 100),
      y: column((_, at) => (at % 3) * 100),
      community: column(() => 0),
      aliases: column(({ aliases }) => aliases),
      years: column(() => [2020, 1]),
      direction: column(() => null),
      proposed: column(() => []),
      ids: column(() => []),
    },
    edges: {
      source: edges.map(([source]) => source),
      relation: edges.map(([, relation]) => relation),
      target: edges.map(([, , target]) => target),
      support: edges.map(([, , , support = 1]) => support),
      confidence: edges.map(([, , , , confidence = 0.8]) => confidence),
      first: edges.map(([, , , , , year = 2020]) => year),
      last: edges.map(([, , , , , year = 2020]) => year),
      years: edges.map(([, , , support = 1, , year = 2020]) => [year, support]),
      inferred: edges.map(() => 0),
      ev,
    },
    communities: { name: ['all'], size: [nodes.length], x: [0], y: [0], r: [100] },
    statements: { paper: edges.map(() => 0), confidence: edges.map(() => 0.8), text: edges.map((_, at) => at) },
    texts: edges.map((_, at) => `Sentence ${at}.`),
    papers: { id: ['p0'], title: ['A paper'], year: [2020], url: ['https://example.org/p0'] },
    results: {
      subject: [], metric: [], dataset: [], baseline: [], value: [], unit: [], number: [], kind: [], paper: [],
      confidence: [], text: [],
    },
    ...detail,
  }; // prettier-ignore
}

export function modelOf(nodes: string[], edges: Edge[], detail: Partial<Detail> = {}): Model {
  const told = payload(nodes, edges, detail);
  const model = new Model(told);
  model.detail = told;
  return model;
}

export function all(model: Model): Shown {
  return shownBy(model, ALL);
}
