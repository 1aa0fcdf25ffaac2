"""The data set described: VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import serialize
from starlette.responses import Response

from kg.serve.description import DESCRIBING, description
from kg.serve.errors import FormatRefused
from kg.serve.formats import GRAPHS, preferred
from kg.serve.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request


def void(request: Request) -> Response:
    """Send the description of the data set in an RDF format."""
    wanted = preferred(", ".join(request.headers.getlist("accept")), GRAPHS)
    if wanted is None:
        raise FormatRefused(f"the description can be one of {', '.join(GRAPHS)}")
    endpoint = str(request.url.replace(path="/sparql", query=""))
    text = serialize(description(site_of(request).graph, endpoint), None, GRAPHS[wanted], prefixes=DESCRIBING)
    return Response(text, media_type=wanted, headers={"Vary": "Accept"})
