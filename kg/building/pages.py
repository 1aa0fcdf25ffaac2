"""The step that writes the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.building.job import Job


def pages(job: Job) -> None:
    """Write ``explorer.html``, ``graph.html`` and ``report.html``."""
    from kg.view import Links, write_explorer, write_graph_page, write_report

    graph = job.graph()
    write_graph_page(graph, job.stage / "graph.html", limit=job.config.page_nodes)
    write_explorer(graph, job.stage / "explorer.html", links=Links(report="report.html", graph="graph.html"))
    write_report(graph, job.stage / "report.html")
