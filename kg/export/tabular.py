"""Two tables, nodes and edges: CSV for spreadsheets and loaders, Parquet for data frames."""

from __future__ import annotations

import csv
import re
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.parquet as pq

from kg.export.files import replacing
from kg.export.flat import EDGE_COLUMNS, NODE_COLUMNS, edges, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Graph

_TABLES = {"nodes": (NODE_COLUMNS, nodes), "edges": (EDGE_COLUMNS, edges)}
_TYPES = {"support": pa.int64(), "confidence": pa.float64()}
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_UNIX = 3


def export_csv(graph: Graph, path: Path) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into a folder, or into one file where ``path`` ends in ``.zip``.

    Text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    if path.suffix.lower() == ".zip":
        _zip(graph, path)
        return
    for name in _TABLES:
        with replacing(path / f"{name}.csv") as stream:
            _write(graph, name, stream)


def _zip(graph: Graph, path: Path) -> None:
    with replacing(path) as stream, ZipFile(stream, "w") as archive:
        for name in _TABLES:
            entry = ZipInfo(f"{name}.csv")  # dated 1980, so that equal graphs give equal bytes
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                _write(graph, name, file)


def _write(graph: Graph, name: str, stream: IO[bytes]) -> None:
    columns, rows = _TABLES[name]
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(_cells(rows(graph)))
    text.detach()


def _cells(rows: Iterator[dict[str, Any]]) -> Iterator[list[object]]:
    for row in rows:
        yield [harmless(value) if isinstance(value, str) else value for value in row.values()]


def harmless(text: str) -> str:
    """Put an apostrophe before text that spreadsheets take for a formula.

    >>> harmless("=1+1"), harmless("BERT"), harmless(" @SUM(A1)")
    ("'=1+1", 'BERT', "' @SUM(A1)")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def export_parquet(graph: Graph, path: Path) -> None:
    """Write ``nodes.parquet`` and ``edges.parquet`` into a folder."""
    for name, (columns, rows) in _TABLES.items():
        types = _TYPES | {"papers": pa.int64() if name == "nodes" else pa.string()}
        schema = pa.schema([(column, types.get(column, pa.string())) for column in columns])
        with replacing(path / f"{name}.parquet") as stream:
            pq.write_table(pa.Table.from_pylist(list(rows(graph)), schema=schema), stream, compression="zstd")
