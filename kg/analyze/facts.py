"""The facts about one entity, read from its side, with the words of the papers that state them.

Everything is counted and little is fetched: DuckDB ranks the facts within each relation and cuts the sentences of
those that are asked for, so that an entity of fifty thousand papers is as quick as any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.cited import STATED, STRUCT, linked
from kg.phrases import WORDS
from kg.types import RELATION_TYPES

if TYPE_CHECKING:
    from kg.graph import Graph

FACTS = pa.schema(
    [
        ("claim", pa.string()),
        ("other", pa.string()),
        ("type", pa.string()),
        ("papers", pa.int64()),
        ("confidence", pa.float64()),
        ("evidence", pa.list_(STATED)),
        ("iri", pa.string()),
    ]
)
"""The columns of a table of facts: what is claimed (a phrase of kg.phrases.WORDS), of which other entity, by whom."""

_ALL = 2**62
_QUERY = f"""
    WITH sides AS MATERIALIZED (
        SELECT relation, head = $1 OR relation = 'comparedWith' AS forward,
            CASE WHEN head = $1 THEN tail ELSE head END AS iri, paper, evidence, confidence, head
        FROM relations WHERE head = $1 OR tail = $1
    ), counted AS (
        SELECT relation, forward, iri, count(DISTINCT paper) AS support, max(confidence) AS surest
        FROM sides GROUP BY relation, forward, iri
    ), ranked AS (
        SELECT counted.*, name AS other, type, count(*) OVER (PARTITION BY relation, forward) AS others,
            row_number() OVER (PARTITION BY relation, forward ORDER BY support DESC, surest DESC, name, iri) AS place,
            relation = 'outperforms' AND count(*) OVER (PARTITION BY relation, iri) = 2 AS disputed
        FROM counted JOIN entities USING (iri)
    ), shown AS (SELECT * FROM ranked WHERE place <= $2 OR disputed
    ), said AS (
        SELECT relation, forward, iri, paper, evidence, confidence, head,
            row_number() OVER (PARTITION BY relation, forward, iri ORDER BY confidence DESC, paper, head) AS number
        FROM sides SEMI JOIN shown USING (relation, forward, iri) QUALIFY number <= $3
    ), quoted AS (
        SELECT relation, forward, iri, list({STRUCT} ORDER BY number) AS evidence
        FROM said JOIN papers ON said.paper = papers.id GROUP BY relation, forward, iri
    )
    SELECT * FROM shown JOIN quoted USING (relation, forward, iri)
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as rows of :data:`FACTS`, with what a limit left out.

    Attributes:
        shown: Relation by relation, the best supported first within each.
        disputed: Others that the entity outperforms by some paper and is outperformed by in another, both sides.
        others: By claim, how many others there are, shown or not.
    """

    shown: list[dict[str, Any]]
    disputed: list[dict[str, Any]]
    others: dict[str, int]


def facts(graph: Graph, iri: str, limit: int | None = None, evidence: int | None = None) -> Facts:
    """Collect the facts about an entity (an IRI): of each claim ``limit`` others, each with ``evidence`` papers."""
    bounds = [_ALL if bound is None else bound for bound in (limit, evidence)]
    rows = [_fact(row) for row in sorted(graph.sql(_QUERY, [iri, *bounds]), key=_order)]
    return Facts(
        shown=[row for row in rows if row["place"] <= bounds[0]],
        disputed=[row for row in rows if row["disputed"]],
        others={row["claim"]: row["others"] for row in rows},
    )


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    return (RELATION_TYPES.index(row["relation"]), not row["forward"], row["place"])


def _fact(row: dict[str, Any]) -> dict[str, Any]:
    forward, backward = WORDS[row["relation"]]
    claim = forward if row["forward"] else backward
    told = {"claim": claim, "papers": row["support"], "confidence": row["surest"]}
    return {**row, **told, "evidence": [linked(one) for one in row["evidence"]]}
