"""One writer a format: the whole graph into a file, or a folder where a format is two tables.

>>> sorted(WRITERS)
['csv', 'gexf', 'graphml', 'json', 'ntriples', 'parquet', 'turtle']
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.jsonfile import export_json
from kg.export.rdf import export_ntriples, export_turtle
from kg.export.tabular import export_csv, export_parquet
from kg.export.xml import export_gexf, export_graphml

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

__all__ = ["WRITERS", "export"]

WRITERS: dict[str, Callable[[Graph, Path], None]] = {
    "turtle": export_turtle,
    "ntriples": export_ntriples,
    "graphml": export_graphml,
    "gexf": export_gexf,
    "csv": export_csv,
    "json": export_json,
    "parquet": export_parquet,
}


def export(graph: Graph, format: str, path: str | Path) -> None:  # noqa: A002 - the word a user knows
    """Write a graph in one of the formats of :data:`WRITERS`; equal graphs give equal bytes.

    Args:
        graph: Any graph.
        format: ``turtle``, ``ntriples``, ``graphml``, ``gexf``, ``csv``, ``json`` or ``parquet``.
        path: The file to write; for ``csv`` and ``parquet`` a folder, for ``csv`` also a file that ends in ``.zip``.

    Raises:
        KgError: There is no such format, or the path cannot be written.
    """
    if format not in WRITERS:
        raise KgError(f"no format {format!r}: there are {', '.join(WRITERS)}")
    try:
        WRITERS[format](graph, Path(path))
    except OSError as error:
        raise KgError(f"{path} cannot be written ({error.strerror or error}): choose another path") from None
