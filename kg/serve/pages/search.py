"""Searching by name, and leafing through all entities of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.serve.errors import RequestRefused
from kg.serve.pages.paging import A_PAGE, paging
from kg.serve.pages.render import page
from kg.serve.site import site_of
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.graph import Graph
    from kg.serve.pages.paging import Paging
    from kg.types import EntityType

LONGEST = 200
_FOUND = 1000
LISTED = """
    SELECT name, type, papers, aliases, iri FROM entities WHERE $1 IS NULL OR type = $1
    ORDER BY papers DESC, name, iri LIMIT $2 OFFSET $3
"""
_COUNT = "SELECT count(*) AS rows FROM entities WHERE $1 IS NULL OR type = $1"


def search(request: Request) -> Response:
    """Show what has a name like the one typed, or all there is of a type."""
    site, text = site_of(request), typed(request)
    kind, asked = type_of(request), paging(request)
    rows, shown = (_found if text else _listed)(site.graph, text, kind, asked)
    return page(site, "search", typed=text, kind=kind, types=ENTITY_TYPES, rows=rows, paging=shown, most=_FOUND)


def typed(request: Request) -> str:
    """Return what was typed to be searched for.

    Raises:
        RequestRefused: It is longer than any name.
    """
    text = request.query_params.get("q", "").strip()
    if len(text) > LONGEST:
        raise RequestRefused(f"a name of {len(text):,} characters cannot be searched for: type at most {LONGEST}")
    return text


def type_of(request: Request) -> EntityType | None:
    """Return the type that was asked for.

    Raises:
        RequestRefused: There is no such type.
    """
    text = request.query_params.get("type", "")
    for kind in ENTITY_TYPES:
        if kind.lower() == text.lower():
            return kind
    if text:
        raise RequestRefused(f"no type {text[:40]!r}: there are {', '.join(ENTITY_TYPES)}")
    return None


def _found(graph: Graph, text: str, kind: EntityType | None, asked: Paging) -> tuple[list[dict[str, Any]], Paging]:
    rows = list(graph.find(text, _FOUND, type=kind))
    return rows[asked.offset :][:A_PAGE], asked.of(len(rows))


def _listed(graph: Graph, text: str, kind: EntityType | None, asked: Paging) -> tuple[list[dict[str, Any]], Paging]:  # noqa: ARG001
    (total,) = graph.sql(_COUNT, [kind])["rows"]
    return list(graph.sql(LISTED, [kind, A_PAGE, asked.offset])), asked.of(total)
