"""JSON-LD 1.1: a row of a section is a node object as it stands, so writing is leaving out what is NULL."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import msgspec

from kg.errors import KgError
from kg.links import web_link
from kg.rdf.ontology import read
from kg.rdf.rows import opened, queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph, Session


def write_jsonld(graph: Graph, stream: IO[bytes], *, profile: str = "standard", context: str | None = None) -> None:
    """Write one JSON-LD document with a node object a line, in the terms of ``ontology/context.jsonld``.

    Args:
        graph: Any graph.
        stream: Where to write.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.
        context: The address of a context that the document refers to; by default the bundled context stands in it.

    Raises:
        KgError: There is no such profile, or the context's address is none of the web.
        BuildFolderError: The base or an entity of the graph is not a valid IRI, or a table is missing or damaged.
    """
    if context is not None and web_link(context) is None:
        raise KgError(f"{context[:200]!r} is no address of a context: give an http or https URL")
    with opened(graph) as session:
        bundled = msgspec.json.decode(read("context.jsonld"))["@context"]
        stream.write(b'{"@context":' + msgspec.json.encode(context or bundled) + b',\n"@graph":[')
        separator = b"\n"
        for nodes in _nodes(session, profile):
            stream.write(separator + b",\n".join(nodes))
            separator = b",\n"
        stream.write(b"\n]}\n")


def _nodes(session: Session, profile: str) -> Iterator[list[bytes]]:
    encoder = msgspec.json.Encoder()
    for query in queries(session, profile):
        for batch in session.batches(query):
            rows = batch.to_pylist()
            yield [
                encoder.encode({name: value for name, value in row.items() if value not in (None, [])}) for row in rows
            ]
