"""The papers projected away: a simple graph of the entities of one type, for algorithms that want one kind of node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg.analyze.cooccurrence import cooccurrence

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.types import EntityType

_ENTITIES = "SELECT iri, name, papers FROM entities WHERE type = $1 AND papers >= $2 ORDER BY iri"


def projection(graph: Graph, type: EntityType, *, min_papers: int = 2) -> nx.Graph[str]:  # noqa: A002 - the word a user knows
    """Join the entities of one type that papers mention together.

    Args:
        graph: Any graph.
        type: The type.
        min_papers: How many papers must mention an entity, and a pair.

    Returns:
        Nodes are IRIs with ``name``, ``type`` and ``papers``; an edge has ``papers`` (that mention both), ``weight``
        (Newman's, which a paper of many things adds less to) and ``npmi``, see :func:`kg.analyze.cooccurrence`.

    Raises:
        KgError: There is no such type, or a number is too small.
    """
    pairs = cooccurrence(graph, type, type, min_papers=min_papers)
    projected: nx.Graph[str] = nx.Graph()
    for row in graph.sql(_ENTITIES, [type, min_papers]):
        projected.add_node(row["iri"], name=row["name"], type=type, papers=row["papers"])
    for row in pairs:
        said = {name: row[name] for name in ("papers", "weight", "npmi")}
        projected.add_edge(row["left_iri"], row["right_iri"], **said)
    return projected
