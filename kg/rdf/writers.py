"""Writers of RDF. All stream from the tables, and equal graphs give equal bytes.

N-Triples and N-Quads are put together in SQL (:mod:`kg.rdf.ntriples`); pyoxigraph makes Turtle of the same lines.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.rdf.ntriples import texts
from kg.rdf.ontology import PREFIXES
from kg.rdf.rows import name_run, opened
from kg.rdf.triples import parsed

if TYPE_CHECKING:
    from kg.graph import Graph

_KINDS = ("task", "method", "model", "dataset", "metric", "paper", "statement", "result", "extractor")


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of an export: the vocabularies', and one for each kind of node under ``base``.

    >>> prefixes("http://e/")["model"]
    'http://e/model/'
    """
    return PREFIXES | {kind: f"{base}{kind}/" for kind in _KINDS}


def write_ntriples(graph: Graph, stream: IO[bytes], *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write canonical N-Triples, one triple a line, without repeats.

    Args:
        graph: Any graph.
        stream: Where to write.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.
        rdf12: Write triple terms (RDF 1.2) in the place of the three parts of a statement.

    Raises:
        KgError: There is no such profile.
        BuildFolderError: The base or an entity of the graph is not a valid IRI, or a table is missing or damaged.
    """
    with opened(graph) as session:
        for text in texts(session, profile, rdf12=rdf12):
            stream.write(text)


def write_nquads(graph: Graph, stream: IO[bytes], *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write N-Quads, all in the named graph of the run: its IRI depends on what the graph holds. See write_ntriples."""
    with opened(graph) as session:
        for text in texts(session, profile, rdf12=rdf12, graph=name_run(session)):
            stream.write(text)


def write_turtle(graph: Graph, stream: IO[bytes], *, profile: str = "standard", rdf12: bool = False) -> None:
    """Write Turtle, grouped by subject, with prefixes; see :func:`write_ntriples`."""
    with opened(graph) as session:
        triples = parsed(texts(session, profile, rdf12=rdf12))
        serialize(triples, stream, RdfFormat.TURTLE, prefixes=prefixes(graph.manifest.base))
