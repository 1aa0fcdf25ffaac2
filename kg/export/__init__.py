"""One writer a format: the whole graph into a file, or a folder where a format is two tables.

>>> sorted(WRITERS)
['csv', 'gexf', 'graphml', 'json', 'jsonld', 'neo4j', 'nquads', 'ntriples', 'parquet', 'turtle']
"""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.croissant import croissant
from kg.export.jsonfile import export_json
from kg.export.neo4j import export_neo4j
from kg.export.rdf import export_jsonld, export_nquads, export_ntriples, export_turtle
from kg.export.tabular import export_csv, export_parquet
from kg.export.xml import export_gexf, export_graphml

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

__all__ = ["FOLDERS", "WRITERS", "croissant", "export"]

WRITERS: dict[str, Callable[..., None]] = {
    "turtle": export_turtle,
    "ntriples": export_ntriples,
    "nquads": export_nquads,
    "jsonld": export_jsonld,
    "graphml": export_graphml,
    "gexf": export_gexf,
    "csv": export_csv,
    "neo4j": export_neo4j,
    "json": export_json,
    "parquet": export_parquet,
}

FOLDERS = frozenset({"csv", "neo4j", "parquet"})
"""The formats that are several files."""


def export(graph: Graph, format: str, path: str | Path, /, **options: object) -> None:  # noqa: A002 - the word a user knows
    """Write a graph in one of the formats of :data:`WRITERS`; equal graphs give equal bytes.

    Args:
        graph: Any graph.
        format: ``turtle``, ``ntriples``, ``nquads``, ``jsonld``, ``graphml``, ``gexf``, ``csv``, ``neo4j``,
            ``json`` or ``parquet``.
        path: The file to write; RDF that ends in ``.gz`` is compressed. For ``csv``, ``neo4j`` and ``parquet`` a
            folder, for ``csv`` also a file that ends in ``.zip``.
        options: What the format's writer takes besides: of RDF ``profile`` (plain, standard or full) and ``rdf12``
            (triple terms for statement nodes), of JSON-LD ``context`` (the address of a context to refer to).

    Raises:
        KgError: There is no such format, it has no such option, or the path cannot be written.
    """
    if format not in WRITERS:
        raise KgError(f"no format {format!r}: there are {', '.join(WRITERS)}")
    for option in options:
        if option not in _options(format):
            others = ", ".join(name for name in WRITERS if option in _options(name)) or "none"
            raise KgError(f"{format} has no option {option!r}: formats that have it are {others}")
    try:
        WRITERS[format](graph, Path(path), **options)
    except OSError as error:
        raise KgError(f"{path} cannot be written ({error.strerror or error}): choose another path") from None


def _options(format: str) -> set[str]:  # noqa: A002 - as above
    """Tell what a writer takes besides graph and path."""
    return set(signature(WRITERS[format]).parameters) - {"graph", "path"}
