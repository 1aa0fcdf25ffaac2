"""Writers of RDF: triples stream from the tables through pyoxigraph's serializers, which do the escaping."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.rdf.ontology import PREFIXES
from kg.rdf.triples import triples, valid_iris

if TYPE_CHECKING:
    from kg.graph import Graph

_KINDS = ("task", "method", "model", "dataset", "metric", "paper", "statement", "result", "extractor")


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of an export: the vocabularies', and one for each kind of node under ``base``.

    >>> prefixes("http://e/")["model"]
    'http://e/model/'
    """
    return PREFIXES | {kind: f"{base}{kind}/" for kind in _KINDS}


def write_ntriples(graph: Graph, stream: IO[bytes]) -> None:
    """Write canonical N-Triples, one triple a line, without repeats; equal graphs give equal bytes.

    Raises:
        BuildFolderError: The base or an entity of the graph is not a valid IRI.
    """
    serialize(triples(graph), stream, RdfFormat.N_TRIPLES)


def write_turtle(graph: Graph, stream: IO[bytes]) -> None:
    """Write Turtle, grouped by subject, with prefixes; equal graphs give equal bytes.

    Raises:
        BuildFolderError: The base or an entity of the graph is not a valid IRI.
    """
    with valid_iris():
        serialize(triples(graph), stream, RdfFormat.TURTLE, prefixes=prefixes(graph.manifest.base))
