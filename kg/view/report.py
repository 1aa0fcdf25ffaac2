"""report.html: one page a build, to read or print, without a script: what came in, what was found, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.render import report_html, write_page
from kg.view.safe import clean
from kg.view.sections import sections

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


def write_report(graph: Graph, path: Path) -> None:
    """Write report.html to ``path``; equal graphs and manifests give equal bytes.

    Args:
        graph: Any graph, an empty one too.
        path: The file to write.

    Raises:
        KgError: The file cannot be written.
    """
    write_page(path, report_page(graph))


def report_page(graph: Graph) -> str:
    """Return the text of report.html."""
    manifest = graph.manifest
    made = {
        "paperkg": manifest.paperkg,
        "extractor": manifest.extractor,
        "inputs": [clean(one) for one in manifest.inputs],
    }
    figures = [
        (name, graph.table(name).num_rows) for name in ("papers", "entities", "relations", "results", "mentions")
    ]
    return report_html(made=made, figures=figures, sections=sections(graph))
