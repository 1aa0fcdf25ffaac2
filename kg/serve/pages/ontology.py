"""What the terms of the graph mean: the ontology as a page with an anchor for each term, and as RDF."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse, serialize
from starlette.responses import Response

from kg.rdf.ontology import PKG, PREFIXES, read
from kg.serve.errors import FormatRefused
from kg.serve.formats import GRAPHS, preferred
from kg.serve.pages.render import page
from kg.serve.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request

_HTML = "text/html"
_TERMS = """
    PREFIX owl: <http://www.w3.org/2002/07/owl#>
    SELECT ?term ?kind (SAMPLE(?name) AS ?label) (SAMPLE(?said) AS ?text) (SAMPLE(?shown) AS ?example)
        (GROUP_CONCAT(DISTINCT ?from; SEPARATOR=" ") AS ?domain) (GROUP_CONCAT(DISTINCT ?to; SEPARATOR=" ") AS ?range)
        (GROUP_CONCAT(DISTINCT ?above; SEPARATOR=" ") AS ?parents)
        (GROUP_CONCAT(DISTINCT ?close; SEPARATOR=" ") AS ?alike)
    WHERE {
      ?term a ?kind . FILTER(STRSTARTS(STR(?term), STR(pkg:)))
      FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty, pkg:ResultKind))
      OPTIONAL { ?term rdfs:label ?name }
      OPTIONAL { ?term skos:definition ?defined }
      OPTIONAL { ?term rdfs:comment ?noted }
      BIND(COALESCE(?defined, ?noted) AS ?said)
      OPTIONAL { ?term skos:example ?shown }
      OPTIONAL { ?term rdfs:domain ?from . FILTER(isIRI(?from)) }
      OPTIONAL { ?term rdfs:range ?to . FILTER(isIRI(?to)) }
      OPTIONAL { ?term rdfs:subClassOf|rdfs:subPropertyOf ?above . FILTER(isIRI(?above)) }
      OPTIONAL { ?term skos:closeMatch|skos:exactMatch ?close . FILTER(isIRI(?close)) }
    } GROUP BY ?term ?kind ORDER BY ?kind ?term
"""


def ontology(request: Request) -> Response:
    """Show the ontology, or send it in an RDF format."""
    site = site_of(request)
    wanted = preferred(", ".join(request.headers.getlist("accept")), [_HTML, *GRAPHS])
    if wanted is None:
        raise FormatRefused(f"the ontology can be one of {_HTML}, {', '.join(GRAPHS)}")
    vary = {"Vary": "Accept"}
    if wanted == _HTML:
        return page(site, "ontology", headers=vary, terms=terms(), namespace=PKG, short=short)
    if wanted == "text/turtle":
        return Response(read("paperkg.ttl"), media_type=wanted, headers=vary)
    triples = parse(read("paperkg.ttl"), RdfFormat.TURTLE)
    return Response(serialize(triples, None, GRAPHS[wanted], prefixes=PREFIXES), media_type=wanted, headers=vary)


@cache
def terms() -> list[dict[str, Any]]:
    """Return the terms of the ontology, each with what it says of itself.

    >>> [term["text"] for term in terms() if term["name"] == "Metric"]
    ['A quantity that is measured to judge a system.']
    """
    store = Store()
    store.load(read("paperkg.ttl"), RdfFormat.TURTLE)
    found = store.query(_TERMS, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - it is a SELECT
    names = [variable.value for variable in found.variables]
    rows = [{name: _text(row[name]) for name in names} for row in found]
    return [{**row, "name": row["term"].removeprefix(PKG), "kind": row["kind"].rpartition("#")[2]} for row in rows]


def short(iri: str) -> str:
    """Write an IRI with its prefix, if we have one.

    >>> short("http://www.w3.org/2004/02/skos/core#Concept"), short("http://e/x")
    ('skos:Concept', 'http://e/x')
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""
