"""The explorer of the build folder, told that there is a server to ask for what the page left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import HTMLResponse, Response

from kg.serve.api import known, missing_is_not_found, number
from kg.serve.errors import NotFound
from kg.serve.pages.files import OWN_POLICY
from kg.serve.site import FILES, site_of
from kg.view import explorer_payload

if TYPE_CHECKING:
    from starlette.requests import Request

_NONE = re.compile(r"default-src (?P<none>('|&#39;)none\2);")
_GENERATOR = '<meta name="generator"'
_MOST_NODES = 200


def explorer(request: Request) -> Response:
    """Send the explorer.

    Raises:
        NotFound: The build folder has none.
    """
    site = site_of(request)
    if "explorer" not in site.pages or site.graph.folder is None:
        raise NotFound(f"the build folder has no {FILES['explorer']}: kg explore writes it")
    text = (site.graph.folder / FILES["explorer"]).read_text(encoding="utf-8")
    return HTMLResponse(connected(text), headers=OWN_POLICY)


def connected(text: str) -> str:
    """Let a page that asks for nothing ask this server, and tell it where.

    >>> "connect-src 'self';" in connected(f"<meta content=default-src 'none'; x>{_GENERATOR}>")
    True
    """
    head, generator, rest = text.partition(_GENERATOR)
    head = _NONE.sub(lambda rule: f"{rule[0]} connect-src {rule['none'].replace('none', 'self')};", head, count=1)
    return f'{head}<meta name="kg-api" content="/api/explorer/">{generator}{rest}' if generator else text


def neighbourhood(request: Request) -> Response:
    """Send what is around an entity, in the columns that the explorer is written for."""
    site, hops = site_of(request), number(request, "hops", 1, 3)
    with missing_is_not_found():
        around = known(request)
        payload = explorer_payload(site.graph, around=around, hops=hops, most_nodes=_MOST_NODES, edges=site.edges)
    columns = msgspec.structs.asdict(payload.core) | msgspec.structs.asdict(payload.detail)
    return Response(msgspec.json.encode(columns), media_type="application/json")
