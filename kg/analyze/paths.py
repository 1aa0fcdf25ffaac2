"""How two things hang together: the chain of facts between them, each with its best sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pyarrow as pa
from scipy import sparse
from scipy.sparse import csgraph

from kg.analyze.edgelist import edge_list
from kg.asked import one_of
from kg.errors import KgError
from kg.graph import SENTENCE, Frame, locate
from kg.types import RELATION_TYPES

if TYPE_CHECKING:
    from kg.analyze.edgelist import EdgeList, Floats
    from kg.graph import Graph

By = Literal["strength", "steps"]
_STEP = pa.schema(
    [
        *((name, pa.string()) for name in ("head", "relation", "tail")),
        *(("papers", pa.int64()), ("confidence", pa.float64()), ("paper", pa.string()), ("sentence", pa.string())),
    ]
)
_BEST = f"""
    SELECT paper, {SENTENCE} AS sentence FROM relations JOIN papers ON relations.paper = papers.id
    WHERE head = $1 AND relation = $2 AND tail = $3 ORDER BY confidence DESC, paper LIMIT 1
"""  # noqa: S608 - constants


def path(graph: Graph, source: str, target: str, *, by: By = "strength") -> Frame:
    """Find the chain of stated facts that links two entities, whatever their direction.

    Dijkstra's algorithm over all facts; about ten seconds on a million, nearly all of it for reading them.

    Args:
        graph: Any graph.
        source: A name, alias or IRI.
        target: Another.
        by: ``strength`` takes the chain of facts that bind most (well supported, sure, and not through what everything
            is linked with, see :attr:`kg.analyze.EdgeList.weights`); ``steps`` the shortest, of these the strongest.

    Returns:
        A row for each step from source to target: the fact as it is stated, how many papers state it, the highest
        confidence, and paper and sentence of the surest statement; no rows where source and target are one.

    Raises:
        KgError: An entity is not there, nothing links the two, or there is no such way.
    """
    one_of(by, get_args(By), "way to go by")
    edges = edge_list(graph).stated
    start, goal = (edges.iris.index(locate(graph, name)).as_py() for name in (source, target))
    rows = _chain(edges, start, goal, _costs(edges, by))
    if rows is None:
        raise KgError(f"no chain of facts links {source[:60]!r} and {target[:60]!r}")
    return Frame(pa.Table.from_pylist([_step(graph, edges, row) for row in rows], schema=_STEP))


def _costs(edges: EdgeList, by: By) -> Floats:
    """Give the cost of each fact: the weaker the dearer; of steps, each costs one, and a little for weakness."""
    weakness = 1 / np.maximum(edges.weights, 1e-9)
    if by == "strength":
        return weakness
    costs: Floats = 1 + 1e-3 * weakness / max(float(weakness.max(initial=0.0)), 1e-9)
    return costs


def _chain(edges: EdgeList, start: int, goal: int, costs: Floats) -> list[int] | None:
    """Return the rows of the facts from start to goal; of several between two entities the cheapest."""
    n = len(edges)
    low, high = edges.ends.min(axis=1), edges.ends.max(axis=1)
    order = np.lexsort((np.arange(len(costs)), costs, high, low))
    first = np.concatenate([[True], np.diff(low[order] * n + high[order]) != 0]) & (low[order] != high[order])
    best = order[first[: len(order)]]
    links: Any = sparse.coo_array((costs[best], (low[best], high[best])), shape=(n, n)).tocsr()
    asked: Any = {"directed": False, "indices": start, "return_predecessors": True}
    before: Any = csgraph.dijkstra(links, **asked)[1]
    rows: list[int] = []
    by_pair = dict(zip(zip(low[best].tolist(), high[best].tolist(), strict=True), best.tolist(), strict=True))
    while goal != start:
        last = int(before[goal])
        if last < 0:
            return None
        rows.append(by_pair[min(last, goal), max(last, goal)])
        goal = last
    return rows[::-1]


def _step(graph: Graph, edges: EdgeList, row: int) -> dict[str, Any]:
    head, tail = (edges.iris[int(end)].as_py() for end in edges.ends[row])
    relation = RELATION_TYPES[edges.relations[row]]
    names = graph.names((head, tail))
    (best,) = graph.sql(_BEST, [head, relation, tail])
    fact = {"head": names[head], "relation": relation, "tail": names[tail]}
    return fact | {"papers": int(edges.support[row]), "confidence": float(edges.confidence[row])} | best
