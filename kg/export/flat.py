"""The graph as two flat lists, for formats that know nodes and edges with plain attributes and nothing deeper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

NODE_COLUMNS = ("id", "label", "type", "papers", "aliases")
EDGE_COLUMNS = ("source", "target", "relation", "support", "confidence", "papers", "sentence")

_NODES = "SELECT iri, name, type, papers, aliases FROM entities ORDER BY iri"
_EDGES = """
    SELECT head, tail, relation, count(DISTINCT paper) AS support, max(confidence) AS confidence,
        string_agg(DISTINCT paper, ' ' ORDER BY paper) AS papers,
        list({'paper': paper, 'evidence': evidence} ORDER BY confidence DESC, paper)[1] AS best
    FROM relations GROUP BY head, tail, relation ORDER BY head, tail, relation
"""
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def nodes(graph: Graph) -> Iterator[dict[str, Any]]:
    """Give a row for each entity: IRI, name, type, number of papers, and the aliases between bars."""
    for row in graph.sql(_NODES):
        aliases = " | ".join(alias["surface"] for alias in row["aliases"] or ())
        yield dict(zip(NODE_COLUMNS, (row["iri"], row["name"], row["type"], row["papers"], aliases), strict=True))


def edges(graph: Graph) -> Iterator[dict[str, Any]]:
    """Give a row for each distinct relation between two entities.

    ``support`` counts papers, ``papers`` names them between spaces, ``confidence`` is the highest, and ``sentence`` is
    the evidence of the surest statement.
    """
    for row in graph.sql(_EDGES):
        best = row["best"]
        spans = [graph.passage(best["paper"], span["start"], span["end"]) for span in best["evidence"] or ()]
        counted = (row["support"], row["confidence"], row["papers"], " ".join(spans))
        yield dict(zip(EDGE_COLUMNS, (row["head"], row["tail"], row["relation"], *counted), strict=True))


def networkx_for_xml(graph: Graph) -> nx.MultiDiGraph[str]:
    """Project to NetworkX with flat attributes that XML can hold; edges have the keys 0, 1, 2, … and a label."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in map(_for_xml, nodes(graph)):
        flat.add_node(row.pop("id"), **row)
    for number, row in enumerate(map(_for_xml, edges(graph))):
        label, weight = row["relation"], row["support"]
        flat.add_edge(row.pop("source"), row.pop("target"), number, label=label, weight=weight, **row)
    return flat


def xml_text(text: str) -> str:
    r"""Put U+FFFD in the place of characters that XML cannot hold, and line feeds for carriage returns.

    >>> xml_text("a\r\nb\x00c")
    'a\nb\ufffdc'
    """
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _for_xml(row: dict[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in row.items()}
