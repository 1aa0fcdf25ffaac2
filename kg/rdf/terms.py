"""RDF terms from what tables hold: IRIs that are always valid, literals of the right type.

>>> str(decimal(91.40))
'"91.4"^^<http://www.w3.org/2001/XMLSchema#decimal>'
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode

from kg.iris import paper_iri
from kg.rdf.ontology import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

_XSD = PREFIXES["xsd"]
_DECIMAL, _DOUBLE, _YEAR = (NamedNode(_XSD + name) for name in ("decimal", "double", "gYear"))
_DIGITS = 18
_URL_SAFE = ":/?#@!$&'()*+,;=~%-._"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def curie(text: str) -> NamedNode:
    """Expand a compact IRI of a prefix that we use.

    >>> curie("skos:prefLabel")
    <NamedNode value=http://www.w3.org/2004/02/skos/core#prefLabel>
    """
    prefix, _, name = text.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def content_iri(base: str, kind: str, parts: Sequence[str | None]) -> NamedNode:
    """Mint the IRI of a record that has no name of its own from what it says: 80 bits of a hash of its parts.

    >>> content_iri("http://e/", "statement", ["a", None]) == content_iri("http://e/", "statement", ["a", ""])
    False
    """
    digest = sha256(json.dumps(parts).encode()).hexdigest()[:20]
    return NamedNode(f"{base}{kind}/{digest}")


def passage_iri(base: str, paper: str, start: int, end: int) -> NamedNode:
    """Give the IRI of a stretch of a paper's text, with the character range of RFC 5147.

    >>> passage_iri("http://e/", "arxiv:1706.03762", 3, 9)
    <NamedNode value=http://e/paper/arxiv-1706.03762#char=3,9>
    """
    return NamedNode(f"{paper_iri(paper, base)}#char={start},{end}")


def web_address(url: str | None) -> NamedNode | None:
    """Give the IRI of a page of the web, what IRIs do not allow percent-encoded; None for any other address.

    >>> web_address("https://e.org/a b>c?100%")
    <NamedNode value=https://e.org/a%20b%3Ec?100%25>
    >>> web_address("javascript:alert(1)") is web_address(None) is None
    True
    """
    try:
        parts = urlsplit((url or "").strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        return NamedNode(_LONE_PERCENT.sub("%25", quote(parts.geturl(), safe=_URL_SAFE)))
    except ValueError:
        return None


def decimal(number: float | None) -> Literal | None:
    """Write a number as xsd:decimal; None for what is no number, or has more digits than stores of RDF can hold.

    >>> str(decimal(1200.0)), decimal(1e30), decimal(float("nan"))
    ('"1200"^^<http://www.w3.org/2001/XMLSchema#decimal>', None, None)
    """
    if number is None or not math.isfinite(number):
        return None
    text = format(Decimal(repr(number)), "f")
    whole, _, fraction = text.lstrip("-").partition(".")
    fraction = fraction.rstrip("0")
    if len(whole) > _DIGITS or len(fraction) > _DIGITS:
        return None
    return Literal(f"{'-' if number < 0 else ''}{whole}{'.' if fraction else ''}{fraction}", datatype=_DECIMAL)


def double(number: float) -> Literal:
    """Write a number as xsd:double, exactly.

    >>> str(double(0.8))
    '"0.8"^^<http://www.w3.org/2001/XMLSchema#double>'
    """
    return Literal(repr(float(number)), datatype=_DOUBLE)


def year(number: int) -> Literal:
    """Write a year.

    >>> str(year(2021))
    '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    return Literal(f"{number:04d}", datatype=_YEAR)
