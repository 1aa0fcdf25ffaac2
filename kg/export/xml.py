"""GraphML and GEXF, for Gephi, yEd, Cytoscape and whoever else reads graphs in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.analyze import edge_list
from kg.export.files import replacing
from kg.export.flat import networkx_for_xml
from kg.types import ENTITY_TYPES
from kg.view.atlas import atlas
from kg.view.look import COLOURS, radius

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


_PLACED = 20_000


def export_graphml(graph: Graph, path: Path) -> None:
    """Write GraphML."""
    with replacing(path) as stream:
        # by name: with lxml installed, write_graphml would choose another writer and other bytes
        nx.write_graphml_xml(networkx_for_xml(graph), stream)


def export_gexf(graph: Graph, path: Path) -> None:
    """Write GEXF with colours by type, sizes by papers, and, of at most 20,000 entities, places as in the explorer.

    The date of writing is left out, so that equal graphs give equal bytes.
    """
    flat = networkx_for_xml(graph)
    for node, look in _looks(graph).items():
        flat.nodes[node]["viz"] = look
    writer = GEXFWriter(flat, version="1.2draft")
    writer.xml.find("meta").attrib.pop("lastmodifieddate")
    with replacing(path) as stream:
        writer.write(stream)


def _looks(graph: Graph) -> dict[str, dict[str, Any]]:
    """Give the colour, the size, and perhaps the place of each entity, in GEXF's terms; its y grows upward."""
    edges = edge_list(graph)
    iris, most = edges.iris.to_pylist(), int(edges.papers.max(initial=0))
    looks: dict[str, dict[str, Any]] = {}
    for iri, kind, papers in zip(iris, edges.types.tolist(), edges.papers.tolist(), strict=True):
        red, green, blue = COLOURS[ENTITY_TYPES[kind]]
        looks[iri] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": radius(papers, most)}
    if len(edges) <= _PLACED:
        for iri, (x, y) in zip(iris, atlas(edges, [""] * len(edges)).places.tolist(), strict=True):
            looks[iri]["position"] = {"x": x, "y": -y, "z": 0}
    return looks
