"""Give every use of an abbreviation with several senses the one it has, or leave it apart.

The nodes of an abbreviation's senses are profiled over the whole corpus, then each use that its abstract does not spell
out is weighed. All counts are whole numbers and all sums exact, so no order of papers matters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.senses import Corpus, Profile, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.resolve.abbreviations import Sense
    from kg.resolve.uses import Use
    from kg.types import EntityType

CLEAR = 0.5
"""How much likelier than the next the favoured sense must be."""


class Choice(NamedTuple):
    """What one use of an abbreviation was taken for: its node, or None where it stays as it is."""

    use: Use
    favoured: str
    probability: float
    margin: float

    @property
    def node(self) -> str | None:
        """The node of the favoured sense where the margin is clear."""
        return self.favoured if self.margin >= CLEAR else None


def contested(senses: Mapping[str, Sequence[Sense]], node_of: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Give the abbreviations whose senses are several nodes: how many abstracts define each node."""
    found: dict[str, dict[str, int]] = {}
    for short, meant in senses.items():
        support: Counter[str] = Counter()
        for sense in meant:
            support[node_of.get(sense.centre, sense.centre)] += sense.support
        if len(support) > 1:
            found[short] = dict(sorted(support.items()))
    return found


def choose(
    uses: Sequence[Use], senses: Mapping[str, Mapping[str, int]], node_of: Mapping[str, str]
) -> Iterator[Choice]:
    """Weigh every use that stands under a contested abbreviation.

    Args:
        uses: All uses, those of one paper together.
        senses: From :func:`contested`.
        node_of: The node that a form belongs to, where it is not one itself.
    """
    nodes = {node for support in senses.values() for node in support}
    profiles, corpus = _profiles(uses, senses, nodes, node_of)
    for paper in _papers(uses):
        beside = {node_of.get(use.lead, use.lead) for use in paper}
        for use in paper:
            if use.lead in senses:
                options = senses[use.lead]
                known = [replace(profiles[node], support=support) for node, support in options.items()]
                own = node_of.get(use.lead, use.lead)
                yield _choice(use, list(options), weigh(known, use.type, beside - {own}, corpus))


def _choice(use: Use, nodes: Sequence[str], shares: Sequence[float]) -> Choice:
    first, second = sorted(range(len(nodes)), key=lambda place: (-shares[place], nodes[place]))[:2]
    return Choice(use, nodes[first], round(shares[first], 4), round(shares[first] - shares[second], 4))


def _profiles(
    uses: Sequence[Use], senses: Mapping[str, object], nodes: set[str], node_of: Mapping[str, str]
) -> tuple[dict[str, Profile], Corpus]:
    """Count types and neighbours of nodes where they are spelled out, and how many papers have each node."""
    types: dict[str, Counter[EntityType]] = {node: Counter() for node in nodes}
    neighbours: dict[str, Counter[str]] = {node: Counter() for node in nodes}
    corpus: Counter[str] = Counter()
    for paper in _papers(uses):
        beside = {node_of.get(use.lead, use.lead) for use in paper}
        corpus.update(beside)
        for use in paper:
            node = node_of.get(use.lead, use.lead)
            if node in nodes and use.lead not in senses:
                types[node][use.type] += 1
                neighbours[node].update(beside - {node})
    profiles = {node: Profile(0, types[node], neighbours[node], neighbours[node].total()) for node in nodes}
    return profiles, Corpus(corpus, corpus.total())


def _papers(uses: Iterable[Use]) -> Iterator[list[Use]]:
    for _, group in groupby(uses, key=attrgetter("paper")):
        yield list(group)
