"""The graph as NetworkX.

:func:`to_networkx` gives entities and their relations, ready for any algorithm. With ``everything=True`` papers,
mentions and results are nodes and edges too, and :func:`kg.graph.from_networkx` restores the same tables from it.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Any

import msgspec
import networkx as nx

from kg.asked import at_least, some_of
from kg.errors import KgError, MissingExtra
from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.graph.graph import Graph
    from kg.types import EntityType, RelationType

_ENTITIES = "SELECT * FROM entities WHERE type IN (SELECT unnest($1::VARCHAR[])) ORDER BY iri"
_STATEMENTS = """
    WITH sure AS (
        SELECT * FROM relations WHERE relation IN (SELECT unnest($1::VARCHAR[])) AND confidence >= $2
    ),
    chosen AS (SELECT iri FROM entities WHERE type IN (SELECT unnest($4::VARCHAR[]))),
    supported AS (
        SELECT head, relation, tail FROM sure GROUP BY head, relation, tail HAVING count(DISTINCT paper) >= $3
    )
    SELECT sure.*, title || chr(10) || abstract AS text
    FROM sure SEMI JOIN supported USING (head, relation, tail) JOIN papers ON paper = id
    WHERE head IN (FROM chosen) AND tail IN (FROM chosen) ORDER BY head, relation, tail, paper
"""
_ROLES = ("subject", "metric", "dataset", "baseline", "paper")


def to_networkx(
    graph: Graph,
    *,
    everything: bool = False,
    types: Collection[EntityType] | None = None,
    relations: Collection[RelationType] | None = None,
    min_support: int = 1,
    min_confidence: float = 0.0,
) -> nx.MultiDiGraph[str]:
    """Project a graph to a directed multigraph.

    All of it becomes Python objects: some 4 kB for each statement, so of a large graph choose a part.

    Args:
        graph: Any graph.
        everything: Add papers (``type="Paper"``), their ``mentions``, and results (``type="Result"``) as nodes; choices
            are not possible then.
        types: Only entities of these types, and facts between them.
        relations: Only facts of these relations.
        min_support: How many papers must state a fact.
        min_confidence: How sure a statement must be to count.

    Returns:
        Nodes are IRIs (papers: their ids) with ``type``, ``name``, ``papers``, ``aliases``. Edges are keyed by the
        relation and carry ``support`` (papers), ``confidence`` (the highest), ``weight`` (the logarithm of the support,
        to base 2 of one more, times the confidence), and ``evidence``: a list of
        ``{"paper", "confidence", "evidence": [{"start", "end"}], "sentences"}``.

    Raises:
        KgError: Everything is asked for, and a part of it; or there is no such type or relation.
    """
    at_least(0, min_support=min_support, min_confidence=min_confidence)
    kinds, wanted = some_of(types, ENTITY_TYPES, "type"), some_of(relations, RELATION_TYPES, "relation")
    chosen = types is not None or relations is not None or min_support > 1 or min_confidence > 0
    if everything and chosen:
        raise KgError("everything=True projects the whole graph: leave out types, relations and thresholds")
    projected: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in graph.sql(_ENTITIES, [kinds]):
        projected.add_node(row.pop("iri"), **row)
    for row in graph.sql(_STATEMENTS, [wanted, min_confidence, min_support, kinds]):
        _add_statement(projected, row)
    for *_, edge in projected.edges(data=True):
        edge["weight"] = log2(1 + edge["support"]) * edge["confidence"]
    if everything:
        _add_papers(projected, graph)
        _add_results(projected, graph)
        projected.graph |= {name: graph.table(name).to_pylist() for name in ("merges", "inferred")}
        projected.graph["manifest"] = msgspec.to_builtins(graph.manifest)
    return projected


def simplified(projected: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Join the edges between each two nodes into one, for algorithms that want a simple graph.

    Returns:
        Nodes as they were; edges with ``relations`` (sorted), ``support`` and ``weight`` (sums), ``confidence`` (the
        highest).

    >>> G = nx.MultiDiGraph()
    >>> for relation in ("usedFor", "evaluatedOn"):
    ...     _ = G.add_edge("a", "b", relation, relation=relation, support=2, confidence=0.5, weight=0.8)
    >>> simplified(G).edges["a", "b"]["relations"], simplified(G).edges["a", "b"]["support"]
    (['evaluatedOn', 'usedFor'], 4)
    """
    simple: nx.DiGraph[str] = nx.DiGraph()
    simple.add_nodes_from(projected.nodes(data=True))
    for head, tail, data in projected.edges(data=True):
        if not simple.has_edge(head, tail):
            simple.add_edge(head, tail, relations=[], support=0, weight=0.0, confidence=0.0)
        edge = simple.edges[head, tail]
        edge["relations"] = sorted({*edge["relations"], data["relation"]})
        edge["support"] += data["support"]
        edge["weight"] += data["weight"]
        edge["confidence"] = max(edge["confidence"], data["confidence"])
    return simple


def to_igraph(graph: Graph, **choices: Any) -> Any:
    """Project a graph to ``igraph.Graph``, for whoever has igraph; the choices are those of :func:`to_networkx`.

    Returns:
        A directed graph; the IRI of a vertex is its attribute ``_nx_name``.

    Raises:
        MissingExtra: igraph is not installed. It is under the GPL, so paperkg does not bring it.
    """
    try:
        import igraph  # noqa: PLC0415 - a user's own
    except ImportError:
        raise MissingExtra("to_igraph needs igraph, which paperkg does not bring: pip install igraph") from None
    return igraph.Graph.from_networkx(to_networkx(graph, **choices))


def _add_statement(projected: nx.MultiDiGraph[str], row: dict[str, Any]) -> None:
    head, relation, tail = (row.pop(name) for name in ("head", "relation", "tail"))
    text = row.pop("text")
    row["sentences"] = [text[span["start"] : span["end"]] for span in row["evidence"]]
    if not projected.has_edge(head, tail, relation):
        projected.add_edge(head, tail, relation, relation=relation, support=0, confidence=0.0, evidence=[])
    edge = projected.edges[head, tail, relation]
    edge["evidence"].append(row)
    edge["support"] += 1
    edge["confidence"] = max(edge["confidence"], row["confidence"])


def _add_papers(projected: nx.MultiDiGraph[str], graph: Graph) -> None:
    for row in graph.table("papers").to_pylist():
        projected.add_node(row["id"], type="Paper", **row)
    for row in graph.table("mentions").to_pylist():
        paper, entity = row["paper"], row["entity"]
        if not projected.has_edge(paper, entity, "mentions"):
            projected.add_edge(paper, entity, "mentions", relation="mentions", mentions=[])
        projected.edges[paper, entity, "mentions"]["mentions"].append(row)


def _add_results(projected: nx.MultiDiGraph[str], graph: Graph) -> None:
    for number, row in enumerate(graph.table("results").to_pylist()):
        node = f"result:{number}"
        projected.add_node(node, type="Result", **row)
        for role in filter(row.get, _ROLES):
            projected.add_edge(node, row[role], role, relation=role)
