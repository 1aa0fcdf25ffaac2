"""What the tables of report.html are made of.

>>> number(1200).text, number(3, most=4).bar
('1,200', 0.75)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of text.

    Attributes:
        text: What it says; a sentence when ``paper`` is given.
        number: Whether it is a number.
        bar: The length of its bar, 0 to 1, if it has one.
        paper: The title of the paper that the sentence was read in.
        link: Where that paper is.
    """

    text: str
    number: bool = False
    bar: float | None = None
    paper: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled table; ``note`` says how much of all it shows."""

    title: str
    columns: tuple[str, ...]
    rows: list[list[Cell]] = field(default_factory=list)
    note: str = ""


def number(value: float, most: float | None = None) -> Cell:
    """Make a cell of a number, with a bar when the greatest number of its column is given."""
    text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return Cell(text, number=True, bar=round(value / most, 3) if most else None)


def counted(title: str, what: str, pairs: Sequence[tuple[str, float]]) -> Section:
    """Make a table of names with a number each, drawn as bars."""
    most = max((value for _, value in pairs), default=0)
    return Section(title, (what, "Number"), [[Cell(clean(name)), number(value, most)] for name, value in pairs])
