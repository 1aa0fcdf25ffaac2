"""Nodes of the graph from the uses that were brought together: a type by vote, a name, counted aliases, an IRI."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from itertools import chain
from itertools import count as counting
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import mint
from kg.names import normal_form
from kg.resolve import naming
from kg.resolve.uses import surfaces
from kg.resolve.variants import acyclic, parent
from kg.resolve.votes import elect, homonyms, minorities
from kg.types import Entity, EntityType, Inference, Merge, allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.resolve.aliases import Known, Table
    from kg.resolve.corrections import Corrections
    from kg.resolve.uses import Use
    from kg.types import Extraction

_MINOR = 10
Place = tuple[str, str]
"""An in-abstract entity: its paper and its key."""


class Made(NamedTuple):
    """Nodes, the IRI of every in-abstract entity, and the ledger of their types."""

    entities: tuple[Entity, ...]
    iris: dict[Place, str]
    votes: tuple[Merge, ...]


def make_nodes(
    extractions: Iterable[Extraction],
    uses: Sequence[Use],
    node_of: Mapping[Place, str],
    *,
    base: str,
    told: Corrections,
    table: Table,
) -> Made:
    """Make the nodes.

    Args:
        extractions: What was read, for the surfaces.
        uses: All in-abstract entities.
        node_of: Which of them belong together, under the form at their centre.
        base: What every IRI begins with.
        told: Names and types that a user decided.
        table: Well-known names, types and identifiers.
    """
    split = homonyms(uses, node_of)
    parts = {place: split.get(place, node) for place, node in node_of.items()}
    members: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        members[parts[use.paper, use.key]].append(use)
    written = _written(extractions, parts)
    drafts = {node: _draft(node, group, written[node], told, table) for node, group in members.items()}
    iris = _iris(drafts, base)
    entities = sorted((_entity(draft, iris[node]) for node, draft in drafts.items()), key=lambda entity: entity.iri)
    votes = [row for node, draft in drafts.items() for row in minorities(draft.form, draft.type, members[node])]
    return Made(tuple(entities), {place: iris[node] for place, node in parts.items()}, tuple(votes))


def _written(extractions: Iterable[Extraction], node_of: Mapping[Place, str]) -> dict[str, Counter[str]]:
    """Count the surfaces of every node; what extraction calls an entity is a surface too, if need be seen no times."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction in extractions:
        found = surfaces(extraction)
        for entity in extraction.entities:
            if entity.key in found:
                node = node_of[extraction.paper, entity.key]
                written[node].update(found[entity.key])
                written[node][entity.name] += 0
    return written


class _Draft(NamedTuple):
    form: str
    centre: str
    type: EntityType
    name: str
    surfaces: Counter[str]
    papers: int
    ids: tuple[str, ...]


def _draft(node: str, group: Sequence[Use], written: Counter[str], told: Corrections, table: Table) -> _Draft:
    forms = Counter(form for use in group for form in (use.lead, *use.others))
    papers = len({use.paper for use in group})
    known = _known(Counter(use.lead for use in group), table)
    form = known.forms[0] if known else naming.head_form(forms, papers)
    kind = elect(group, next(filter(None, map(told.types.get, sorted(forms))), None) or (known.type if known else None))
    name = known.name if known else naming.surface(written, form)
    name = next(filter(None, map(told.names.get, sorted(forms))), name)
    return _Draft(form, node.partition("\0")[0], kind, name, written, papers, known.ids if known else ())


def _known(leads: Counter[str], table: Table) -> Known | None:
    """Return the row of the alias table that names a node, where half of the uses of its commonest lead do."""
    rows: Counter[int] = Counter()
    for form, count in leads.items():
        if len(known := table.same(form)) == 1:
            rows[known[0]] += count
    best = min(rows, key=lambda place: (-rows[place], place), default=None)
    return table.rows[best] if best is not None and 2 * rows[best] >= max(leads.values()) else None


def _entity(draft: _Draft, iri: str) -> Entity:
    ordered = sorted((+draft.surfaces).items(), key=lambda pair: (-pair[1], pair[0]))
    return Entity(iri, draft.type, draft.name, tuple(ordered), draft.papers, draft.ids)


def _iris(drafts: Mapping[str, _Draft], base: str) -> dict[str, str]:
    """Mint an IRI for every node: by its name's form, or where a larger node has that, by the form at its centre."""
    taken: dict[str, str] = {}
    for node, draft in sorted(drafts.items(), key=lambda item: (-item[1].papers, item[0])):
        forms = chain((draft.form, draft.centre), (f"{draft.centre} {number}" for number in counting(2)))
        taken[next(iri for form in forms if (iri := mint(draft.type, form, base)) not in taken)] = node
    return {node: iri for iri, node in taken.items()}


def variants(entities: Iterable[Entity]) -> tuple[Inference, ...]:
    """Infer from names which nodes are kinds or versions of others."""
    listed = list(entities)
    types = {entity.iri: entity.type for entity in listed}
    named = _named(listed)
    parents = {}
    for entity in listed:
        form = normal_form(entity.name)
        if named.get(form) == entity.iri:
            found = parent(form, named, partial(_like, types, entity.type))
            if found:
                parents[entity.iri] = found
    return tuple(Inference(head, "variantOf", tail, rule) for head, (tail, rule) in sorted(acyclic(parents).items()))


def _like(types: Mapping[str, EntityType], kind: EntityType, iri: str) -> bool:
    """Tell whether a thing of this type may be a variant of a node."""
    return allowed(kind, "variantOf", types[iri])


def _named(entities: Iterable[Entity]) -> dict[str, str]:
    """Give for each form the node that is mostly called so, by its name or by a tenth of its mentions."""
    best: dict[str, tuple[int, str]] = {}
    for entity in entities:
        counts = Counter({normal_form(entity.name): 1})
        for surface, count in entity.aliases:
            counts[normal_form(surface)] += count
        for form, count in counts.items():
            if count * _MINOR >= counts.total() or form == normal_form(entity.name):
                best[form] = min(best.get(form, (0, "")), (-count, entity.iri))
    return {form: iri for form, (_, iri) in best.items()}
