"""RDF files, as :mod:`kg.rdf` writes them; a path that ends in ``.gz`` is compressed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from kg.export.files import replacing
from kg.rdf import write_jsonld, write_nquads, write_ntriples, write_turtle, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Graph


def export_turtle(graph: Graph, path: Path, *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write Turtle."""
    with _writing(path) as stream:
        write_turtle(graph, stream, profile=profile, rdf12=rdf12)


def export_ntriples(graph: Graph, path: Path, *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write N-Triples."""
    with _writing(path) as stream:
        write_ntriples(graph, stream, profile=profile, rdf12=rdf12)


def export_nquads(graph: Graph, path: Path, *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write N-Quads, in the named graph of the run."""
    with _writing(path) as stream:
        write_nquads(graph, stream, profile=profile, rdf12=rdf12)


def export_jsonld(graph: Graph, path: Path, *, profile: str = "standard", context: str | None = None) -> None:
    """Write JSON-LD, with its context in it or at an address."""
    with _writing(path) as stream:
        write_jsonld(graph, stream, profile=profile, context=context)


@contextmanager
def _writing(path: Path) -> Iterator[IO[bytes]]:
    with replacing(path) as stream, zipped(stream, path) as written:
        yield written
