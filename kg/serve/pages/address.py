"""Which node of the graph an address is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from kg.iris import paper_iri
from kg.serve.errors import NotFound
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

SUFFIXES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}
"""Endings of an address that ask for a format, for links and for those who cannot send headers."""

RECORDS = ("statement", "inference", "result", "extractor")
_NAME = re.compile(r"[a-z0-9.-]{1,200}")
_ENTITY = "SELECT iri FROM entities WHERE iri = $1"
_PAPER = "SELECT id FROM papers WHERE id = $1"


class Address(Struct, frozen=True):
    """A node of the graph, and the format that its address asks for.

    Attributes:
        iri: The IRI of the node.
        room: What kind of page shows it.
        paper: The id of a paper.
        media_type: The format that the ending of the address names, if it names one.
    """

    iri: str
    room: Literal["entity", "paper", "record"]
    paper: str = ""
    media_type: str | None = None


def locate(graph: Graph, kind: str, name: str) -> Address:
    """Find what an address ``/kind/name`` is of.

    Raises:
        NotFound: Nothing in the graph.
    """
    stem, dot, ending = name.rpartition(".")
    for tried, media_type in ((name, None), (stem, SUFFIXES.get(f"{dot}{ending}"))):
        if tried == name or media_type:
            for iri, room, paper in _node(graph, kind, tried):
                return Address(iri, room, paper, media_type)
    raise NotFound(f"the graph has no {kind[:40]} {name[:80]!r}")


def _node(graph: Graph, kind: str, name: str) -> Iterator[tuple[str, Literal["entity", "paper", "record"], str]]:
    base = graph.manifest.base
    if kind == "paper":
        for paper in graph.sql(_PAPER, [name.replace("-", ":", 1)])["id"]:
            yield paper_iri(paper, base), "paper", paper
    elif kind in {one.lower() for one in ENTITY_TYPES}:
        for iri in graph.sql(_ENTITY, [f"{base}{kind}/{name}"])["iri"]:
            yield iri, "entity", ""
    elif kind in RECORDS and _NAME.fullmatch(name) and not any(map(name.endswith, SUFFIXES)):
        yield f"{base}{kind}/{name}", "record", ""
