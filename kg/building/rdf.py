"""The step that writes the graph as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.building.job import Job
    from kg.graph import Graph

LARGE = 100_000
"""From how many statements on the RDF is compressed N-Triples: as Turtle it would be 80 MB, which no editor opens."""


def rdf(job: Job) -> None:
    """Write the graph as RDF.

    Raises:
        BuildFolderError: The base of the IRIs is none.
    """
    write_rdf(job.graph(), job.stage)


def write_rdf(graph: Graph, folder: Path) -> None:
    """Write ``graph.ttl`` into a folder, of a large graph ``graph.nt.gz``: a third of its size, and sooner written."""
    from kg.rdf import write_ntriples, write_turtle, zipped

    large = graph.manifest.counts["relations"] >= LARGE
    path = folder / ("graph.nt.gz" if large else "graph.ttl")
    with path.open("wb") as stream, zipped(stream, path) as written:
        (write_ntriples if large else write_turtle)(graph, written)
