"""Facts as sparse matrices: who has which neighbour, and how much that tells.

>>> import numpy as np
>>> table = Facts(["a", "b"], np.zeros(2), np.array([[0, 0, 1]]), np.array([1.0]))
>>> table.pairs(0).toarray().tolist()
[[0.0, 1.0], [0.0, 0.0]]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Matrix = Any
"""A ``scipy.sparse.csr_array``."""

_FACTS = """
    WITH facts AS (
        SELECT head, relation, tail, count(DISTINCT paper) AS support, min(year) AS first
        FROM relations JOIN papers ON paper = papers.id WHERE $1 IS NULL OR year <= $1 GROUP BY head, relation, tail
    )
    SELECT heads.place AS head, relation, tails.place AS tail, support, coalesce(first, 0) AS first
    FROM facts JOIN numbered AS heads ON facts.head = heads.iri JOIN numbered AS tails ON facts.tail = tails.iri
    ORDER BY heads.place, relation, tails.place
"""
_NUMBERED = "SELECT iri, type, name, papers, row_number() OVER (ORDER BY iri) - 1 AS place FROM entities ORDER BY iri"


@dataclass(frozen=True, slots=True)
class Facts:
    """The distinct facts of a graph, perhaps only those stated until some year.

    Attributes:
        iris: The n entities, sorted.
        types: Their types, places in :data:`kg.types.ENTITY_TYPES`.
        rows: m x 3 numbers: head, relation (a place in :data:`kg.types.RELATION_TYPES`), tail.
        support: m counts of papers.
        first: m years in which each was first stated; 0 where no paper has a year.
    """

    iris: Sequence[str]
    types: Ints
    rows: Ints
    support: Floats
    first: Ints | None = None

    def pairs(self, relation: int) -> Matrix:
        """Return the facts of one relation as an n x n matrix of supports, heads by tails."""
        of = self.rows[:, 1] == relation
        return _matrix(self.rows[of, 0], self.rows[of, 2], self.support[of], (len(self.iris),) * 2)

    def linked(self) -> Matrix:
        """Return who is linked with whom, by whatever relation in whatever direction: n x n ones."""
        heads, _, tails = self.rows.T
        both = _matrix(np.concatenate([heads, tails]), np.concatenate([tails, heads]), None, (len(self.iris),) * 2)
        both.data[:] = 1.0
        return both

    def profiles(self) -> Matrix:
        """Return what each entity is linked with, by which relation and from which side: n x (18 n), rows of length 1.

        An entry is the logarithm of the support times the inverse document frequency of the neighbour.
        """
        n, relations = len(self.iris), len(RELATION_TYPES)
        heads, kinds, tails = self.rows.T
        columns = np.concatenate([kinds * n + tails, (relations + kinds) * n + heads])
        weights = np.tile(np.log1p(self.support), 2)
        told = _matrix(np.concatenate([heads, tails]), columns, weights, (n, 2 * relations * n))
        having = np.bincount(told.indices, minlength=told.shape[1])
        told.data *= np.log(max(n, 2) / having[told.indices])
        return _unit_rows(told)


def facts(graph: Graph, until: int | None = None) -> Facts:
    """Collect the facts of a graph; with ``until``, only what papers of that year and before state."""
    numbered = graph.sql(_NUMBERED).arrow
    table = graph.sql(_FACTS, [until], numbered=numbered).arrow
    types = {name: place for place, name in enumerate(ENTITY_TYPES)}
    kinds = {name: place for place, name in enumerate(RELATION_TYPES)}
    relations = np.array([kinds[name] for name in table["relation"].to_pylist()], dtype=np.int64)
    head, tail, support, first = (np.asarray(table[name]) for name in ("head", "tail", "support", "first"))
    return Facts(
        iris=numbered["iri"].to_pylist(),
        types=np.array([types[name] for name in numbered["type"].to_pylist()], dtype=np.int64),
        rows=np.column_stack([head, relations, tail]).astype(np.int64).reshape(-1, 3),
        support=support.astype(np.float64),
        first=first.astype(np.int64),
    )


def _matrix(rows: Ints, columns: Ints, values: Floats | None, shape: tuple[int, int]) -> Matrix:
    data = np.ones(len(rows)) if values is None else values
    return sparse.coo_array((data, (rows, columns)), shape=shape).tocsr()


def _unit_rows(matrix: Matrix) -> Matrix:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(np.where(norms > 0, norms, 1.0), np.diff(matrix.indptr))
    return matrix
