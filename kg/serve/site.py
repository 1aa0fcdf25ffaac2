"""What the pages of a server are about: the graph, its queries, its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.api import Graph
    from kg.serve.limits import Limits
    from kg.serve.pool import Pool


@dataclass(frozen=True, slots=True)
class Site:
    """A graph that is served."""

    graph: Graph
    pool: Pool
    limits: Limits


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site
