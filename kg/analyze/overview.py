"""A graph at a glance: how much there is of what, of which years, and the best known examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from kg.graph import Frame, Graph

_EXAMPLES = 5
_TYPES = """
    WITH ranked AS (
        SELECT type, name, papers, row_number() OVER (PARTITION BY type ORDER BY papers DESC, name, iri) AS place
        FROM entities
    )
    SELECT type, count(*) AS entities, list(name ORDER BY place) FILTER (place <= $1) AS examples
    FROM ranked GROUP BY type ORDER BY list_position($2, type)
"""
_RELATIONS = """
    SELECT relation, count(*) AS edges, sum(statements)::BIGINT AS statements
    FROM (SELECT relation, count(*) AS statements FROM relations GROUP BY head, relation, tail)
    GROUP BY relation ORDER BY list_position($1, relation)
"""
_YEARS = "SELECT year, count(*) AS papers FROM papers WHERE year IS NOT NULL GROUP BY year ORDER BY year"
_COUNTS = "SELECT (SELECT count(*) FROM papers) AS papers, (SELECT count(*) FROM results) AS results"


@dataclass(frozen=True, slots=True)
class Overview:
    """A graph at a glance.

    Attributes:
        papers: How many papers were read.
        results: How many numbers they report.
        types: By type of entity: how many there are, and the most mentioned (columns type, entities, examples).
        relations: By relation: distinct pairs, and papers that state one (columns relation, edges, statements).
        years: Papers by year, those without one left out (columns year, papers).
        extractor: What read them, with its version.
        base: What every IRI begins with.
    """

    papers: int
    results: int
    types: Frame
    relations: Frame
    years: Frame
    extractor: str
    base: str


def overview(graph: Graph) -> Overview:
    """Count what a graph holds."""
    (counts,) = graph.sql(_COUNTS)
    return Overview(
        **counts,
        types=graph.sql(_TYPES, [_EXAMPLES, list(ENTITY_TYPES)]),
        relations=graph.sql(_RELATIONS, [list(RELATION_TYPES)]),
        years=graph.sql(_YEARS),
        extractor=graph.manifest.extractor,
        base=graph.manifest.base,
    )
