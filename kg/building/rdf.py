"""The step that writes the graph as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.building.job import Job
    from kg.graph import Graph


def rdf(job: Job) -> None:
    """Write ``graph.ttl``.

    Raises:
        BuildFolderError: The base of the IRIs is none.
    """
    write_rdf(job.graph(), job.stage)


def write_rdf(graph: Graph, folder: Path) -> None:
    """Write the RDF of a graph into a folder."""
    from kg.rdf import write_turtle

    with (folder / "graph.ttl").open("wb") as stream:
        write_turtle(graph, stream)
