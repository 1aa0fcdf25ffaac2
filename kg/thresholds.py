"""How sure the extractor must be of what is kept: one number for all mentions, others by type.

>>> least = thresholds(["0.5", "Metric=0.6", "outperforms=0.7", "result=0.4"])
>>> least.mention("Metric"), least.mention("Task"), least.relation("outperforms"), least.relation("usedFor")
(0.6, 0.5, 0.7, 0.0)
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.errors import KgError
from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.types import EntityType, RelationType

KINDS = ("mention", *ENTITY_TYPES, "relation", *RELATION_TYPES, "result")
"""What may have a threshold: all mentions or those of a type, all relations or those of a type, and results."""


class Thresholds(Struct, frozen=True):
    """The least confidence of each kind; a kind that is not named takes its group's, and what has none is all kept."""

    least: tuple[tuple[str, float], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.least)

    def _of(self, kind: str, group: str) -> float:
        known = dict(self.least)
        return known.get(kind, known.get(group, 0.0))

    def mention(self, kind: EntityType) -> float:
        """Return the least confidence of a mention of this type."""
        return self._of(kind, "mention")

    def relation(self, kind: RelationType) -> float:
        """Return the least confidence of a relation of this type."""
        return self._of(kind, "relation")

    @property
    def result(self) -> float:
        """The least confidence of a result."""
        return self._of("result", "result")

    @property
    def floor(self) -> float | None:
        """The least confidence of any mention, for the extractor; None, its own choice, where ``mention`` has none.

        >>> thresholds({"mention": 0.5, "Task": 0.3}).floor, thresholds({"Task": 0.3}).floor
        (0.3, None)
        """
        return min(map(self.mention, ENTITY_TYPES)) if "mention" in dict(self.least) else None


def thresholds(given: float | Mapping[str, float] | Iterable[str] | None) -> Thresholds:
    """Read thresholds as people give them: a number for all mentions, a table by kind, or texts ``KIND=NUMBER``.

    Raises:
        KgError: There is no such kind, or a number is not between 0 and 1.
    """
    if given is None:
        return Thresholds()
    if isinstance(given, int | float):
        return thresholds({"mention": given})
    pairs = given.items() if hasattr(given, "items") else map(_parsed, given)
    return Thresholds(tuple(sorted(_checked(kind, number) for kind, number in pairs)))


def _parsed(text: str) -> tuple[str, float]:
    kind, equals, number = text.rpartition("=")
    try:
        return (kind.strip() if equals else "mention"), float(number)
    except ValueError:
        raise KgError(f"{text!r} is no threshold: write a number from 0 to 1, or KIND=NUMBER") from None


def _checked(kind: str, number: float) -> tuple[str, float]:
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        raise KgError(f"{kind!r} has no threshold{f', {near[0]} has' if near else ''}: choose of {', '.join(KINDS)}")
    if not 0 <= number <= 1:
        raise KgError(f"the threshold of {kind} is {number}: choose a number from 0 to 1")
    return kind, float(number)
