"""Nodes of the graph from the uses that were brought together: a type by vote, a name, counted aliases, an IRI."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from itertools import count as counting
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.iris import mint
from kg.resolve import naming
from kg.resolve.uses import pairs, tally
from kg.resolve.variants import acyclic, parent
from kg.resolve.votes import homonyms, minorities
from kg.types import ENTITY_TYPES, Entity, EntityType, Inference, Merge, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.resolve.aliases import Known, Table
    from kg.resolve.corrections import Corrections
    from kg.resolve.uses import Ints, Names, Uses

_MINOR = 10
_READINGS = ("", "\0dataset", "\0other")


class Made(NamedTuple):
    """Nodes, the place among them of every use, and the ledger of their types."""

    entities: tuple[Entity, ...]
    places: Ints
    votes: tuple[Merge, ...]


def make_nodes(uses: Uses, node: Ints, *, base: str, told: Corrections, table: Table) -> Made:
    """Make the nodes.

    Args:
        uses: All in-abstract entities.
        node: Which of them belong together: the number of the form at their centre.
        base: What every IRI begins with.
        told: Names and types that a user decided.
        table: Well-known names, types and identifiers.
    """
    readings = len(_READINGS)
    numbers, group = np.unique(node * readings + _moved(uses, node, told), return_inverse=True)
    keys = [uses.names.forms[number // readings] + _READINGS[number % readings] for number in numbers.tolist()]
    groups = _Groups(uses, group, len(keys))
    parted = {key.partition("\0")[0] for key in keys if "\0" in key}
    drafts = [
        _draft(key, groups.group(place), uses.names, told, table, parted=key.partition("\0")[0] in parted)
        for place, key in enumerate(keys)
    ]
    iris = _iris(keys, drafts, base)
    order = sorted(range(len(keys)), key=iris.__getitem__)
    entities = tuple(_entity(drafts[place], iris[place], groups.surfaces(place)) for place in order)
    places = np.empty(len(keys), np.int64)
    places[order] = np.arange(len(keys))
    votes = tuple(
        row for place, draft in enumerate(drafts) for row in minorities(draft.form, draft.type, groups.types(place))
    )
    return Made(entities, places[group], votes)


def _moved(uses: Uses, node: Ints, told: Corrections) -> Ints:
    """Tell which uses go to a node of their own; a name whose type a user has decided is one thing."""
    decided = [number for number, form in enumerate(uses.names.forms) if form in told.types] if told.types else []
    settled = node[uses.form_use[np.isin(uses.form, decided)]]
    return np.where(np.isin(node, settled), 0, homonyms(uses, node))


class _Group(NamedTuple):
    """What is known of one node: counts of forms, leads and surfaces, summed confidence by type, papers."""

    forms: dict[str, int]
    leads: dict[str, int]
    surfaces: dict[str, int]
    weights: list[int]
    papers: int


class _Groups:
    """Counts by node, for all nodes at once."""

    def __init__(self, uses: Uses, group: Ints, many: int) -> None:
        forms, surfaces = uses.names.forms, uses.names.surfaces
        self._forms = _Counts(group[uses.form_use], uses.form, forms, many)
        self._leads = _Counts(group, uses.lead, forms, many)
        self._said = _Counts(group[uses.said_use], uses.said_surface, surfaces, many)
        self._called = _Counts(group, uses.called, surfaces, many)
        self._weights = tally(group, uses.types, many, uses.weight)
        self._types = tally(group, uses.types, many)
        self._papers = np.bincount(pairs(group, uses.paper)[0], minlength=many)

    def group(self, place: int) -> _Group:
        # what extraction calls an entity is a surface too, if need be seen no times
        surfaces = dict.fromkeys(self._called.of(place), 0) | self._said.of(place)
        forms, leads = self._forms.of(place), self._leads.of(place)
        return _Group(forms, leads, surfaces, self._weights[place].tolist(), int(self._papers[place]))

    def surfaces(self, place: int) -> dict[str, int]:
        return self._said.of(place)

    def types(self, place: int) -> list[int]:
        counts: list[int] = self._types[place].tolist()
        return counts


class _Counts:
    """How often each name occurs in each group."""

    def __init__(self, group: Ints, number: Ints, names: Sequence[str], many: int) -> None:
        groups, self._numbers, self._counts = pairs(group, number)
        self._starts = np.searchsorted(groups, np.arange(many + 1)).tolist()
        self._names = names

    def of(self, place: int) -> dict[str, int]:
        part = slice(self._starts[place], self._starts[place + 1])
        numbers, counts = self._numbers[part].tolist(), self._counts[part].tolist()
        return {self._names[number]: count for number, count in zip(numbers, counts, strict=True)}


class _Draft(NamedTuple):
    form: str
    centre: str
    type: EntityType
    name: str
    papers: int
    ids: tuple[str, ...]


def _draft(key: str, group: _Group, names: Names, told: Corrections, table: Table, *, parted: bool) -> _Draft:
    elected: EntityType = ENTITY_TYPES[group.weights.index(max(group.weights))]
    known = _known(group.leads, table)
    if known and parted and (known.type == "Dataset") != (elected == "Dataset"):
        known = None  # of a data set and something else of one name, the table knows one
    form = known.forms[0] if known else naming.head_form(group.forms, group.papers)
    forms = sorted(group.forms)
    decided = [told.types[form] for form in forms if form in told.types] or ([known.type] if known else [elected])
    name = known.name if known else naming.surface(group.surfaces, form, names.form)
    name = next(filter(None, map(told.names.get, forms)), name)
    return _Draft(form, key.partition("\0")[0], decided[0], name, group.papers, known.ids if known else ())


def _known(leads: Mapping[str, int], table: Table) -> Known | None:
    """Return the row of the alias table that names a node, where half of the uses of its commonest lead do."""
    rows: Counter[int] = Counter()
    for form, count in leads.items():
        if len(known := table.same(form)) == 1:
            rows[known[0]] += count
    best = min(rows, key=lambda place: (-rows[place], place), default=None)
    return table.rows[best] if best is not None and 2 * rows[best] >= max(leads.values()) else None


def _entity(draft: _Draft, iri: str, surfaces: Mapping[str, int]) -> Entity:
    ordered = sorted(surfaces.items(), key=lambda pair: (-pair[1], pair[0]))
    return Entity(iri, draft.type, draft.name, tuple(ordered), draft.papers, draft.ids)


def _iris(keys: Sequence[str], drafts: Sequence[_Draft], base: str) -> list[str]:
    """Mint an IRI for every node: by its name's form, or where a larger node has that, by the form at its centre."""
    iris, taken = [""] * len(keys), set[str]()
    for place in sorted(range(len(keys)), key=lambda place: (-drafts[place].papers, keys[place])):
        draft = drafts[place]
        forms = chain((draft.form, draft.centre), (f"{draft.centre} {number}" for number in counting(2)))
        iris[place] = next(iri for form in forms if (iri := mint(draft.type, form, base)) not in taken)
        taken.add(iris[place])
    return iris


def variants(entities: Sequence[Entity], normal: Callable[[str], str]) -> tuple[Inference, ...]:
    """Infer from names which nodes are kinds or versions of others.

    Args:
        entities: The nodes.
        normal: Gives the normal form of a name.
    """
    types = {entity.iri: entity.type for entity in entities}
    named = _named(entities, normal)
    parents = {}
    for entity in entities:
        form = normal(entity.name)
        if named.get(form) == entity.iri:
            found = parent(form, named, partial(_like, types, entity.type))
            if found:
                parents[entity.iri] = found
    return tuple(Inference(head, "variantOf", tail, rule) for head, (tail, rule) in sorted(acyclic(parents).items()))


def _like(types: Mapping[str, EntityType], kind: EntityType, iri: str) -> bool:
    """Tell whether a thing of this type may be a variant of a node."""
    return allowed(kind, "variantOf", types[iri])


def _named(entities: Iterable[Entity], normal: Callable[[str], str]) -> dict[str, str]:
    """Give for each form the node that is mostly called so, by its name or by a tenth of its mentions."""
    best: dict[str, tuple[int, str]] = {}
    for entity in entities:
        own = normal(entity.name)
        counts = {own: 1}
        for surface, count in entity.aliases:
            form = normal(surface)
            counts[form] = counts.get(form, 0) + count
        total = sum(counts.values())
        for form, count in counts.items():
            if count * _MINOR >= total or form == own:
                best[form] = min(best.get(form, (0, "")), (-count, entity.iri))
    return {form: iri for form, (_, iri) in best.items()}
