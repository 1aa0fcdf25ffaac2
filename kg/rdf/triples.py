"""A graph as a stream of triples, one subject after the other, in an order that depends on content alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from kg.rdf.ntriples import texts
from kg.rdf.rows import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from kg.graph import Graph


def triples(graph: Graph, profile: str = "standard", *, rdf12: bool = False) -> Iterator[Triple]:
    """Give the triples of a graph, as they are asked for.

    All triples of one subject come together, and of one subject all of one predicate.

    Args:
        graph: Any graph.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.
        rdf12: Give triple terms (RDF 1.2) in the place of the three parts of a statement.

    Raises:
        KgError: There is no such profile.
        BuildFolderError: The base or an entity of the graph is not a valid IRI, or a table is missing or damaged.
    """
    with opened(graph) as session:
        yield from parsed(texts(session, profile, rdf12=rdf12))


def parsed(pieces: Iterable[memoryview]) -> Iterator[Triple]:
    """Give the triples of pieces of N-Triples."""
    for piece in pieces:
        for quad in parse(bytes(piece), RdfFormat.N_TRIPLES):
            yield quad.triple
