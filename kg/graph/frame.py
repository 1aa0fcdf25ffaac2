"""A table that prints, and that any data frame library can take without a copy.

>>> import pyarrow as pa
>>> frame = Frame(pa.table({"name": ["BERT", "GPT-2"], "papers": [12, 7]}))
>>> len(frame), frame.columns
(2, ['name', 'papers'])
>>> print(frame.head(1))
name  papers
BERT  12
>>> [row["papers"] for row in frame]
[12, 7]
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

_SHOWN = 20
_WIDEST = 60
_LISTED = 4


class Frame:
    """An Arrow table with the few manners that people expect of a data frame.

    ``pandas.DataFrame(...)``, ``polars.DataFrame(frame)`` and ``duckdb`` read it through the Arrow stream interface;
    :attr:`arrow` is the table itself.
    """

    def __init__(self, arrow: pa.Table) -> None:
        self.arrow = arrow

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.arrow.column_names)

    def head(self, n: int = 5) -> Frame:
        """Return the first ``n`` rows."""
        return Frame(self.arrow.slice(0, n))

    def select(self, columns: list[str]) -> Frame:
        """Return the table with these columns alone, in this order."""
        return Frame(self.arrow.select(columns))

    def to_pandas(self) -> Any:
        """Return a pandas data frame (needs pandas)."""
        return self.arrow.to_pandas()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.arrow.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.arrow.to_batches(max_chunksize=1024):
            yield from batch.to_pylist()

    def __getitem__(self, column: str) -> list[Any]:
        return list(self.arrow.column(column).to_pylist())

    def _cells(self) -> list[list[str]]:
        return [[_cell(row[name]) for name in self.columns] for row in self.head(_SHOWN)]

    def _rest(self) -> str:
        return f"… {len(self) - _SHOWN} more rows" if len(self) > _SHOWN else ""

    def __repr__(self) -> str:
        rows = [self.columns, *self._cells()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)
        return "\n".join([*lines, *filter(None, [self._rest()])])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in self._cells())
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{self._rest()}"


def text_of(value: object) -> str:
    """Show a value as people write it: nothing for None, a few items of a list, a record by its values.

    >>> text_of([{"surface": "ViT", "count": 16}, {"surface": "ViTs", "count": 2}]), text_of(None), text_of(0.59)
    ('ViT 16, ViTs 2', '', '0.59')
    """
    if isinstance(value, dict):
        return " ".join(map(text_of, value.values()))
    if isinstance(value, list):
        return ", ".join([*map(text_of, value[:_LISTED]), *(["…"] if len(value) > _LISTED else [])])
    return "" if value is None else " ".join(str(value).split())


def _cell(value: object) -> str:
    text = text_of(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
