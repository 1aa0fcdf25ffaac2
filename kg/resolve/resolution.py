"""Which in-abstract entities are one node, over all papers, with every decision in a ledger.

The steps, each in a module of its own: count the forms (``uses``), find what abbreviations stand for (``senses``),
collect what speaks for and against pairs (``evidence``), cluster (``clusters``), find the sense of abbreviations that
their abstracts do not spell out (``choice``), make nodes (``nodes``), and read variants from names (``variants``).

>>> from kg.types import Extraction, LocalEntity, Mention
>>> def paper(id: str, *names: str) -> Extraction:
...     mentions = tuple(Mention(n, n + 1, "Model", "e", name) for n, name in enumerate(names))
...     return Extraction(id, "", mentions, (LocalEntity("e", "Model", names[0]),))
>>> found = resolve([paper("1", "vision transformers", "ViTs"), paper("2", "ViT"), paper("3", "vision-transformer")])
>>> [(node.iri, node.name, node.papers) for node in found.entities]
[('https://w3id.org/paperkg/model/vision-transformer', 'Vision Transformer', 3)]
>>> [(row.left, row.right, row.evidence) for row in found.merges]
[('vit', 'vision transformer', 'abbreviation'), ('vit', 'vision transformer', 'alias table')]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import BASE
from kg.resolve import evidence
from kg.resolve.abbreviations import senses as senses_of
from kg.resolve.aliases import shipped
from kg.resolve.choice import choose, contested
from kg.resolve.clusters import joined_in_turn
from kg.resolve.corrections import Corrections
from kg.resolve.ledger import of_choices, of_evidence
from kg.resolve.nodes import make_nodes, variants
from kg.resolve.senses import informed, sure
from kg.resolve.uses import read, surfaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.resolve.abbreviations import Sense
    from kg.resolve.aliases import Table
    from kg.resolve.evidence import Evidence
    from kg.resolve.uses import Census
    from kg.types import Entity, EntityType, Extraction, Inference, Merge


class Node(NamedTuple):
    """A node as statements refer to it."""

    iri: str
    type: EntityType


@dataclass(frozen=True)
class Resolution:
    """The outcome: the nodes, the ledger, what names imply, and which node each in-abstract entity is."""

    entities: tuple[Entity, ...] = ()
    merges: tuple[Merge, ...] = ()
    iris: dict[tuple[str, str], str] = field(default_factory=dict)
    inferred: tuple[Inference, ...] = ()

    def iri(self, paper: str, key: str) -> str:
        """Return the node of the in-abstract entity ``key`` of ``paper``.

        Raises:
            KeyError: The paper has no such entity.
        """
        return self.iris[paper, key]

    def nodes(self, extraction: Extraction) -> dict[str, Node]:
        """Return the node of each in-abstract entity of a paper, by its key."""
        types = self._types
        keys = surfaces(extraction)
        return {key: Node(iri := self.iris[extraction.paper, key], types[iri]) for key in keys}

    @cached_property
    def _types(self) -> dict[str, EntityType]:
        return {entity.iri: entity.type for entity in self.entities}


def resolve(
    extractions: Iterable[Extraction],
    base: str = BASE,
    *,
    corrections: Corrections | None = None,
    table: Table | None = None,
) -> Resolution:
    """Decide which in-abstract entities are one node.

    The outcome depends on the set of extractions alone, not on their order or on what was resolved before.

    Args:
        extractions: What was read, one extraction a paper; gone through twice.
        base: What every IRI begins with.
        corrections: What a user has decided.
        table: Well-known aliases; by default those that come with paperkg.
    """
    told, known = corrections or Corrections(), shipped() if table is None else table
    uses, census = read(extractions)
    meant = informed(senses_of(census.ties), known)
    found = _evidence(census, meant, known)
    centre_of = _corrected(_clusters(census, found, known, told), census, told)
    choices = list(choose(uses, contested(meant, centre_of), centre_of))
    chosen = {(choice.use.paper, choice.use.key): choice.node for choice in choices if choice.node}
    node_of = {
        (use.paper, use.key): chosen.get((use.paper, use.key)) or centre_of.get(use.lead, use.lead) for use in uses
    }
    entities, iris, votes = make_nodes(extractions, uses, node_of, base=base, told=told, table=known)
    merges = [*of_evidence(found, census, told, centre_of), *of_choices(choices), *votes]
    return Resolution(entities, tuple(sorted(set(merges), key=_order)), iris, variants(entities))


def _evidence(census: Census, meant: Mapping[str, tuple[Sense, ...]], table: Table) -> dict[str, list[Evidence]]:
    """Collect all evidence by the round of clustering that it belongs to."""
    return {
        "spelling": list(evidence.by_spelling(census)),
        "abbreviation": list(evidence.by_abbreviation(meant, sure(meant, census))),
        "other": [
            *evidence.by_table(census, table),
            *evidence.by_head(census),
            *evidence.by_verb(census),
            *evidence.by_likeness(census),
            *evidence.by_ties(census, meant),
        ],
    }


def _clusters(census: Census, found: Mapping[str, list[Evidence]], table: Table, told: Corrections) -> dict[str, str]:
    scores = [evidence.accepted(items) for items in found.values()]
    return joined_in_turn(census.papers, scores, _apart(table, told))


def _apart(table: Table, told: Corrections) -> Callable[[str, str], bool]:
    """Tell of two forms that must not meet in one cluster."""

    def apart(left: str, right: str) -> bool:
        return told.apart(left, right) or table.apart(left, right)

    return apart


def _corrected(centre_of: dict[str, str], census: Census, told: Corrections) -> dict[str, str]:
    """Bring together what a user says is the same, whole nodes at a time."""
    for left, right in sorted(told.same):
        ends = {centre_of.get(form, form) for form in (left, right) if form in census.papers}
        if len(ends) > 1:
            centre = min(ends, key=lambda form: (-census.papers[form], form))
            (other,) = ends - {centre}
            moved = [form for form, old in centre_of.items() if old == other]
            centre_of = {**centre_of, **dict.fromkeys([*moved, other], centre)}
    return centre_of


def _order(row: Merge) -> tuple[str | int | float, ...]:
    return (
        row.type,
        row.left,
        row.right,
        row.evidence,
        row.paper or "",
        row.against,
        row.support,
        row.score,
        row.margin,
    )
