"""Tables as people read them: a heading, the columns that matter, a value with its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.graph import Frame
from kg.phrases import amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_READ: dict[str, Callable[[dict[str, Any]], str | float]] = {
    "value": lambda row: amount(row["value"], row["unit"]),
    "confidence": lambda row: round(row["confidence"], 2),
}
Section = tuple[str, "Frame"]
"""A heading and its table."""


def readable(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> Frame:
    """Make a table of some columns of rows; a value is joined with its unit, and a confidence is rounded.

    >>> readable([{"subject": "BERT", "value": "91.4", "unit": "%", "confidence": 0.6559}], ["value", "confidence"])
    value  confidence
    91.4%  0.66
    """
    return Frame(
        pa.table({name: [_READ[name](row) if name in _READ else row[name] for row in rows] for name in columns})
    )


def written(sections: Iterable[Section]) -> str:
    """Write sections one below the other."""
    return "\n\n".join(f"{heading}\n{table}" for heading, table in sections)


def rest(shown: int, total: int) -> str:
    """Say in a heading how many rows a table leaves out; nothing where it has them all.

    >>> rest(10, 22_590), rest(3, 3)
    (' (10 of 22,590)', '')
    """
    return f" ({shown:,} of {total:,})" if shown < total else ""
