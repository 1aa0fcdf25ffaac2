"""The step that writes the graph as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.building.job import Job


def rdf(job: Job) -> None:
    """Write ``graph.ttl``.

    Raises:
        BuildFolderError: The base of the IRIs is none.
    """
    from kg.rdf import write_turtle

    with (job.stage / "graph.ttl").open("wb") as stream:
        write_turtle(job.graph(), stream)
