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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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
from kg.resolve.uses import read, spoken_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.resolve.abbreviations import Sense
    from kg.resolve.aliases import Table
    from kg.resolve.choice import Choice
    from kg.resolve.evidence import Evidence
    from kg.resolve.uses import Census, Ints, Uses
    from kg.types import Entity, EntityType, Extraction, Inference, Merge


class Node(NamedTuple):
    """A node as statements refer to it."""

    iri: str
    type: EntityType


@dataclass(frozen=True)
class Resolution:
    """The outcome: the nodes, the ledger, what names imply, and which node each in-abstract entity is.

    Attributes:
        entities: The nodes, ordered by IRI.
        merges: The ledger.
        inferred: What names imply.
        unheard: Names that a user corrected and no paper has, in their normal form.
    """

    entities: tuple[Entity, ...] = ()
    merges: tuple[Merge, ...] = ()
    inferred: tuple[Inference, ...] = ()
    unheard: frozenset[str] = field(default=frozenset(), compare=False)
    _papers: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    _starts: Ints = field(default_factory=lambda: np.zeros(1, np.int64), compare=False, repr=False)
    _places: Ints = field(default_factory=lambda: np.zeros(0, np.int64), compare=False, repr=False)

    def nodes(self, extraction: Extraction) -> dict[str, Node]:
        """Return the node of each in-abstract entity of a paper that is mentioned, by its key.

        Args:
            extraction: One that was resolved.

        Raises:
            KeyError: It was not.
        """
        start = self._starts[self._papers[extraction.paper]]
        keys = spoken_of(extraction)
        found = (self.entities[place] for place in self._places[start : start + len(keys)].tolist())
        return {key: Node(entity.iri, entity.type) for key, entity in zip(keys, found, strict=True)}


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
        extractions: What was read, one extraction a paper; gone through once.
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
    made = make_nodes(uses, _nodes(uses, choices, centre_of), base=base, told=told, table=known)
    merges = {*of_evidence(found, census, told, centre_of), *of_choices(choices, uses), *made.votes}
    papers = {paper: number for number, paper in enumerate(uses.papers)}
    inferred = variants(made.entities, uses.names.form)
    ledger, unheard = tuple(sorted(merges, key=_order)), told.forms - census.papers.keys()
    return Resolution(made.entities, ledger, inferred, unheard, papers, uses.starts, made.places)


def _nodes(uses: Uses, choices: Iterable[Choice], centre_of: Mapping[str, str]) -> Ints:
    """Return the number of the form at the centre of each use's node."""
    names = uses.names
    centres = [names.number(centre_of.get(form, form)) for form in names.forms]
    node = np.array(centres, np.int64)[uses.lead] if centres else np.zeros(0, np.int64)
    for choice in choices:
        if choice.node is not None:
            node[choice.use] = names.number(choice.node)
    return node


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
