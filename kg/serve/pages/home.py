"""The first page: what this graph is, how much there is of what, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.pages.render import page
from kg.serve.pages.search import LISTED
from kg.serve.site import site_of
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_TOP = 6
_YEARS = "SELECT min(year) AS first, max(year) AS last FROM papers"


def home(request: Request) -> Response:
    """Show what there is."""
    site = site_of(request)
    top = {kind: list(site.graph.sql(LISTED, [kind, _TOP, 0])) for kind in ENTITY_TYPES}
    (years,) = site.graph.sql(_YEARS)
    return page(site, "home", top=top, years=years)
