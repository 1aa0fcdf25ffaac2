"""What the pages of a server are about: the graph, its queries, its limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.analyze import edge_list
from kg.graph import SCHEMAS
from kg.iris import paper_iri
from kg.rdf import describe

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.analyze import EdgeList
    from kg.api import Graph
    from kg.serve.limits import Limits
    from kg.serve.pool import Pool

FILES = {"explorer": "explorer.html", "report": "report.html", "graph": "graph.html"}
"""The pages of a build folder that are served as they are, by the last part of their address."""


DESCRIPTION = "dataset.ttl"
DATA = {
    DESCRIPTION: "text/turtle",
    "croissant.json": "application/ld+json",
    "graph.ttl": "text/turtle",
    "graph.nt.gz": "application/gzip",
    **{f"{name}.parquet": "application/vnd.apache.parquet" for name in SCHEMAS},
}
"""What a build folder says of itself, and the files that this names, each with its media type."""


@dataclass(frozen=True)
class Site:
    """A graph that is served."""

    graph: Graph
    pool: Pool
    limits: Limits

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Which pages of :data:`FILES` the build folder has."""
        folder = self.graph.folder
        return tuple(name for name, file in FILES.items() if folder and (folder / file).is_file())

    @cached_property
    def edges(self) -> EdgeList:
        """The graph as arrays, made once: it takes a while on a large one."""
        return edge_list(self.graph)

    @cached_property
    def description(self) -> bytes:
        """The description of the data set in Turtle: the build's, made anew where the folder has none."""
        folder = self.graph.folder
        if folder and (folder / DESCRIPTION).is_file():
            return (folder / DESCRIPTION).read_bytes()
        return describe(self.graph, {})

    def path_of(self, iri: str) -> str:
        """Return the address here of what has an IRI under the base of the graph."""
        return f"/{iri.removeprefix(self.graph.manifest.base)}"

    def path_of_paper(self, paper: str) -> str:
        """Return the address here of the paper of this id."""
        return self.path_of(paper_iri(paper, self.graph.manifest.base))


def site_of(request: Request) -> Site:
    """Return the site that a request came to, as it is now."""
    site: Site = request.state.following.site
    return site
