"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from pyoxigraph import serialize
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response

from kg.serve.description import DESCRIBING, description
from kg.serve.errors import FormatRefused, RequestRefused, RequestTooLarge, RequestTooSlow, TypeRefused
from kg.serve.formats import GRAPHS, RESULTS, preferred
from kg.serve.sending import AnswerResponse, cut
from kg.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request

    from kg.serve.limits import Limits
    from kg.serve.site import Site

T = TypeVar("T")
METHODS = ("GET", "POST")

_FORM, _QUERY, _UPDATE = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
_DATA_SETS = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
_FIELDS = 32
SLOW = 10  # seconds for a request's body to come in


async def sparql(request: Request) -> Response:
    """Answer a query, by GET or POST; without one, a GET gets the service description, and a browser the query page."""
    site = site_of(request)
    text = await _query(request, site.limits)
    if text is None:
        return await _description(request, site)
    accept = ", ".join(request.headers.getlist("accept"))
    answering = site.pool.answer(text, preferred(accept, RESULTS), preferred(accept, GRAPHS))
    done, file = await _while_connected(request, answering)
    return AnswerResponse(file, done.media_type, {"Vary": "Accept", "Cache-Control": "no-cache", **cut(done)})


async def _query(request: Request, limits: Limits) -> str | None:
    """Return the text of the query, None where a GET has none."""
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        body = await _body(request, limits.request_bytes)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _UPDATE:
            raise RequestRefused("updates are refused: the graph is read-only")
        if media_type not in {_FORM, _QUERY}:
            raise TypeRefused(f"post a query as {_QUERY}, or the form field query as {_FORM}")
        fields += _fields(body) if media_type == _FORM else [("query", _text(body))]
    _check_fields({name for name, _ in fields})
    texts = [value for name, value in fields if name == "query"]
    if len(texts) > 1:
        raise RequestRefused(f"there are {len(texts)} queries in the request: send one")
    if not texts and request.method == "POST":
        raise RequestRefused("there is no query in the request: send one")
    return texts[0] if texts else None


def _check_fields(names: set[str]) -> None:
    if "update" in names:
        raise RequestRefused("updates are refused: the graph is read-only")
    for name in names.intersection(_DATA_SETS):
        raise RequestRefused(f"{name} is refused: there is one graph, and every query is about it")


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(text), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise RequestRefused(f"the fields of the request cannot be read ({error})") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RequestRefused("the query is not in UTF-8") from None


async def _body(request: Request, most: int) -> bytes:
    """Read the body; what is too much of it is read too, and dropped, for else the client would not see the answer."""
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(SLOW):
            async for part in request.stream():
                size += len(part)
                body += part if size <= most else b""
    except TimeoutError:
        raise RequestTooSlow(f"the request did not come in within {SLOW} seconds") from None
    if size > most:
        raise RequestTooLarge(f"the request is larger than {most:,} bytes: send a shorter query")
    return bytes(body)


async def _while_connected(request: Request, answering: Coroutine[Any, Any, T]) -> T:
    """Wait for an answer as long as the client does: a query that nobody waits for is stopped."""
    answered, gone = asyncio.create_task(answering), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({answered, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not answered.done():
            raise ClientDisconnect
        return answered.result()
    finally:
        answered.cancel()
        gone.cancel()
        await asyncio.gather(answered, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _description(request: Request, site: Site) -> Response:
    wanted = preferred(",".join(request.headers.getlist("accept")), [*GRAPHS, "text/html"])
    if wanted is None:
        raise FormatRefused(f"the description of the service can be one of {', '.join(GRAPHS)}")
    vary = {"Vary": "Accept"}
    if wanted == "text/html":
        return RedirectResponse("/query", 303, vary)
    text = serialize(description(site.graph, str(request.url)), None, GRAPHS[wanted], prefixes=DESCRIBING)
    return Response(text, media_type=wanted, headers=vary)
