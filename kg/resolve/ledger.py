"""The ledger: one row for every decision, with its evidence, for people to read, doubt and correct."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.resolve.evidence import ENOUGH
from kg.types import ENTITY_TYPES, Merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.resolve.choice import Choice
    from kg.resolve.corrections import Corrections
    from kg.resolve.evidence import Evidence
    from kg.resolve.uses import Census, Uses

_NOTED = 2
_PLAIN = 0.8


def of_evidence(
    found: Mapping[str, Iterable[Evidence]], census: Census, told: Corrections, centre_of: Mapping[str, str]
) -> Iterator[Merge]:
    """Give the rows of pairs that were weighed; pairs kept apart of which one stands in a single paper are left out."""
    for left, right in told.same:
        if left in census.papers and right in census.papers:
            yield _row(census, left, right, "correction", same=True)
    for left, right in told.different:
        if left in census.papers and right in census.papers:
            yield _row(census, left, right, "correction", same=False)
    for items in found.values():
        for item in items:
            yield from _weighed(item, census, centre_of)


def _weighed(item: Evidence, census: Census, centre_of: Mapping[str, str]) -> Iterator[Merge]:
    met = centre_of.get(item.left, item.left) == centre_of.get(item.right, item.right)
    papers = min(census.papers[item.left], census.papers[item.right])
    counts = item.same if met else item.kind == "abbreviation" or papers >= _NOTED
    if counts:
        yield Merge(
            type=census.major(item.right),
            left=item.left,
            right=item.right,
            evidence=item.kind,
            against=item.against or ("" if met or not item.same else "another cluster"),
            support=item.support,
            score=round(item.score, 4),
            margin=round(abs(item.score - ENOUGH) / ENOUGH, 4),
            papers=papers,
            same=met,
        )


def _row(census: Census, left: str, right: str, kind: str, *, same: bool) -> Merge:
    papers = min(census.papers[left], census.papers[right])
    return Merge(census.major(right), left, right, kind, "", papers, 1.0, 1.0, papers, same=same)


def of_choices(choices: Iterable[Choice], uses: Uses) -> Iterator[Merge]:
    """Give the rows of senses: clear choices one row for each abbreviation, type and sense, the others one a paper.

    The margin of a common row is the least of its uses.
    """
    clear: dict[tuple[int, int, str], list[Choice]] = defaultdict(list)
    paper = uses.paper
    for choice in choices:
        if choice.margin >= _PLAIN:
            clear[int(uses.types[choice.use]), int(uses.lead[choice.use]), choice.favoured].append(choice)
        else:
            yield _choice([choice], uses, uses.papers[paper[choice.use]])
    for alike in clear.values():
        yield _choice(alike, uses, None)


def _choice(alike: list[Choice], uses: Uses, paper: str | None) -> Merge:
    first = min(alike, key=lambda choice: (choice.margin, choice.probability))
    return Merge(
        type=ENTITY_TYPES[uses.types[first.use]],
        left=uses.names.forms[uses.lead[first.use]],
        right=first.favoured,
        evidence="sense",
        against="" if first.node else "ambiguous",
        support=len(alike),
        score=first.probability,
        margin=first.margin,
        papers=len(alike),
        same=first.node is not None,
        paper=paper,
    )
