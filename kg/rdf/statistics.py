"""How much of what an export holds: the figures of VoID, counted in SQL, without making a triple."""

# ruff: noqa: S608 - all SQL is made of constants

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.rdf.context import context
from kg.rdf.rows import queries

if TYPE_CHECKING:
    from kg.graph import Session


class Statistics(Struct, frozen=True):
    """The figures of an export.

    Attributes:
        subjects: How many nodes it describes.
        classes: How many nodes each class has, by its name in the context.
        triples: How many triples each property has, by its name in the context.
        having: How many nodes have the property.
    """

    subjects: int
    classes: dict[str, int]
    triples: dict[str, int]
    having: dict[str, int]

    @property
    def total(self) -> int:
        """How many triples there are."""
        return sum(self.triples.values())

    @property
    def vocabularies(self) -> list[str]:
        """The namespaces of the properties, sorted."""
        iris = (context()[name].iri for name in self.triples)
        return sorted({iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris})


def statistics(session: Session, profile: str = "standard") -> Statistics:
    """Count what an export would hold.

    Args:
        session: What :func:`kg.rdf.rows.opened` opened.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.

    Raises:
        KgError: There is no such profile.
        BuildFolderError: A table is missing or damaged.
    """
    classes: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for query in queries(session, profile):
        columns = {name: kind for name, kind in session.columns(query).items() if name != "id"}
        counts = ", ".join(_counts(name, several=kind.endswith("[]")) for name, kind in columns.items())
        for row in session.table(f"SELECT type, {counts} FROM ({query}) GROUP BY type ORDER BY type").to_pylist():
            classes[row["type"]] += row["type triples"]
            triples += Counter({name: row[f"{name} triples"] or 0 for name in columns})
            having += Counter({name: row[f"{name} nodes"] or 0 for name in columns})
    return Statistics(classes.total(), *(dict(sorted(found.items())) for found in (classes, triples, having)))


def _counts(name: str, *, several: bool) -> str:
    triples = f'coalesce(sum(len("{name}")), 0)' if several else f'count("{name}")'
    nodes = f'count(*) FILTER (len("{name}") > 0)' if several else f'count("{name}")'
    return f'CAST({triples} AS BIGINT) AS "{name} triples", {nodes} AS "{name} nodes"'
