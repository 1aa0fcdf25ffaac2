"""Give every use of an abbreviation with several senses the one it has, or leave it apart.

The nodes of an abbreviation's senses are profiled over the whole corpus, then each use that its abstract does not spell
out is weighed. All counts are whole numbers and all sums exact, so no order of papers matters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.senses import Corpus, Profile, weigh
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.resolve.abbreviations import Sense
    from kg.resolve.uses import Uses
    from kg.types import EntityType

CLEAR = 0.5
"""How much likelier than the next the favoured sense must be."""


class Choice(NamedTuple):
    """What one use of an abbreviation was taken for: a node, or nothing where it stays as it is."""

    use: int
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


def choose(uses: Uses, senses: Mapping[str, Mapping[str, int]], node_of: Mapping[str, str]) -> Iterator[Choice]:
    """Weigh every use that stands under a contested abbreviation.

    Args:
        uses: All uses.
        senses: From :func:`contested`.
        node_of: The node that a form belongs to, where it is not one itself.
    """
    nodes = {node for support in senses.values() for node in support}
    leads = _Leads(uses, node_of)
    profiles, corpus = _profiles(leads, senses, nodes)
    for paper in range(leads.papers):
        beside = leads.nodes(paper)
        for use in leads.of(paper):
            if (lead := leads.lead(use)) in senses:
                options = senses[lead]
                known = [replace(profiles[node], support=support) for node, support in options.items()]
                yield _choice(use, list(options), weigh(known, leads.type(use), beside - {leads.node(use)}, corpus))


class _Leads:
    """Leads and their nodes, use by use."""

    def __init__(self, uses: Uses, node_of: Mapping[str, str]) -> None:
        forms = uses.names.forms
        self._forms, self._nodes = forms, [node_of.get(form, form) for form in forms]
        self._lead, self._types, self._starts = uses.lead, uses.types, uses.starts
        self.papers = len(uses.papers)

    def of(self, paper: int) -> range:
        return range(int(self._starts[paper]), int(self._starts[paper + 1]))

    def lead(self, use: int) -> str:
        return self._forms[int(self._lead[use])]

    def node(self, use: int) -> str:
        return self._nodes[int(self._lead[use])]

    def type(self, use: int) -> EntityType:
        return ENTITY_TYPES[int(self._types[use])]

    def nodes(self, paper: int) -> set[str]:
        """Return all nodes of a paper."""
        uses = self.of(paper)
        return {self._nodes[lead] for lead in self._lead[uses.start : uses.stop].tolist()}


def _choice(use: int, nodes: Sequence[str], shares: Sequence[float]) -> Choice:
    first, second = sorted(range(len(nodes)), key=lambda place: (-shares[place], nodes[place]))[:2]
    return Choice(use, nodes[first], round(shares[first], 4), round(shares[first] - shares[second], 4))


def _profiles(leads: _Leads, senses: Mapping[str, object], nodes: set[str]) -> tuple[dict[str, Profile], Corpus]:
    """Count types and neighbours of nodes where they are spelled out, and how many papers have each node."""
    types: dict[str, Counter[EntityType]] = {node: Counter() for node in nodes}
    neighbours: dict[str, Counter[str]] = {node: Counter() for node in nodes}
    corpus: Counter[str] = Counter()
    for paper in range(leads.papers):
        beside = leads.nodes(paper)
        corpus.update(beside)
        if beside.isdisjoint(nodes):
            continue
        for use in leads.of(paper):
            node = leads.node(use)
            if node in nodes and leads.lead(use) not in senses:
                types[node][leads.type(use)] += 1
                neighbours[node].update(beside - {node})
    profiles = {node: Profile(0, types[node], neighbours[node], neighbours[node].total()) for node in nodes}
    return profiles, Corpus(corpus, corpus.total())
