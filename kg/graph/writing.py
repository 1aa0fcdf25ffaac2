"""Tables written as their rows come: Parquet in row groups of one size, so that equal rows are equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.graph.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.scratch import Scratch

_ROWS, _PAPERS = 16_384, 2_048


class TableWriter:
    """Writes one table of a graph, ``<folder>/<name>.parquet``; it is whole when the context ends.

    Row groups are small, so that a query reads a few of them, and most of all of the abstracts.

    Args:
        folder: Where to.
        name: A table of :data:`kg.graph.schema.SCHEMAS`.
        file: What the file is called, where it is not called like the table.

    Attributes:
        rows: How many rows were added.
    """

    def __init__(self, folder: Path, name: str, file: str | None = None) -> None:
        self.rows = 0
        self._schema = SCHEMAS[name]
        self._group = _PAPERS if name == "papers" else _ROWS
        self._loose: list[Mapping[str, Any]] = []
        self._held = self._schema.empty_table()
        self._writer = pq.ParquetWriter(folder / f"{file or name}.parquet", self._schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        try:
            if raised[0] is None:
                self._gather()
                self._write(self._held)
        finally:
            self._writer.close()

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows."""
        for row in rows:
            self._loose.append(row)
            if len(self._loose) == self._group:
                self._gather()

    def add_table(self, table: pa.Table) -> None:
        """Add the rows of an Arrow table of the same columns."""
        self.rows += len(table)
        self._held = pa.concat_tables([self._held, table.cast(self._schema)])
        while len(self._held) >= self._group:
            self._write(self._held.slice(0, self._group))
            self._held = self._held.slice(self._group)

    def _gather(self) -> None:
        self.add_table(pa.Table.from_pylist(self._loose, self._schema))
        self._loose = []

    def _write(self, table: pa.Table) -> None:
        if len(table):
            self._writer.write_table(table.combine_chunks(), row_group_size=self._group)


def write_sorted(unsorted: Path, name: str, order: Sequence[str], folder: Path, scratch: Scratch) -> int:
    """Write a table from an unsorted file of its rows, which is then removed; return the number of rows.

    Args:
        unsorted: A Parquet file.
        name: The table.
        order: Columns of text, in which no two rows are alike; nothing counts as the empty text.
        folder: Where to.
        scratch: Where the sorting spills.
    """
    rows = pq.read_metadata(unsorted).num_rows
    with TableWriter(folder, name) as writer:
        for table in _sorted(unsorted, order) if rows <= _ROWS else _spilled(unsorted, order, scratch):
            writer.add_table(table)
    unsorted.unlink()
    return writer.rows


def _sorted(unsorted: Path, order: Sequence[str]) -> Iterator[pa.Table]:
    """Sort a few rows in memory: a tenth of the time that a database takes to open."""
    table = pq.read_table(unsorted)
    keys = pa.table({name: pc.fill_null(table.column(name), "") for name in order})
    yield table.take(pc.sort_indices(keys, [(name, "ascending") for name in order]))


def _spilled(unsorted: Path, order: Sequence[str], scratch: Scratch) -> Iterator[pa.Table]:
    by = ", ".join(f"coalesce({name}, '')" for name in order)
    with scratch.connect() as connection:
        for batch in connection.read_parquet(str(unsorted)).order(by).to_arrow_reader(_ROWS):
            yield pa.Table.from_batches([batch])
