"""The page of a node that is neither entity nor paper: a statement, a figure, an inference, the extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.ontology import PREFIXES
from kg.serve.pages.render import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import Triple
    from starlette.responses import Response

    from kg.serve.site import Site

Cell = tuple[str, str | None]
"""What to show of a term, and where it leads."""

_NAMING = frozenset({f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['dcterms']}title", f"{PREFIXES['rdfs']}label"})
_TEXT = f"{PREFIXES['pkg']}text"


def record_page(
    site: Site, iri: str, triples: Sequence[Triple], alternates: Sequence[tuple[str, str]], *, cut: bool
) -> Response:
    """Show the triples of a node as a table of properties, by the names of what they lead to, and what names it below.

    Args:
        site: What is served.
        iri: The node.
        triples: What it says, what names it, and the names of what it leads to.
        alternates: Where it is in RDF.
        cut: Whether more names it.
    """
    node, names = NamedNode(iri), dict(_names(triples))
    told = [(term(site, one.predicate), term(site, one.object, names)) for one in triples if one.subject == node]
    naming = [(term(site, one.subject), term(site, one.predicate)) for one in triples if one.object == node]
    own, named = sorted(told, key=_texts), sorted(naming, key=_texts)
    return page(site, "record", iri=iri, own=own, named=named, cut=cut, alternates=alternates)


def _names(triples: Sequence[Triple]) -> Iterator[tuple[str, str]]:
    """Give what nodes are called; a passage is its words."""
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, Literal):
            if one.predicate.value in _NAMING:
                yield one.subject.value, one.object.value
            elif one.predicate.value == _TEXT:
                yield one.subject.value, f"“{one.object.value}”"


def _texts(row: tuple[Cell, Cell]) -> tuple[str, str]:
    return row[0][0], row[1][0]


def term(site: Site, node: object, names: Mapping[str, str] | None = None) -> Cell:
    """Show a term of RDF: our own nodes with their address here, vocabulary by its prefix, literals as they stand."""
    if isinstance(node, Literal):
        return node.value, None
    if not isinstance(node, NamedNode):
        return str(node), None
    base = site.graph.manifest.base
    if node.value.startswith(PREFIXES["pkg"]):
        return (
            f"pkg:{node.value.removeprefix(PREFIXES['pkg'])}",
            f"/ontology#{node.value.removeprefix(PREFIXES['pkg'])}",
        )
    if node.value.startswith(base):
        return (names or {}).get(node.value, node.value.removeprefix(base)), site.path_of(node.value)
    for prefix, start in PREFIXES.items():
        if node.value.startswith(start):
            return f"{prefix}:{node.value.removeprefix(start)}", node.value
    return node.value, node.value
