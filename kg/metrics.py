"""What is known of metrics met often: their family, and whether higher is better. Of all others nothing is guessed.

The table is ``kg/data/metrics.tsv``, reviewed by hand: a row is a metric, with its other spellings and the near kin
that read the same way. Metrics whose good direction depends on who measures (attack success rate, convergence rate,
sparsity) are left out on purpose.

>>> direction("Top-1 Accuracy"), direction("FIDs"), direction("attack success rate")
('higher', 'lower', None)
>>> family("GFLOPs"), family("mIoU")
('cost', 'overlap')
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct, convert

from kg.names import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable

Direction = Literal["higher", "lower"]
Family = Literal[
    "accuracy", "error", "rank", "overlap", "quality", "likelihood", "reward", "agreement", "cost", "efficiency"
]

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
FAMILIES: tuple[Family, ...] = get_args(Family)
"""What a metric measures.

``accuracy`` is the share of answers that are right, ``error`` a distance from the truth or the share that is wrong,
``rank`` the place of the right answer, ``overlap`` what an output shares with a reference, ``quality`` how good an
output looks, sounds or reads, ``likelihood`` the probability of held-out data, ``reward`` what an agent earns or
misses, ``agreement`` that of two raters or rankings, ``cost`` what is spent, and ``efficiency`` what is had for it.
"""


class Known(Struct, frozen=True):
    """A row of the table: a metric, what it measures, which direction is better, and what else it is called."""

    name: str
    family: Family
    direction: Direction
    also: tuple[str, ...] = ()


@cache
def table() -> tuple[Known, ...]:
    """Read the table of metrics."""
    lines = (resources.files("kg") / "data" / "metrics.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_row(*line.split("\t")) for line in lines)


def _row(name: str, group: str, higher: str, also: str) -> Known:
    better = {"yes": "higher", "no": "lower"}[higher]
    others = [other for other in also.split("; ") if other]
    return convert({"name": name, "family": group, "direction": better, "also": others}, Known)


@cache
def _by_form() -> dict[str, Known]:
    return {normal_form(name): row for row in table() for name in (row.name, *row.also)}


def known(names: Iterable[str]) -> Known | None:
    """Return what is known of a metric by all its names; the first counts, else the others where they agree.

    >>> known(["our score", "BLEU-4"]).name, known(["quality index", "FID", "PSNR"])
    ('BLEU', None)
    """
    first, *others = (_by_form().get(normal_form(name)) for name in names)
    found = {row for row in others if row is not None}
    return first or (found.pop() if len(found) == 1 else None)


def direction(name: str) -> Direction | None:
    """Tell whether more or less of a metric is better; None where the table does not know."""
    row = known([name])
    return row.direction if row else None


def family(name: str) -> Family | None:
    """Tell what kind of thing a metric measures; None where the table does not know."""
    row = known([name])
    return row.family if row else None
