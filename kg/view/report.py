"""report.html: one page a build, to read or print, without a script: what came in, what was found, what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.render import report_html, write_page
from kg.view.safe import clean
from kg.view.sections import Matter, sections
from kg.view.summary import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.graph import Graph, Run
    from kg.rdf.validation import Violation

_FIGURES = {
    "papers": "papers",
    "entities": "entities",
    "relations": "stated relations",
    "results": "results",
    "mentions": "mentions",
}
_SHOWN = 20
CHECKED = 1000
"""The most papers of which a report checks the shapes unasked: half a minute; see docs/benchmarks.md."""


def write_report(graph: Graph, path: Path, *, run: Run | None = None, found: Sequence[Violation] | None = None) -> None:
    """Write report.html to ``path``; equal graphs and manifests give equal bytes.

    Args:
        graph: Any graph, an empty one too.
        path: The file to write.
        run: The build that made it: the report then tells how long each step took.
        found: What :func:`kg.rdf.validate` found: the report then tells it.

    Raises:
        KgError: The file cannot be written.
    """
    write_page(path, report_page(graph, run=run, found=found))


def report_page(graph: Graph, *, run: Run | None = None, found: Sequence[Violation] | None = None) -> str:
    """Return the text of report.html, see :func:`write_report`."""
    manifest = graph.manifest
    made = {
        "paperkg": manifest.paperkg,
        "extractor": manifest.extractor,
        "inputs": [clean(one) for one in manifest.inputs[:_SHOWN]],
        "more": max(0, len(manifest.inputs) - _SHOWN),
    }
    figures = [(title, count(graph, name)) for name, title in _FIGURES.items()]
    figures.append(("skipped records", len(manifest.skipped)))
    return report_html(made=made, figures=figures, sections=sections(Matter(graph, run, found)))
