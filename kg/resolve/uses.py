"""What resolution reads of extractions: every in-abstract entity as one use of its forms, and counts of forms.

A use stands under its *lead*, the form that says most: the long one where the abstract also abbreviates it. Surfaces
and forms are numbered, and uses are columns of numbers: millions of them are a few hundred megabytes. All that follows
works on counted forms; only the senses of undefined acronyms look at uses again.

>>> from kg.types import Extraction, LocalEntity, Mention
>>> said = tuple(Mention(n, n + 1, "Model", "e", name) for n, name in enumerate(["ViTs", "vision transformers"]))
>>> uses, census = read([Extraction("p1", "", said, (LocalEntity("e", "Model", "ViTs"),))])
>>> uses.names.forms[uses.lead[0]], uses.forms_of(0), census.papers["vit"], census.major("vit")
('vision transformer', ['vision transformer', 'vit'], 1, 'Model')
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from kg.names import normal_form
from kg.resolve.abbreviations import abbreviates
from kg.types import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.types import Extraction, LocalEntity

Ints: TypeAlias = npt.NDArray[np.int64]

WHOLE = 10_000
"""A confidence of 1; weights are whole numbers, so that sums do not depend on their order."""

_TYPE = {kind: number for number, kind in enumerate(ENTITY_TYPES)}


class Names:
    """Surfaces and their normal forms, each held once and known by its number; a form is computed once."""

    def __init__(self) -> None:
        self.surfaces: list[str] = []
        self.forms: list[str] = []
        self.form_of: array[int] = array("q")
        self._surfaces: dict[str, int] = {}
        self._forms: dict[str, int] = {}

    def surface(self, text: str) -> int:
        """Return the number of a surface."""
        number = self._surfaces.get(text)
        if number is None:
            number = self._surfaces[text] = len(self.surfaces)
            self.surfaces.append(text)
            self.form_of.append(self._form(normal_form(text)))
        return number

    def form(self, surface: str) -> str:
        """Return the normal form of any text."""
        number = self._surfaces.get(surface)
        return normal_form(surface) if number is None else self.forms[self.form_of[number]]

    def number(self, form: str) -> int:
        """Return the number of a form that a surface has."""
        return self._forms[form]

    def _form(self, form: str) -> int:
        number = self._forms.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number


@dataclass(frozen=True, slots=True)
class Uses:
    """In-abstract entities in the order of the extractions; one column each, and surfaces and other forms in rows.

    Attributes:
        names: What the numbers of surfaces and forms stand for.
        papers: The papers' ids.
        starts: Where the uses of each paper begin, and one more number: where the last one's end.
        types: Numbers of types, places in :data:`kg.types.ENTITY_TYPES`.
        lead: Numbers of forms.
        weight: How sure the extractor is, in parts of :data:`WHOLE`.
        proposed: Whether the paper introduces it, 0 or 1.
        called: The number of the surface that the extractor chose as its name.
        other_use, other_form: A pair for each form of a use but its lead.
        said_use, said_surface: A pair for each mention.
    """

    names: Names
    papers: list[str]
    starts: Ints
    types: Ints
    lead: Ints
    weight: Ints
    proposed: Ints
    called: Ints
    other_use: Ints
    other_form: Ints
    said_use: Ints
    said_surface: Ints

    def __len__(self) -> int:
        return len(self.lead)

    @property
    def paper(self) -> Ints:
        """The number of the paper of each use."""
        return np.repeat(np.arange(len(self.papers)), np.diff(self.starts))

    @property
    def form_use(self) -> Ints:
        """The use of each pair of a use and a form of it, leads first."""
        return np.concatenate([np.arange(len(self)), self.other_use])

    @property
    def form(self) -> Ints:
        """The form of each such pair."""
        return np.concatenate([self.lead, self.other_form])

    def forms_of(self, use: int) -> list[str]:
        """Return the forms of one use, its lead first."""
        return [self.names.forms[form] for form in self.form[self.form_use == use]]


@dataclass(frozen=True, slots=True)
class Census:
    """Counts over all uses.

    Attributes:
        papers: How many uses have a form.
        ties: For a form and a lead, how many uses have both.
        majors: The type that each form has most often, a number.
        introduced: Forms that some paper introduces.
    """

    papers: Mapping[str, int]
    ties: Mapping[tuple[str, str], int]
    majors: Mapping[str, int]
    introduced: frozenset[str]

    def major(self, form: str) -> EntityType:
        """Return the type that a form has most often; among equals the first of :data:`kg.types.ENTITY_TYPES`."""
        return ENTITY_TYPES[self.majors.get(form, 0)]


def read(extractions: Iterable[Extraction]) -> tuple[Uses, Census]:
    """Give all uses, in the order of the extractions, and their counts."""
    columns = _Columns()
    for extraction in extractions:
        columns.add(extraction)
    uses = columns.uses()
    return uses, count(uses)


def spoken_of(extraction: Extraction) -> dict[str, list[str]]:
    """Give the surfaces of every in-abstract entity that is mentioned by its key, one for each mention, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for mention in extraction.mentions:
        found[mention.entity].append(mention.surface)
    return {entity.key: found[entity.key] for entity in extraction.entities if entity.key in found}


@dataclass(slots=True)
class _Columns:
    """Uses as they are read."""

    names: Names = field(default_factory=Names)
    papers: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    types: array[int] = field(default_factory=lambda: array("q"))
    lead: array[int] = field(default_factory=lambda: array("q"))
    weight: array[int] = field(default_factory=lambda: array("q"))
    proposed: array[int] = field(default_factory=lambda: array("q"))
    called: array[int] = field(default_factory=lambda: array("q"))
    other_use: array[int] = field(default_factory=lambda: array("q"))
    other_form: array[int] = field(default_factory=lambda: array("q"))
    said_use: array[int] = field(default_factory=lambda: array("q"))
    said_surface: array[int] = field(default_factory=lambda: array("q"))

    def add(self, extraction: Extraction) -> None:
        entities = {entity.key: entity for entity in extraction.entities}
        for key, surfaces in spoken_of(extraction).items():
            self._add(entities[key], [self.names.surface(surface) for surface in surfaces])
        self.papers.append(extraction.paper)
        self.starts.append(len(self.lead))

    def _add(self, entity: LocalEntity, said: list[int]) -> None:
        use, called = len(self.lead), self.names.surface(entity.name)
        counts = Counter(self.names.form_of[surface] for surface in said)
        lead = self._lead(self.names.form_of[called], counts)
        self.types.append(_TYPE[entity.type])
        self.lead.append(lead)
        self.weight.append(round(entity.confidence * WHOLE))
        self.proposed.append(entity.proposed)
        self.called.append(called)
        for form in counts.keys() - {lead}:
            self.other_use.append(use)
            self.other_form.append(form)
        for surface in said:
            self.said_use.append(use)
            self.said_surface.append(surface)

    def _lead(self, name: int, counts: Counter[int]) -> int:
        """Return the most frequent form that the name abbreviates, or else the name."""
        forms = self.names.forms
        longer = [form for form in counts if abbreviates(forms[name], forms[form])]
        return min(longer, key=lambda form: (-counts[form], -len(forms[form]), forms[form]), default=name)

    def uses(self) -> Uses:
        columns = (
            *(self.starts, self.types, self.lead, self.weight, self.proposed, self.called),
            *(self.other_use, self.other_form, self.said_use, self.said_surface),
        )
        return Uses(self.names, self.papers, *(np.asarray(column, np.int64) for column in columns))


def count(uses: Uses) -> Census:
    """Count the forms of uses."""
    forms, many = uses.names.forms, len(uses.names.forms)
    form, use = uses.form, uses.form_use
    papers = np.bincount(form, minlength=many)
    types = tally(form, uses.types[use], many, uses.weight[use])
    present = np.flatnonzero(papers)
    named = [forms[number] for number in present.tolist()]
    tied, lead, support = pairs(uses.other_form, uses.lead[uses.other_use])
    introduced = np.unique(form[uses.proposed[use] > 0])
    return Census(
        Counter(dict(zip(named, papers[present].tolist(), strict=True))),
        {
            (forms[left], forms[right]): times
            for left, right, times in zip(tied.tolist(), lead.tolist(), support.tolist(), strict=True)
        },
        dict(zip(named, types.argmax(axis=1)[present].tolist(), strict=True)),
        frozenset(forms[number] for number in introduced.tolist()),
    )


def pairs(left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Count pairs: the left and the right of each, sorted, and how often it occurs.

    >>> [column.tolist() for column in pairs(np.array([2, 1, 2]), np.array([5, 7, 5]))]
    [[1, 2], [7, 5], [1, 2]]
    """
    width = int(right.max(initial=0)) + 1
    found, counts = np.unique(left * width + right, return_counts=True)
    return found // width, found % width, counts


def tally(row: Ints, kind: Ints, rows: int, weight: Ints | None = None) -> Ints:
    """Sum weights, or count, by row and type, in a table of a column for each type.

    >>> tally(np.array([1, 1, 0]), np.array([0, 0, 4]), 2).tolist()
    [[0, 0, 0, 0, 1], [2, 0, 0, 0, 0]]
    """
    table = np.zeros((rows, len(ENTITY_TYPES)), np.int64)
    np.add.at(table, (row, kind), 1 if weight is None else weight)
    return table
