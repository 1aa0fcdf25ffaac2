"""The graph as NetworkX, and back.

:func:`to_networkx` gives entities and their relations, ready for any algorithm. With ``everything=True`` papers,
mentions and results are nodes and edges too, and :func:`from_networkx` restores the same tables from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import networkx as nx
import pyarrow as pa

from kg.errors import KgError
from kg.graph.graph import Graph
from kg.graph.manifest import Manifest
from kg.graph.schema import SCHEMAS
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROLES = ("subject", "metric", "dataset", "baseline", "paper")


def to_networkx(graph: Graph, *, everything: bool = False) -> nx.MultiDiGraph[str]:
    """Project a graph to a directed multigraph.

    Args:
        graph: Any graph.
        everything: Add papers (``type="Paper"``), their ``mentions``, and results (``type="Result"``) as nodes.

    Returns:
        Nodes are IRIs (papers: their ids) with ``type``, ``name``, ``papers``, ``aliases``. Edges are keyed by the
        relation and carry ``support`` (papers), ``confidence`` (the highest), and ``evidence``: a list of
        ``{"paper", "confidence", "evidence": [{"start", "end"}], "sentences"}``.
    """
    projected: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in graph.table("entities").to_pylist():
        projected.add_node(row.pop("iri"), **row)
    for row in graph.table("relations").to_pylist():
        _add_statement(projected, graph, row)
    if everything:
        _add_papers(projected, graph)
        _add_results(projected, graph)
        projected.graph |= {name: graph.table(name).to_pylist() for name in ("merges", "inferred")}
        projected.graph["manifest"] = msgspec.to_builtins(graph.manifest)
    return projected


def _add_statement(projected: nx.MultiDiGraph[str], graph: Graph, row: dict[str, Any]) -> None:
    head, relation, tail, paper = (row.pop(name) for name in ("head", "relation", "tail", "paper"))
    sentences = [graph.passage(paper, span["start"], span["end"]) for span in row["evidence"]]
    statement = {"paper": paper, **row, "sentences": sentences}
    if projected.has_edge(head, tail, relation):
        edge = projected.edges[head, tail, relation]
        edge["evidence"].append(statement)
        edge["support"] += 1
        edge["confidence"] = max(edge["confidence"], row["confidence"])
    else:
        projected.add_edge(
            head, tail, relation, relation=relation, support=1, confidence=row["confidence"], evidence=[statement]
        )


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


def from_networkx(projected: nx.MultiDiGraph[str]) -> Graph:
    """Restore the graph that ``to_networkx(graph, everything=True)`` projected, perhaps changed since.

    Raises:
        KgError: The projection was made without ``everything=True``, so papers and mentions are not in it.
    """
    if "manifest" not in projected.graph:
        raise KgError("from_networkx needs the whole graph: project it with to_networkx(graph, everything=True)")
    manifest = msgspec.convert(projected.graph["manifest"], Manifest)
    rows: dict[str, list[dict[str, Any]]] = {
        "entities": [{"iri": n, **data} for n, data in projected.nodes(data=True) if data["type"] in ENTITY_TYPES],
        "papers": [data for _, data in projected.nodes(data=True) if data["type"] == "Paper"],
        "results": [data for _, data in projected.nodes(data=True) if data["type"] == "Result"],
        "mentions": [row for *_, data in projected.edges(data=True) for row in data.get("mentions", ())],
        "relations": sorted(_statements(projected), key=lambda row: (row["head"], row["relation"], row["tail"])),
        "merges": projected.graph["merges"],
        "inferred": projected.graph["inferred"],
    }
    rows["mentions"].sort(key=lambda row: (row["paper"], row["start"], row["end"]))
    return Graph(manifest, {name: pa.Table.from_pylist(found, schema=SCHEMAS[name]) for name, found in rows.items()})


def _statements(projected: nx.MultiDiGraph[str]) -> Iterator[dict[str, Any]]:
    for head, tail, data in projected.edges(data=True):
        for statement in data.get("evidence", ()):
            yield {"head": head, "relation": data["relation"], "tail": tail, **statement}
