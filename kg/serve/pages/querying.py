"""The page to write queries on: YASGUI, built from kg/view/app, with the named queries as examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.rdf import named_queries
from kg.rdf.ontology import PREFIXES
from kg.serve.pages.ontology import terms
from kg.serve.pages.render import page
from kg.serve.site import site_of
from kg.view.assets import built, built_text
from kg.view.safe import script_json

if TYPE_CHECKING:
    from starlette.requests import Request

_KEPT = {"Cache-Control": "max-age=3600"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The editor writes style attributes; scripts come from here alone, none stands in the page."""


def query_page(request: Request) -> Response:
    """Show the query page."""
    examples = [
        {"name": query.name, "description": query.description, "text": query.text} for query in named_queries().values()
    ]
    site = site_of(request)
    data = script_json({"base": site.graph.manifest.base, "examples": examples, "prefixes": PREFIXES, **_vocabulary()})
    headers = {"Content-Security-Policy": _POLICY}
    return page(site, "query", headers=headers, body=built("query", "html"), examples=examples, data=data)


def _vocabulary() -> dict[str, list[str]]:
    """Return the terms of the ontology, to complete what is typed."""
    classes = [term["term"] for term in terms() if term["kind"] == "Class"]
    properties = [term["term"] for term in terms() if term["kind"].endswith("Property")]
    return {"classes": classes, "properties": properties}


def query_js(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Send the script of the query page."""
    return Response(built_text("query", "js"), media_type="text/javascript", headers=_KEPT)


def query_css(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Send the style of the query page."""
    return Response(built_text("query", "css"), media_type="text/css", headers=_KEPT)
