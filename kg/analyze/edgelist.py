"""The graph as arrays: entities numbered by importance, and the distinct relations between them as rows of numbers.

A million relations are a few arrays here, where they would be gigabytes of objects; all that counts, clusters or lays
out the graph starts from this one form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

_INFERRED = 0.5
_STATED = """
    WITH edges AS (
        SELECT head, relation, tail, count(DISTINCT paper) AS support, max(confidence) AS confidence
        FROM relations GROUP BY head, relation, tail
    )
"""
_ENTITIES = f"""{_STATED},
    ends AS (SELECT head AS iri, support FROM edges UNION ALL SELECT tail, support FROM edges),
    strength AS (SELECT iri, sum(support) AS support FROM ends GROUP BY iri)
    SELECT iri, type, papers FROM entities LEFT JOIN strength USING (iri)
    ORDER BY strength.iri IS NULL, papers + coalesce(support, 0) DESC, name, iri
"""  # noqa: S608 - constants
_EDGES = f"""{_STATED}
    SELECT head, relation, tail, support, confidence FROM edges
    UNION ALL
    SELECT head, relation, tail, 0, 0 FROM (SELECT DISTINCT head, relation, tail FROM inferred)
        ANTI JOIN edges USING (head, relation, tail)
    ORDER BY support DESC, confidence DESC, head, relation, tail
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class EdgeList:
    """Entities by number, the most important first, and the distinct relations between them, the best supported first.

    An entity is as important as papers mention it, plus papers state its relations; one without relations comes last.

    Attributes:
        iris: The IRI of each of the n entities.
        types: n numbers of types, places in :data:`kg.types.ENTITY_TYPES`.
        papers: n counts of papers.
        ends: m x 2 numbers of entities: head and tail of each relation.
        relations: m places in :data:`kg.types.RELATION_TYPES`.
        support: m counts of papers that state it; 0 where it was only inferred from names.
        confidence: m numbers from 0 to 1, the surest paper's; 0 where it was inferred.
    """

    iris: pa.Array
    types: Ints
    papers: Ints
    ends: Ints
    relations: Ints
    support: Ints
    confidence: Floats

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self.iris)

    @property
    def weights(self) -> Floats:
        """How strongly each relation binds: by its support and confidence, and less the more relations its ends have.

        What links everything ("accuracy") binds nothing: the logarithm of the support is divided by the square root of
        the smaller degree of the two ends.
        """
        least = self.degrees[self.ends].min(axis=1, initial=np.iinfo(np.int64).max)
        told = np.log2(1 + self.support.clip(1)) * np.where(self.support > 0, self.confidence, _INFERRED)
        weights: Floats = told / np.sqrt(least)
        return weights

    @property
    def stated(self) -> EdgeList:
        """The graph without relations that no paper states."""
        return self.only(np.flatnonzero(self.support > 0))

    @property
    def degrees(self) -> Ints:
        """How many relations each entity has."""
        return np.bincount(self.ends.ravel(), minlength=len(self))

    def among(self, chosen: Ints) -> EdgeList:
        """Return the graph of some entities, numbered anew in the order given, and the relations between them."""
        number = np.full(len(self), -1, dtype=np.int64)
        number[chosen] = np.arange(len(chosen))
        ends = number[self.ends]
        return EdgeList(self.iris.take(chosen), self.types[chosen], self.papers[chosen], ends, *self._columns()).only(
            np.flatnonzero((ends >= 0).all(axis=1))
        )

    def only(self, rows: Ints) -> EdgeList:
        """Return the graph with some of its relations, in the order given."""
        relations, support, confidence = self._columns()
        told = (self.ends[rows], relations[rows], support[rows], confidence[rows])
        return EdgeList(self.iris, self.types, self.papers, *told)

    def _columns(self) -> tuple[Ints, Ints, Floats]:
        return self.relations, self.support, self.confidence


def edge_list(graph: Graph) -> EdgeList:
    """Number the entities of a graph and list the distinct relations between them, inferred ones too."""
    entities = graph.sql(_ENTITIES).arrow
    edges = graph.sql(_EDGES).arrow
    iris = entities.column("iri").combine_chunks()
    ends = [_numbers(edges.column(side), iris) for side in ("head", "tail")]
    return EdgeList(
        iris=iris,
        types=_numbers(entities.column("type"), ENTITY_TYPES),
        papers=_int64(entities.column("papers")),
        ends=np.column_stack(ends).reshape(-1, 2),
        relations=_numbers(edges.column("relation"), RELATION_TYPES),
        support=_int64(edges.column("support")),
        confidence=edges.column("confidence").to_numpy().astype(np.float64),
    )


def _numbers(column: pa.ChunkedArray, known: pa.Array | Sequence[str]) -> Ints:
    return _int64(pc.index_in(column, value_set=pa.array(known, pa.string())))


def _int64(column: pa.ChunkedArray) -> Ints:
    numbers: Ints = column.to_numpy().astype(np.int64)
    return numbers
