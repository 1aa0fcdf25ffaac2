"""The page of a node that is neither entity nor paper: a statement, a figure, an inference, the extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.ontology import PREFIXES
from kg.serve.pages.render import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple
    from starlette.responses import Response

    from kg.serve.site import Site

Cell = tuple[str, str | None]
"""What to show of a term, and where it leads."""


def record_page(site: Site, iri: str, triples: Sequence[Triple], alternates: Sequence[tuple[str, str]]) -> Response:
    """Show the triples of a node as a table of properties, and those that name it below."""
    own = [(term(site, one.predicate), term(site, one.object)) for one in triples if one.subject == NamedNode(iri)]
    named = [(term(site, one.subject), term(site, one.predicate)) for one in triples if one.subject != NamedNode(iri)]
    return page(site, "record", iri=iri, own=sorted(own), named=sorted(named), alternates=alternates)


def term(site: Site, node: object) -> Cell:
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
        return node.value.removeprefix(base), site.path_of(node.value)
    for prefix, start in PREFIXES.items():
        if node.value.startswith(start):
            return f"{prefix}:{node.value.removeprefix(start)}", node.value
    return node.value, node.value
