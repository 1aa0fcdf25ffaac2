"""Pages to look at: ``graph.html``, a part of the graph drawn by pyvis, and ``report.html``, a build in numbers."""

from kg.view.page import PageSummary, graph_page, write_graph_page
from kg.view.report import report_page, write_report

__all__ = ["PageSummary", "graph_page", "report_page", "write_graph_page", "write_report"]
