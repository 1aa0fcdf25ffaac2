"""The step that writes the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph
    from kg.building.job import Job


def pages(job: Job) -> None:
    """Write ``explorer.html``, ``graph.html`` and ``report.html``."""
    write_pages(job.graph(), job.stage, job.config.page_nodes)


def write_pages(graph: Graph, folder: Path, nodes: int) -> None:
    """Write the pages of a graph into a folder; ``graph.html`` draws this many nodes at most."""
    from kg.view import Links, write_explorer, write_graph_page, write_report

    write_graph_page(graph, folder / "graph.html", limit=nodes)
    write_explorer(graph, folder / "explorer.html", links=Links(report="report.html", graph="graph.html"))
    write_report(graph, folder / "report.html")
