"""What the tables and charts of report.html are made of.

>>> number(1200).text, number(3, most=4).bar
('1,200', 0.75)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROW = 8
_SPARKS = 40
_LABELS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of a chart of years: its year, its number, and its height as a share of the highest."""

    year: int
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers by year as columns, in rising order without a gap; ``told`` says the same in words."""

    columns: tuple[Column, ...]

    @property
    def told(self) -> str:
        """The numbers, for those who do not see the chart."""
        return ", ".join(f"{column.year}: {column.count:,}" for column in self.columns if column.count)

    @property
    def labelled(self) -> frozenset[int]:
        """The years that are written below the columns: the last, and a few more at even steps before it."""
        years = [column.year for column in self.columns]
        step = -(-len(years) // _LABELS)
        return frozenset(years[::-1][:: max(step, 1)])


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of text.

    Attributes:
        text: What it says; a sentence when ``paper`` is given.
        number: Whether it is a number.
        bar: The length of its bar, 0 to 1, if it has one.
        spark: A small chart that is the cell, if it is one.
        paper: The title of the paper that the sentence was read in.
        link: Where that paper is.
    """

    text: str
    number: bool = False
    bar: float | None = None
    spark: Chart | None = None
    paper: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table or chart; ``note`` says how much of all it shows, or what to do where it shows nothing."""

    title: str
    columns: tuple[str, ...] = ()
    rows: list[list[Cell]] = field(default_factory=list)
    note: str = ""
    chart: Chart | None = None
    command: str | None = None

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width of the page."""
        return self.chart is not None or len(self.columns) > 3


def number(value: float, most: float | None = None) -> Cell:
    """Make a cell of a number, with a bar when the greatest number of its column is given."""
    text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return Cell(text, number=True, bar=round(value / most, 3) if most else None)


def counted(title: str, what: str, pairs: Sequence[tuple[str, float]], *, column: str = "Number") -> Section:
    """Make a table of names with a number each, drawn as bars."""
    most = max((value for _, value in pairs), default=0)
    return Section(title, (what, column), [[Cell(clean(name)), number(value, most)] for name, value in pairs])


def chart(counts: Mapping[int, int], years: range) -> Chart:
    """Make a chart of numbers by year, over all the years that are given.

    >>> chart({2019: 2, 2021: 8}, range(2019, 2022)).columns[0]
    Column(year=2019, count=2, height=0.25)
    """
    most = max((counts.get(year, 0) for year in years), default=0) or 1
    shown = (Column(year, counts.get(year, 0), round(counts.get(year, 0) / most, 3)) for year in years)
    return Chart(tuple(shown))


def lately(years: Sequence[int]) -> range:
    """Return the years that a small chart has: all, or the last few dozen.

    >>> lately([1950, 2020, 2024])
    range(1985, 2025)
    """
    return range(max(min(years), max(years) - _SPARKS + 1), max(years) + 1) if years else range(0)
