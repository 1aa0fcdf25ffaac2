"""DuckDB over the tables of a graph: files are read where they lie, and of them only what a query needs."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import finalize

import duckdb

from kg.errors import BuildFolderError
from kg.graph.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_PATTERN = str.maketrans({"[": "[[]", "*": "[*]", "?": "[?]", "'": "''"})


class Database:
    """One DuckDB instance for as long as a graph is open; threads may share it.

    Args:
        tables: The tables of a graph in memory.
        folder: The build folder of a graph on disk.
        settings: More settings of DuckDB.
    """

    def __init__(self, tables: Mapping[str, pa.Table], folder: Path | None, **settings: str) -> None:
        self._tables = tables
        self._folder = folder
        connection = duckdb.connect(config={**_ALONE, **settings})
        connection.execute("SET parquet_metadata_cache = true")
        self._connections = [connection]
        finalize(self, self._connections.clear)  # at the latest when Python ends, while DuckDB is still whole
        self._views: set[str] = set()
        self._lock = Lock()

    def run(self, query: str, parameters: list[Any], more: Mapping[str, pa.Table]) -> pa.Table:
        """Run a query, over ``more`` tables too if there are, and return its rows.

        Raises:
            BuildFolderError: A table that the query names is missing or damaged.
        """
        with self._answering(query) as cursor:
            for name, table in more.items():
                cursor.register(name, table)
            return cursor.sql(query, params=parameters).to_arrow_table()

    @contextmanager
    def _answering(self, query: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that knows the tables that a query names, and tell damage of their files as such."""
        named = [name for name in SCHEMAS if name in query]
        with self._connections[0].cursor() as cursor:
            missing = {name: problem for name in named if (problem := self._offer(cursor, name))}
            try:
                yield cursor
            except duckdb.Error as error:
                # a name in the query may be that of a column as well: a table is missed only if DuckDB misses it
                wanted = next((name for name in missing if f"Table with name {name} " in str(error)), None)
                if wanted is None and not _is_damage(error):
                    raise
                problem = missing[wanted] if wanted else f"a table of {self._folder} is damaged ({', '.join(named)})"
                raise BuildFolderError(f"{problem}: build the folder again with kg build") from None

    def _offer(self, cursor: duckdb.DuckDBPyConnection, name: str) -> str | None:
        """Make a table known to DuckDB, or say why it cannot be."""
        if self._folder is not None:
            return self._view(name, self._folder / f"{name}.parquet")
        if name not in self._tables:
            return f"this graph in memory has no table {name!r}"
        cursor.register(name, self._tables[name])
        return None

    def _view(self, name: str, path: Path) -> str | None:
        with self._lock:
            if name in self._views:
                return None
            columns = ", ".join(f'"{column}"' for column in SCHEMAS[name].names)
            file = str(path).translate(_PATTERN)
            try:
                self._connections[0].execute(f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet('{file}')")  # noqa: S608 - quoted
            except duckdb.Error as error:
                return f"{path} cannot be read ({str(error).partition(chr(10))[0]})"
            self._views.add(name)
            return None


def _is_damage(error: duckdb.Error) -> bool:
    """Tell the fault of a file from that of a query: the decoder names the file, or has no class of its own."""
    said = str(error)
    return ".parquet" in said or "reading the stream registered as" in said or type(error) is duckdb.Error
