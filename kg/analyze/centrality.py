"""Who matters in a typed graph, and who stands between its fields.

What not to use on the mixed graph: closeness and betweenness. Most of their shortest paths run through what everything
is linked with ("accuracy", "Transformer"), and tell nothing of anyone's standing; they also take n x m steps. Project
to one type and one relation first (:func:`kg.graph.to_networkx`), and take them there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy import sparse

from kg.analyze.communities import leiden
from kg.analyze.edgelist import edge_list
from kg.asked import at_least, some_of, type_asked
from kg.graph import Frame
from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.analyze.edgelist import EdgeList, Floats, Ints
    from kg.graph import Graph
    from kg.types import EntityType, RelationType

_DAMPING, _ROUNDS, _CLOSE = 0.85, 100, 1e-10


def centrality(
    graph: Graph,
    type: EntityType | None = None,  # noqa: A002 - the word a user knows
    *,
    relations: Collection[RelationType] | None = None,
    limit: int = 20,
) -> Frame:
    """Measure how entities stand in the graph of stated facts.

    A few seconds on a million facts, most of them for communities.

    Args:
        graph: Any graph.
        type: Only entities of this type are returned; all count.
        relations: Only facts of these relations; by default of all but ``variantOf``, which would hand everyone's
            standing up to the most general of terms.
        limit: How many to return.

    Returns:
        Rows, by PageRank: name, type, ``papers`` that mention it, ``neighbours`` (distinct entities it is linked with),
        ``support`` (papers that state its facts, a paper counting once a fact), ``pagerank`` (Page et al. 1999; a fact
        lends standing from head to tail: a variant to its base, a part to its whole, a system to its task), ``bridge``
        (the participation coefficient of Guimerà and Amaral 2005, doi:10.1038/nature03288: 0 if all its facts stay in
        one community, towards 1 if they spread over many), and IRI.

    Raises:
        KgError: There is no such type or relation, or the limit leaves nothing.
    """
    kind = type_asked(type)
    at_least(1, limit=limit)
    chosen = (
        set(RELATION_TYPES) - {"variantOf"} if relations is None else some_of(relations, RELATION_TYPES, "relation")
    )
    wanted = [RELATION_TYPES.index(relation) for relation in chosen]
    stated = edge_list(graph).stated
    edges = stated.only(np.flatnonzero(np.isin(stated.relations, wanted)))
    rank = pagerank(edges)
    order = np.lexsort((np.arange(len(edges)), -rank))
    if kind is not None:
        order = order[edges.types[order] == ENTITY_TYPES.index(kind)]
    return _frame(graph, edges, rank, order[:limit])


def pagerank(edges: EdgeList) -> Floats:
    """Rank entities by the standing that facts lend from head to tail, weighted by the logarithm of their support.

    Returns:
        n numbers that add up to 1.
    """
    n = len(edges)
    if not n:
        return np.zeros(0)
    weights = np.log2(1 + edges.support)
    flow = sparse.coo_array((weights, (edges.ends[:, 1], edges.ends[:, 0])), shape=(n, n)).tocsr()
    given = np.asarray(flow.sum(axis=0)).ravel()
    share = np.divide(1.0, given, out=np.zeros(n), where=given > 0)
    rank = np.full(n, 1.0 / n)
    for _ in range(_ROUNDS):
        lent = flow @ (rank * share)
        after = _DAMPING * (lent + rank[given == 0].sum() / n) + (1 - _DAMPING) / n
        if np.abs(after - rank).sum() < _CLOSE:
            return np.asarray(after)
        rank = after
    return rank


def participation(edges: EdgeList, labels: Ints) -> Floats:
    """Tell how evenly the facts of each entity spread over communities.

    Args:
        edges: Entities and facts.
        labels: n numbers of communities.

    Returns:
        n numbers from 0 to 1; 0 for an entity without facts.
    """
    nodes = edges.ends.ravel()
    theirs = labels[edges.ends[:, ::-1].ravel()]
    counts = sparse.coo_array(
        (np.ones(len(nodes)), (nodes, theirs)), shape=(len(edges), int(labels.max(initial=0)) + 1)
    )
    table = counts.tocsr()
    degree: Floats = np.asarray(table.sum(axis=1)).ravel()
    squares: Floats = np.asarray(table.multiply(table).sum(axis=1)).ravel()
    spread: Floats = 1 - np.divide(squares, degree**2, out=np.ones(len(edges)), where=degree > 0)
    return spread


def _frame(graph: Graph, edges: EdgeList, rank: Floats, chosen: Ints) -> Frame:
    iris = edges.iris.take(pa.array(chosen)).to_pylist()
    names = graph.names(iris)
    bridge = participation(edges, leiden(edges.ends, edges.weights, len(edges)))
    return Frame(
        pa.table(
            {
                "name": [names[iri] for iri in iris],
                "type": [ENTITY_TYPES[place] for place in edges.types[chosen]],
                "papers": edges.papers[chosen],
                "neighbours": _neighbours(edges)[chosen],
                "support": np.bincount(edges.ends.ravel(), np.repeat(edges.support, 2), len(edges))[chosen].astype(int),
                "pagerank": rank[chosen],
                "bridge": bridge[chosen],
                "iri": iris,
            }
        )
    )


def _neighbours(edges: EdgeList) -> Ints:
    pairs = np.unique(np.sort(edges.ends, axis=1), axis=0)
    return np.bincount(pairs.ravel(), minlength=len(edges))
