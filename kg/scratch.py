"""Room for what does not fit into memory: a folder, and a DuckDB that spills into it.

>>> with scratch() as room:
...     room.connect().sql("SELECT sum(n) FROM range(10) AS numbers(n)").fetchall()
[(45,)]
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = "2GB"
"""What DuckDB may hold before it spills, unless a user says otherwise."""

_AMOUNT = re.compile(r"\d+(?:\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)


class Scratch:
    """A folder for files that live as long as the work.

    Args:
        folder: An existing folder.
        memory: What DuckDB may hold in memory, as it writes it: "4GB", "500MB".
    """

    def __init__(self, folder: Path, memory: str = MEMORY) -> None:
        self.folder = folder
        self.memory = memory

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own of the one DuckDB of this folder, which fetches nothing from anywhere."""
        return self._database.cursor()

    def close(self) -> None:
        """Let go of the database."""
        if "_database" in self.__dict__:
            self._database.close()
            del self._database

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.memory,
            "temp_directory": str(self.folder / "spilled"),
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        return duckdb.connect(config=settings)


def amount(text: str) -> str:
    """Check an amount of memory.

    Raises:
        KgError: It is none.

    >>> amount("4GB")
    '4GB'
    """
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text.strip()):
        raise KgError(f"{text!r} is no amount of memory: write 4GB or 500MB")
    return text.strip()


@contextmanager
def scratch(memory: str = MEMORY) -> Iterator[Scratch]:
    """Give a scratch folder among the system's temporary files; it goes with all that is in it."""
    with TemporaryDirectory(prefix="kg-") as folder:
        room = Scratch(Path(folder), memory)
        try:
            yield room
        finally:
            room.close()
