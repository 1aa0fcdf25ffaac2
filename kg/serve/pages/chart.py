"""A small chart of papers by year: numbers for an SVG, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

HEIGHT, _STEP, _MOST = 60, 16, 60


class Bar(Struct, frozen=True):
    """A year: where its bar stands, and how tall it is."""

    year: int
    papers: int
    x: int
    height: float


class Chart(Struct, frozen=True):
    """Bars for all years from the first to the last, at most sixty of them."""

    bars: tuple[Bar, ...]
    width: int
    height: int = HEIGHT


def chart(rows: Iterable[dict[str, Any]]) -> Chart | None:
    """Draw papers by year; nothing where fewer than two years are known.

    >>> drawn = chart([{"year": 2019, "papers": 1}, {"year": 2021, "papers": 4}])
    >>> [(bar.year, bar.papers, bar.x, bar.height) for bar in drawn.bars], drawn.width
    ([(2019, 1, 0, 15.0), (2020, 0, 16, 0.0), (2021, 4, 32, 60.0)], 48)
    """
    counts = {row["year"]: row["papers"] for row in rows}
    if len(counts) < 2:
        return None
    last = max(counts)
    years = range(max(min(counts), last - _MOST + 1), last + 1)
    most = max(counts.values())
    bars = (
        Bar(year, counts.get(year, 0), place * _STEP, round(HEIGHT * counts.get(year, 0) / most, 1))
        for place, year in enumerate(years)
    )
    return Chart(tuple(bars), len(years) * _STEP)
