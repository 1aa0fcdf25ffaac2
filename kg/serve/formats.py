"""The formats of answers: their media types, and which of them a client wants most.

>>> preferred("text/csv;q=0.5, application/sparql-results+xml", RESULTS)
'application/sparql-results+xml'
>>> preferred("text/turtle", RESULTS) is None
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""What SELECT and ASK can be answered in, the one for clients without a wish first."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}
"""What CONSTRUCT and DESCRIBE can be answered in, and descriptions of nodes, in the same order."""

_RANGES = 64


class _Range(NamedTuple):
    """A media range of an Accept header, with how much it is wanted."""

    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """Tell how closely it names a media type: 0 not at all, 1 ``*/*``, 2 ``text/*``, 3 ``text/csv``."""
        type_, _, subtype = media_type.partition("/")
        if self.subtype == "*":
            return {"*": 1, type_: 2}.get(self.type, 0)
        return 3 if (self.type, self.subtype) == (type_, subtype) else 0


def preferred(accept: str | None, offered: Iterable[str]) -> str | None:
    """Choose what a client wants most of what is offered (RFC 9110, 12.5.1); None where it wants none of it.

    Of what it wants alike the first offer is chosen. A client without the header takes anything; what cannot be read in
    the header is passed over.

    >>> preferred("text/*;q=0.3, text/plain;q=0, */*;q=0.1", ["text/plain", "image/png", "text/html"])
    'text/html'
    >>> preferred(None, ["a/b", "c/d"]), preferred("*/*;q=0", ["a/b"]), preferred("nonsense;;q==", ["a/b"])
    ('a/b', None, 'a/b')
    """
    ranges = list(_ranges(accept or "")) or [_Range("*", "*", 1.0)]
    best, most = None, 0.0
    for media_type in offered:
        closest = max(ranges, key=lambda one: one.fits(media_type))
        if closest.fits(media_type) and closest.quality > most:
            best, most = media_type, closest.quality
    return best


def _ranges(accept: str) -> Iterable[_Range]:
    for text in accept.lower().split(",", _RANGES)[:_RANGES]:
        name, *parameters = (part.strip() for part in text.split(";"))
        type_, slash, subtype = name.partition("/")
        quality = _quality(parameters)
        if type_ and slash and subtype and quality is not None and not (type_ == "*" != subtype):
            yield _Range(type_, subtype, quality)


def _quality(parameters: list[str]) -> float | None:
    """Read ``q=0.5``; None where it is none."""
    (text,) = [one[2:].strip() for one in parameters if one.startswith("q=")][:1] or ["1"]
    plain = text.replace(".", "", 1)
    return min(float(text), 1.0) if plain.isascii() and plain.isdigit() and len(text) <= 5 else None
