/** What two entities have in common, and what only one of them has. */

import type { Shown } from './filters.ts';
import type { Model } from './model.ts';

/** A neighbour by one phrase ("evaluated on"), with the edge from either side; -1 where there is none. */
export interface Row {
  phrase: string;
  other: number;
  left: number;
  right: number;
}

export interface Comparison {
  /** Edges between the two. */
  direct: number[];
  both: Row[];
  onlyLeft: Row[];
  onlyRight: Row[];
}

export function compare(model: Model, shown: Shown, left: number, right: number): Comparison {
  const rows = new Map<string, Row>();
  const direct: number[] = [];
  for (const [node, side, opposite] of [
    [left, 'left', right],
    [right, 'right', left],
  ] as const) {
    for (const edge of model.edgesOf(node)) {
      if (!shown.edges[edge]) continue;
      const other = model.otherEnd(edge, node);
      if (other === opposite) {
        if (side === 'left') direct.push(edge);
        continue;
      }
      const phrase = model.phrase(edge, node);
      const key = `${phrase}|${other}`;
      const row = rows.get(key) ?? { phrase, other, left: -1, right: -1 };
      row[side] = edge;
      rows.set(key, row);
    }
  }
  return { direct, ...parted(model, [...rows.values()]) };
}

function parted({ edges }: Model, rows: Row[]): Omit<Comparison, 'direct'> {
  const weight = (row: Row): number => (edges.support[row.left] ?? 0) + (edges.support[row.right] ?? 0);
  rows.sort((a, b) => a.phrase.localeCompare(b.phrase) || weight(b) - weight(a) || a.other - b.other);
  return {
    both: rows.filter((row) => row.left >= 0 && row.right >= 0),
    onlyLeft: rows.filter((row) => row.right < 0),
    onlyRight: rows.filter((row) => row.left < 0),
  };
}
