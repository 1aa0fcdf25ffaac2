"""Pages to look at, each one file that asks the network for nothing.

``explorer.html`` holds the graph, to search and walk through; ``graph.html`` a part of it, drawn by pyvis;
``report.html`` a build in numbers.
"""

from kg.view.columns import Links
from kg.view.explorer import explorer_payload, write_explorer
from kg.view.page import graph_page, write_graph_page
from kg.view.report import report_page, write_report
from kg.view.summary import PageSummary

__all__ = [
    "Links",
    "PageSummary",
    "explorer_payload",
    "graph_page",
    "report_page",
    "write_explorer",
    "write_graph_page",
    "write_report",
]
