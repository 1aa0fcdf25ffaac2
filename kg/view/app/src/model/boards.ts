/** Tables out of the results and relations: who leads on a data set, and where papers say the contrary. */

import type { Detail } from './data.ts';
import type { Model } from './model.ts';

/** The figures of one metric on one data set, best first where the direction is known, else highest first. */
export interface Board {
  metric: number;
  direction: 'higher' | 'lower' | null;
  /** Places in the results. */
  rows: number[];
}

export interface Leaderboard {
  /** Absolute figures: the metric with most of them first. */
  boards: Board[];
  /** Gains, reductions and factors. */
  changes: number[];
}

/** The data sets that anything is reported on, most results first. */
export function boardDatasets(results: Detail['results']): { dataset: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const dataset of results.dataset) if (dataset >= 0) counts.set(dataset, (counts.get(dataset) ?? 0) + 1);
  return [...counts]
    .map(([dataset, count]) => ({ dataset, count }))
    .sort((a, b) => b.count - a.count || a.dataset - b.dataset);
}

export function leaderboard(model: Model, results: Detail['results'], dataset: number): Leaderboard {
  const byMetric = new Map<number, number[]>();
  const changes: number[] = [];
  results.dataset.forEach((one, row) => {
    if (one !== dataset) return;
    if (model.kinds[results.kind[row]] !== 'absolute') changes.push(row);
    else byMetric.set(results.metric[row], [...(byMetric.get(results.metric[row]) ?? []), row]);
  });
  const boards = [...byMetric].map(([metric, rows]) => {
    const direction = model.nodes.direction[metric] ?? null;
    return { metric, direction, rows: ranked(results, rows, direction === 'lower') };
  });
  boards.sort((a, b) => b.rows.length - a.rows.length || a.metric - b.metric);
  return { boards, changes };
}

function ranked(results: Detail['results'], rows: number[], lowest: boolean): number[] {
  const value = (row: number): number => results.number[row] ?? (lowest ? Infinity : -Infinity);
  return rows.sort((a, b) => (lowest ? value(a) - value(b) : value(b) - value(a)) || a - b);
}

/** Two entities of which some papers say that the one outperforms the other, and some the contrary. */
export interface Dispute {
  one: number;
  other: number;
  /** The edge from `one` to `other`, and back. */
  ahead: number;
  behind: number;
}

export function disputes({ relations, edges }: Model): Dispute[] {
  const outperforms = relations.findIndex((relation) => relation.key === 'outperforms');
  const met = new Map<string, number>();
  const found: Dispute[] = [];
  edges.relation.forEach((relation, edge) => {
    if (relation !== outperforms) return;
    const [one, other] = [edges.source[edge], edges.target[edge]];
    const back = met.get(`${other} ${one}`);
    if (back !== undefined) found.push({ one: other, other: one, ahead: back, behind: edge });
    met.set(`${one} ${other}`, edge);
  });
  const weight = ({ ahead, behind }: Dispute): number => edges.support[ahead] + edges.support[behind];
  return found.sort((a, b) => weight(b) - weight(a) || a.one - b.one || a.other - b.other);
}
