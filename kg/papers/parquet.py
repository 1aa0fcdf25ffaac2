"""Parquet tables, read in batches; ``record`` is the row from 1."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from itertools import chain, count
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.papers.drafts import Draft
from kg.papers.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

MAGIC = b"PAR1"

_BATCH = 256
_BROKEN = (pa.ArrowException, OSError, ValueError)


def read(opened: Opened, fields: FieldNames) -> Iterator[Draft]:
    """Read a table; only the columns that ``fields`` names are loaded.

    Raises:
        BadInput: It is no whole Parquet file, or it has no title and abstract column.
    """
    with _seekable(opened) as place:
        try:
            yield from _rows(opened.name, place, fields)
        except _BROKEN as error:
            raise BadInput(Problem(opened.name, 0, f"is broken Parquet ({error})", "write the file again")) from error


def _rows(name: str, place: Path | IO[bytes], fields: FieldNames) -> Iterator[Draft]:
    numbers, draft = count(1), fields.drafter()
    with pq.ParquetFile(place) as table:
        columns = _columns(name, table.schema_arrow.names, fields)
        for batch in table.iter_batches(_BATCH, columns=columns):
            yield from (_draft(next(numbers), batch, index, draft) for index in range(batch.num_rows))


def _columns(name: str, names: list[str], fields: FieldNames) -> list[str]:
    if not fields.have_text(names):
        message = f"has no title and abstract column (it has: {', '.join(names)[:200]})"
        raise BadInput(Problem(name, 0, message, "name the columns in FieldNames"))
    known = set(chain.from_iterable(fields.of(field) for field in fields.__struct_fields__))
    return [column for column in names if column.strip().casefold() in known]


def _draft(number: int, batch: Any, index: int, draft: Callable[[int, dict[str, Any]], Draft]) -> Draft:
    try:
        return draft(number, {column: batch[column][index].as_py() for column in batch.schema.names})
    except UnicodeDecodeError:
        return Draft(number, flaw=("holds bytes that are not UTF-8", "write the file again with UTF-8 text"))


@contextmanager
def _seekable(opened: Opened) -> Iterator[Path | IO[bytes]]:
    """Give the file itself, or a copy of what comes through a pipe: Parquet is read from its end."""
    if opened.path:
        yield opened.path
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(opened.stream, copy)
        copy.seek(0)
        yield copy
