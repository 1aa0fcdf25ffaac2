"""SQL that streams: for work on all that a graph holds, whose memory must not grow with it.

>>> import pyarrow
>>> from kg.graph import Graph, Manifest
>>> ledger = pyarrow.table({"left": ["vit", "bert"]})
>>> graph = Graph(Manifest(1, "0", "by hand", "http://e/", (), {}, {}, {}), {"merges": ledger})
>>> with graph.session() as session:
...     [batch.to_pylist() for batch in session.batches('SELECT "left" FROM merges ORDER BY "left"')]
[[{'left': 'bert'}, {'left': 'vit'}]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

BATCH = 8192
"""The most rows of a batch."""

_MEMORY = "1GB"


class Session(Database):
    """A DuckDB instance of its own, which may have macros and tables of its own; what does not fit is sorted on disk.

    Args:
        tables: The tables of a graph in memory.
        folder: The build folder of a graph on disk.
        spill: A folder for what does not fit.
    """

    def __init__(self, tables: Mapping[str, pa.Table], folder: Path | None, spill: str) -> None:
        super().__init__(tables, folder, temp_directory=spill, memory_limit=_MEMORY)

    def close(self) -> None:
        """Give back what the session holds."""
        self._connections[0].close()

    def execute(self, statement: str) -> None:
        """Run a statement that gives no rows, such as the definition of a macro."""
        self._connections[0].execute(statement)

    def add(self, name: str, table: pa.Table) -> None:
        """Let queries name another table."""
        self._connections[0].register("added", table)
        self._connections[0].execute(f"CREATE TABLE {name} AS FROM added")
        self._connections[0].unregister("added")

    def columns(self, query: str) -> dict[str, str]:
        """Return the columns of a query with their SQL types; nothing is run."""
        with self._answering(query) as cursor:
            relation = cursor.sql(query)
            return dict(zip(relation.columns, map(str, relation.types), strict=True))

    def table(self, query: str) -> pa.Table:
        """Run a query whose answer is small.

        Raises:
            BuildFolderError: A table that it names is missing or damaged.
        """
        return self.run(query, [], {})

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """Run a query and give its rows as they come, at most :data:`BATCH` at a time.

        Raises:
            BuildFolderError: A table that it names is missing or damaged.
        """
        with self._answering(query) as cursor, cursor.sql(query).to_arrow_reader(BATCH) as reader:
            yield from reader
