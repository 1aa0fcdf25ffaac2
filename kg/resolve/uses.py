"""What resolution reads of extractions: every in-abstract entity as one use of its forms, and counts of forms.

A use stands under its *lead*, the form that says most: the long one where the abstract also abbreviates it. All that
follows works on counted forms; only the senses of undefined acronyms look at uses again.

>>> from kg.types import Extraction, LocalEntity, Mention
>>> said = tuple(Mention(n, n + 1, "Model", "e", name) for n, name in enumerate(["ViTs", "vision transformers"]))
>>> uses, census = read([Extraction("p1", "", said, (LocalEntity("e", "Model", "ViTs"),))])
>>> uses[0].lead, uses[0].others, census.papers["vit"], census.major("vit")
('vision transformer', ('vit',), 1, 'Model')
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.names import normal_form
from kg.resolve.abbreviations import abbreviates
from kg.types import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.types import Extraction, LocalEntity

WHOLE = 10_000
"""A confidence of 1; weights are whole numbers, so that sums do not depend on their order."""


class Use(NamedTuple):
    """An in-abstract entity: where it stands, its type, its lead, its other forms, how sure the extractor is."""

    paper: str
    key: str
    type: EntityType
    lead: str
    others: tuple[str, ...]
    weight: int
    proposed: bool


@dataclass(frozen=True, slots=True)
class Census:
    """Counts over all uses.

    Attributes:
        papers: How many uses have a form.
        leads: How many uses stand under a form.
        types: For a form and a type, the summed confidence, in parts of :data:`WHOLE`.
        proposed: For a form and a type, how many papers introduce it so.
        ties: For a form and a lead, how many uses have both.
    """

    papers: Counter[str] = field(default_factory=Counter)
    leads: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, EntityType]] = field(default_factory=Counter)
    proposed: Counter[tuple[str, EntityType]] = field(default_factory=Counter)
    ties: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, use: Use) -> None:
        """Count one use."""
        self.leads[use.lead] += 1
        for form in (use.lead, *use.others):
            self.papers[form] += 1
            self.types[form, use.type] += use.weight
            if use.proposed:
                self.proposed[form, use.type] += 1
        for form in use.others:
            self.ties[form, use.lead] += 1

    def major(self, form: str) -> EntityType:
        """Return the type that a form has most often; among equals the first of :data:`kg.types.ENTITY_TYPES`."""
        return max(ENTITY_TYPES, key=lambda kind: self.types[form, kind])


class Forms(dict[str, str]):
    """Normal forms of surfaces, each computed once."""

    def __missing__(self, surface: str) -> str:
        form = self[surface] = sys.intern(normal_form(surface))
        return form


def read(extractions: Iterable[Extraction]) -> tuple[list[Use], Census]:
    """Give all uses, in the order of the extractions, and their counts."""
    forms, census = Forms(), Census()
    uses = [use for extraction in extractions for use in _uses(extraction, forms)]
    for use in uses:
        census.add(use)
    return uses, census


def surfaces(extraction: Extraction) -> dict[str, list[str]]:
    """Give the surfaces of every in-abstract entity by its key, one for each mention."""
    found: dict[str, list[str]] = defaultdict(list)
    for mention in extraction.mentions:
        found[mention.entity].append(mention.surface)
    return found


def _uses(extraction: Extraction, forms: Forms) -> Iterator[Use]:
    found = surfaces(extraction)
    for entity in extraction.entities:
        if entity.key in found:
            yield _use(extraction.paper, entity, Counter(forms[surface] for surface in found[entity.key]), forms)


def _use(paper: str, entity: LocalEntity, counts: Counter[str], forms: Forms) -> Use:
    lead = _lead(forms[entity.name], counts)
    others = tuple(sorted(counts.keys() - {lead}))
    weight = round(entity.confidence * WHOLE)
    return Use(paper, entity.key, entity.type, lead, others, weight, entity.proposed)


def _lead(name: str, counts: Counter[str]) -> str:
    """Return the most frequent form that the name abbreviates, or else the name."""
    longer = [form for form in counts if abbreviates(name, form)]
    return min(longer, key=lambda form: (-counts[form], -len(form), form), default=name)
