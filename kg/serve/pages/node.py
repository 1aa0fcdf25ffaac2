"""Every IRI of the graph has an address here: a page for people, RDF for programs, by the Accept header or a suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.concurrency import run_in_threadpool

from kg.serve.errors import FormatRefused, NotFound
from kg.serve.formats import GRAPHS, preferred
from kg.serve.pages.address import SUFFIXES, locate
from kg.serve.pages.entity import entity_page
from kg.serve.pages.paper import paper_page
from kg.serve.pages.record import record_page
from kg.serve.sending import AnswerResponse, cut
from kg.serve.site import site_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.jobs import Done
    from kg.serve.pages.address import Address
    from kg.serve.site import Site

_HTML = "text/html"
_MOST = 10_000
_MOST_SHOWN = 1_000
_DESCRIPTION = """
    CONSTRUCT {{ {node} ?p ?o . ?beside ?r ?v . ?s ?q {node} }} WHERE {{
      {{ {node} ?p ?o }} UNION {{ {beside} }} UNION {{ ?s ?q {node} }}
    }}
"""
"""What a node says, what belongs to it, and what names it, in this order: of a hub there are a hundred thousand."""

_PARTS = "?beside prov:wasQuotedFrom {node} ; ?r ?v"
_NAMES = "{node} ?to ?beside . VALUES ?r {{ skos:prefLabel dcterms:title rdfs:label pkg:text }} ?beside ?r ?v"


async def node(request: Request) -> Response:
    """Show an entity, a paper or a record, or describe it in RDF."""
    site, parts = site_of(request), request.path_params
    found = await run_in_threadpool(locate, site.graph, parts["kind"], parts["name"])
    wanted = found.media_type or preferred(", ".join(request.headers.getlist("accept")), [_HTML, *GRAPHS])
    if wanted is None:
        raise FormatRefused(f"this can be one of {_HTML}, {', '.join(GRAPHS)}")
    alternates = [(site.path_of(found.iri) + ending, media_type) for ending, media_type in SUFFIXES.items()]
    links = [f'<{address}>; rel="alternate"; type="{media_type}"' for address, media_type in alternates]
    headers = {"Vary": "Accept", "Link": ", ".join([*links, f'<{found.iri}>; rel="describes"'])}
    if wanted == _HTML:
        response = await _shown(request, site, found, alternates)
        response.headers.update(headers)
        return response
    done, file = await _described(site, found, wanted, _PARTS, _MOST)
    return AnswerResponse(file, done.media_type, headers | cut(done))


async def _shown(request: Request, site: Site, found: Address, alternates: list[tuple[str, str]]) -> Response:
    if found.room == "record":
        done, file = await _described(site, found, "application/n-triples", _NAMES, _MOST_SHOWN)
        return record_page(site, found.iri, _read(file), alternates, cut=done.cut)
    show = {"entity": entity_page, "paper": paper_page}[found.room]
    return await run_in_threadpool(show, request, found, alternates)


async def _described(site: Site, found: Address, media_type: str, beside: str, most: int) -> tuple[Done, Path]:
    named = NamedNode(found.iri)
    query = _DESCRIPTION.format(node=named, beside=beside.format(node=named))
    done, file = await site.pool.answer(query, None, media_type, rows=most)
    if not done.rows:
        _read(file)
        raise NotFound(f"the graph has nothing on {found.iri}")
    return done, file


def _read(file: Path) -> list[Triple]:
    try:
        return [quad.triple for quad in parse(file.read_bytes(), RdfFormat.N_TRIPLES)]
    finally:
        file.unlink()
