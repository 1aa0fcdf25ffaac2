"""The JSON-LD context as a table: what each short name means, and what its values are.

``ontology/context.jsonld`` is the source. Every writer goes by it, so that all formats say the same, and the reader
goes by it backwards.

>>> context()["confidence"]
Term(iri='https://w3id.org/paperkg/ontology#confidence', kind='http://www.w3.org/2001/XMLSchema#double')
>>> context()["relation"].kind, context()["tail"].kind, context()["title"].kind
('@vocab', '@id', None)
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from kg.rdf.ontology import read


class Term(msgspec.Struct, frozen=True):
    """A name of the context.

    Attributes:
        iri: What it stands for.
        kind: What its values are: ``@id`` IRIs, ``@vocab`` names of the context, None plain strings, else literals of
            the datatype of this IRI.
    """

    iri: str
    kind: str | None = None


@cache
def context() -> dict[str, Term]:
    """Return the terms of the bundled context by name, prefixes among them."""
    written: dict[str, Any] = msgspec.json.decode(read("context.jsonld"))["@context"]
    return {name: _term(written, value) for name, value in written.items() if not name.startswith("@")}


def _term(written: dict[str, Any], value: str | dict[str, str]) -> Term:
    if isinstance(value, str):
        return Term(_expanded(written, value), "@vocab" if value == "@type" else None)
    kind = value.get("@type")
    return Term(_expanded(written, value["@id"]), kind if kind is None or kind[0] == "@" else _expanded(written, kind))


def _expanded(written: dict[str, Any], text: str) -> str:
    """Expand a compact IRI; ``@type`` is rdf:type where a predicate is wanted."""
    if text == "@type":
        text = "rdf:type"
    prefix, _, name = text.partition(":")
    return written[prefix] + name if prefix in written and not name.startswith("//") else text
