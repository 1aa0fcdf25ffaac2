"""One type a node: a vote of all abstracts, weighted by confidence, the minorities recorded.

A name that some papers introduce as a data set and others as something else is two things; each gets a node.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.types import ENTITY_TYPES, EntityType, Merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.resolve.uses import Use

_FEWEST = 2
_SHARE = 0.1


def elect(uses: Iterable[Use], decided: EntityType | None = None) -> EntityType:
    """Return the type with the largest summed confidence, among equals the first of the types' order.

    Args:
        uses: What is voted on.
        decided: What a user or the alias table says; it outvotes all.

    Example:
        >>> from kg.resolve.uses import Use
        >>> said = [("Task", 9000), ("Method", 6000), ("Method", 5000)]
        >>> elect([Use("p", "k", kind, "pruning", (), weight, False) for kind, weight in said])
        'Method'
    """
    votes: Counter[EntityType] = Counter()
    for use in uses:
        votes[use.type] += use.weight
    winner: EntityType = max(ENTITY_TYPES, key=votes.__getitem__)
    return decided or winner


def minorities(form: str, elected: EntityType, uses: Sequence[Use]) -> Iterator[Merge]:
    """Give a row of the ledger for each type that was outvoted: how many abstracts, which share."""
    counts = Counter(use.type for use in uses)
    for kind, count in sorted(counts.items()):
        if kind != elected:
            share = round(count / len(uses), 4)
            margin = round(abs(counts[elected] - count) / len(uses), 4)
            yield Merge(elected, form, kind, "type vote", "", len(uses), share, margin, count, same=True)


class _Side(NamedTuple):
    """What speaks for one reading of a name: papers that use it so, papers that introduce it so."""

    papers: int
    introduced: int


def homonyms(uses: Iterable[Use], node_of: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    r"""Give a node of their own to the uses of a name that is both a data set and something else.

    Both readings need a paper that introduces the name so, two papers, and a tenth of all; the lesser gives way.

    Returns:
        For each use that is moved, its new node: the old one, ``\0``, and the reading.
    """
    sides: dict[str, dict[bool, list[Use]]] = defaultdict(lambda: {True: [], False: []})
    for use in uses:
        sides[node_of[use.paper, use.key]][use.type == "Dataset"].append(use)
    moved: dict[tuple[str, str], str] = {}
    for node, readings in sides.items():
        lesser = min((True, False), key=lambda dataset: (len(readings[dataset]), dataset))
        if _two_things(readings.values()):
            moved |= {(use.paper, use.key): f"{node}\0{'dataset' if lesser else 'other'}" for use in readings[lesser]}
    return moved


def _two_things(readings: Iterable[Sequence[Use]]) -> bool:
    sides = [_Side(len(uses), sum(use.proposed for use in uses)) for uses in readings]
    total = sum(side.papers for side in sides)
    return all(side.papers >= max(_FEWEST, _SHARE * total) and side.introduced for side in sides)
