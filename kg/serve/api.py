"""The interface for programs that want JSON and no SPARQL: search, one entity, what is around it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from kg.analyze import card, neighbours
from kg.errors import KgError
from kg.serve.api_types import EntityAnswer, NeighbourhoodAnswer, SearchAnswer
from kg.serve.errors import NotFound, RequestRefused
from kg.serve.pages.search import type_of, typed
from kg.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct
    from starlette.requests import Request

_ENTITY = "SELECT iri FROM entities WHERE iri = $1"


def search(request: Request) -> Response:
    """Find entities by name or alias."""
    limit = number(request, "limit", 10, 100)
    found = site_of(request).graph.find(typed(request), limit, type=type_of(request))
    return answer({"results": list(found)}, SearchAnswer)


def entity(request: Request) -> Response:
    """Tell what there is to know of an entity."""
    limit, evidence = number(request, "limit", 10, 100), number(request, "evidence", 2, 10)
    with missing_is_not_found():
        told = card(site_of(request).graph, known(request), limit, evidence)
    return answer(told.to_dict(), EntityAnswer)


def neighbourhood(request: Request) -> Response:
    """Tell what is around an entity."""
    hops, limit = number(request, "hops", 1, 3), number(request, "limit", 100, 1000)
    with missing_is_not_found():
        around = neighbours(site_of(request).graph, known(request), hops, limit)
    return answer(around.to_dict(), NeighbourhoodAnswer)


@contextmanager
def missing_is_not_found() -> Iterator[None]:
    """Turn the error that no entity is called so into one of HTTP.

    Raises:
        NotFound: In its place.
    """
    try:
        yield
    except KgError as error:
        if type(error) is not KgError:
            raise
        raise NotFound(str(error)) from None


def answer(value: dict[str, Any], wanted: type[Struct]) -> Response:
    """Write an answer, of the type that the description of the interface promises."""
    text = msgspec.json.encode(msgspec.convert(value, wanted))
    return Response(text, media_type="application/json")


def number(request: Request, name: str, default: int, most: int) -> int:
    """Read a whole number from the address.

    Raises:
        RequestRefused: It is none, or out of bounds.
    """
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise RequestRefused(f"{name} must be a whole number from 1 to {most}, not {text[:20]!r}")
    return int(text)


def known(request: Request) -> str:
    """Return the IRI, name or alias of the entity that is asked for.

    Raises:
        RequestRefused: None is given.
        NotFound: No entity has the IRI.
    """
    text = request.query_params.get("iri", request.query_params.get("name", ""))
    if not text or len(text) > 500:
        raise RequestRefused("say which entity: iri=… or name=…")
    if "iri" in request.query_params and not len(site_of(request).graph.sql(_ENTITY, [text])):
        raise NotFound(f"no entity has the IRI {text[:200]!r}: /api/search finds names")
    return text
