"""RDF files: Turtle and N-Triples, as :mod:`kg.rdf` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.export.files import replacing
from kg.rdf import write_ntriples, write_turtle

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


def export_turtle(graph: Graph, path: Path) -> None:
    """Write Turtle."""
    with replacing(path) as stream:
        write_turtle(graph, stream)


def export_ntriples(graph: Graph, path: Path) -> None:
    """Write N-Triples."""
    with replacing(path) as stream:
        write_ntriples(graph, stream)
