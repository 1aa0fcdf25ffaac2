"""Exact groups by normal form, and abbreviations that the corpus expands in one way.

The key of a group is ``(type, normal form)``. An in-abstract entity with two surfaces ("vision transformers", "ViTs")
ties their keys together. Where nearly all abstracts that spell out an abbreviation spell it the same, the
abbreviation's group joins the long form's; one that is spelt in several ways stays apart, and so do two names that one
abstract uses alike but neither of which abbreviates the other. Every such decision is a row of the ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.iris import BASE, mint
from kg.names import normal_form, plain
from kg.types import Entity, EntityType, Merge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.types import Extraction

Key = tuple[EntityType, str]
_AGREEMENT = 0.8
"""The share of abstracts that must spell an abbreviation alike."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: the nodes, the ledger, and which node each in-abstract entity is."""

    entities: tuple[Entity, ...] = ()
    merges: tuple[Merge, ...] = ()
    iris: dict[tuple[str, str], str] = field(default_factory=dict)

    def iri(self, paper: str, key: str) -> str:
        """Return the node of the in-abstract entity ``key`` of ``paper``.

        Raises:
            KeyError: The paper has no such entity.
        """
        return self.iris[paper, key]


@dataclass(frozen=True, slots=True)
class _Local:
    """An in-abstract entity as resolution sees it: who, what type, and its surfaces with counts, the name's first."""

    paper: str
    key: str
    type: EntityType
    name: str
    surfaces: Counter[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """Normal forms of the surfaces; the name's form leads, the others follow in order."""
        lead = normal_form(self.name)
        return (lead, *sorted({normal_form(surface) for surface in self.surfaces} - {lead}))


def resolve(extractions: Iterable[Extraction], base: str = BASE) -> Resolution:
    """Decide which in-abstract entities are one node.

    The outcome does not depend on the order of the extractions.
    """
    local = [entity for extraction in extractions for entity in _locals(extraction)]
    merges, leader = _ledger(local)
    members: dict[Key, list[_Local]] = defaultdict(list)
    for entity in local:
        form = entity.forms[0]
        members[entity.type, leader.get((entity.type, form), form)].append(entity)
    nodes = {key: _node(key, group, base) for key, group in members.items()}
    iris = {(entity.paper, entity.key): nodes[key].iri for key, group in members.items() for entity in group}
    return Resolution(tuple(sorted(nodes.values(), key=lambda node: node.iri)), merges, iris)


def _locals(extraction: Extraction) -> Iterable[_Local]:
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in extraction.mentions:
        surfaces[mention.entity][mention.surface] += 1
    for entity in extraction.entities:
        if entity.key in surfaces:
            yield _Local(extraction.paper, entity.key, entity.type, entity.name, surfaces[entity.key])


def _ledger(local: Iterable[_Local]) -> tuple[tuple[Merge, ...], dict[Key, str]]:
    """Weigh every pair of forms that abstracts tie together: the rows, and for each form that joins, its leader."""
    support: dict[EntityType, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for entity in local:
        lead, *others = entity.forms
        for form in others:
            support[entity.type][form][lead] += 1
    merges: list[Merge] = []
    leader: dict[Key, str] = {}
    for kind, forms in support.items():
        for form, leads in forms.items():
            joined = _expansion(form, leads)
            if joined:
                leader[kind, form] = joined
            merges += [
                Merge(kind, form, lead, "in-abstract", count, count / leads.total(), lead == joined)
                for lead, count in leads.items()
            ]
    return tuple(sorted(merges, key=lambda row: (row.type, row.left, row.right))), leader


def _expansion(form: str, leads: Counter[str]) -> str | None:
    """Return the form that ``form`` abbreviates, if the corpus agrees on one.

    What it joins has several words and an abbreviation has one, so nothing is ever joined to what itself joins another.
    """
    lead, support = min(leads.items(), key=lambda pair: (-pair[1], pair[0]))
    return lead if support >= _AGREEMENT * leads.total() and abbreviates(form, lead) else None


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a normal form is one word whose letters stand in order in another of several words.

    The first letters must be equal, and at least two letters begin words of the long form.

    >>> abbreviates("vit", "vision transformer"), abbreviates("bert", "bidirectional encoder representation")
    (True, True)
    >>> abbreviates("transformer", "vision transformer"), abbreviates("computational cost", "computational load")
    (False, False)
    """
    if " " in short or " " not in long or short[:1] != long[:1] or short in long.split(" "):
        return False
    place, begun = 0, 1
    for letter in short[1:]:
        start = long.find(f" {letter}", place)
        begun += start >= 0
        place = start + 1 if start >= 0 else long.find(letter, place + 1)
        if place < 0:
            return False
    return begun > 1


def _node(key: Key, group: list[_Local], base: str) -> Entity:
    kind, form = key
    aliases: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for entity in group:
        aliases.update(entity.surfaces)
        names[plain(entity.name) or entity.name] += 1
    ordered = sorted(aliases.items(), key=lambda pair: (-pair[1], pair[0]))
    return Entity(mint(kind, form, base), kind, _best_name(form, names), tuple(ordered), len({e.paper for e in group}))


def _best_name(form: str, names: Counter[str]) -> str:
    """Choose the most frequent name that has the group's form: among equals the one with fewest capitals, then by text.

    A plural or an abbreviation that joined the group names it only where nothing else does.
    """

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        shaped = normal_form(name) == form
        ending_kept = name.casefold()[-1:] == form[-1:]
        return (not shaped, not ending_kept, -names[name], sum(map(str.isupper, name)), name)

    return min(names, key=rank)
