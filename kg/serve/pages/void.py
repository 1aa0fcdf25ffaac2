"""The data set described: VoID and DCAT, at its own address and at the well-known one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import serialize
from starlette.responses import Response

from kg.serve.description import DESCRIBING, data_set
from kg.serve.errors import FormatRefused, NotFound
from kg.serve.formats import GRAPHS, preferred
from kg.serve.pages.address import SUFFIXES
from kg.serve.site import DESCRIPTION, site_of

if TYPE_CHECKING:
    from starlette.requests import Request


def void(request: Request) -> Response:
    """Send the description of the data set in an RDF format.

    Raises:
        NotFound: The address is of another data set.
        FormatRefused: The client takes no format that there is.
    """
    site, (stem, asked) = site_of(request), _split(request.path_params.get("name"))
    here, endpoint = (str(request.url.replace(path=path, query="")) for path in (f"/{DESCRIPTION}", "/sparql"))
    name, told = data_set(site.description, here, endpoint)
    if stem is not None and name.value != f"{site.graph.manifest.base}run/{stem}":
        raise NotFound(f"this graph is not of the run {stem[:80]!r}: /void describes it")
    wanted = asked or preferred(", ".join(request.headers.getlist("accept")), GRAPHS)
    if wanted is None:
        raise FormatRefused(f"the description can be one of {', '.join(GRAPHS)}")
    text = serialize(told, None, GRAPHS[wanted], prefixes=DESCRIBING)
    return Response(text, media_type=wanted, headers={"Vary": "Accept"})


def _split(name: str | None) -> tuple[str | None, str | None]:
    """Tell the format that the ending of a name asks for."""
    for ending, media_type in SUFFIXES.items():
        if name is not None and name.endswith(ending):
            return name.removesuffix(ending), media_type
    return name, None
