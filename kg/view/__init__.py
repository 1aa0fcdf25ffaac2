"""Pages to look at, each one file that asks the network for nothing.

``explorer.html`` holds the graph, to search and walk through; ``graph.html`` a part of it, drawn by pyvis;
``report.html`` a build in numbers.
"""

from kg.view.columns import Links
from kg.view.explorer import MOST_NODES, explorer_payload, write_explorer
from kg.view.inline import View
from kg.view.page import graph_page, graph_view, write_graph_page
from kg.view.report import CHECKED, report_page, write_report
from kg.view.summary import PageSummary

__all__ = [
    "CHECKED",
    "MOST_NODES",
    "Links",
    "PageSummary",
    "View",
    "explorer_payload",
    "graph_page",
    "graph_view",
    "report_page",
    "write_explorer",
    "write_graph_page",
    "write_report",
]
