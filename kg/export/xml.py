"""GraphML and GEXF, for Gephi, yEd, Cytoscape and whoever else reads graphs in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.files import replacing
from kg.export.flat import networkx_for_xml

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


def export_graphml(graph: Graph, path: Path) -> None:
    """Write GraphML."""
    with replacing(path) as stream:
        # by name: with lxml installed, write_graphml would choose another writer and other bytes
        nx.write_graphml_xml(networkx_for_xml(graph), stream)


def export_gexf(graph: Graph, path: Path) -> None:
    """Write GEXF without the date of writing, so that equal graphs give equal bytes."""
    writer = GEXFWriter(networkx_for_xml(graph))
    writer.xml.find("meta").attrib.pop("lastmodifieddate")
    with replacing(path) as stream:
        writer.write(stream)
