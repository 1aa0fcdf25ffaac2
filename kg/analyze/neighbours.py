"""What is around an entity: the nearest and best linked others, the edges among them, and how much was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.cited import STATED, STRUCT, linked
from kg.analyze.reading import Section, readable, rest, written
from kg.asked import at_least, some_of
from kg.errors import KgError
from kg.graph import Frame, locate
from kg.types import ENTITY_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.graph import Graph

MOST_HOPS, _EDGES_A_NODE = 5, 3
_NODES = pa.schema(
    [
        ("iri", pa.string()),
        ("name", pa.string()),
        ("type", pa.string()),
        ("papers", pa.int64()),
        ("hops", pa.int32()),
    ]
)
_EDGES = pa.schema(
    [
        ("head", pa.string()),
        ("relation", pa.string()),
        ("tail", pa.string()),
        ("support", pa.int64()),
        ("confidence", pa.float64()),
        ("evidence", STATED),
        ("head_iri", pa.string()),
        ("tail_iri", pa.string()),
    ]
)
_LINKS = """
    stated AS (
        SELECT head, relation, tail, count(DISTINCT paper) AS support, max(confidence) AS confidence
        FROM relations {touching} AND ($1::VARCHAR[] IS NULL OR list_contains($1, relation))
        GROUP BY head, relation, tail
    ), inferences AS (
        SELECT DISTINCT head, relation, tail, 0 AS support, 0 AS confidence FROM inferred
        {touching} AND $3 = 0 AND ($1::VARCHAR[] IS NULL OR list_contains($1, relation))
    ), links AS (
        SELECT * FROM stated WHERE confidence >= $2 AND support >= $3
        UNION ALL SELECT * FROM inferences ANTI JOIN stated USING (head, relation, tail) WHERE $2 = 0
    )
"""
_REACHED = f"""
    WITH {_LINKS.format(touching="WHERE (head IN (SELECT iri FROM front) OR tail IN (SELECT iri FROM front))")},
    ends AS (
        SELECT tail AS iri, support FROM links SEMI JOIN front ON head = front.iri
        UNION ALL SELECT head, support FROM links SEMI JOIN front ON tail = front.iri
    ), reached AS (SELECT iri, sum(support) AS support FROM ends ANTI JOIN known USING (iri) GROUP BY iri)
    SELECT iri, name, type, papers, count(*) OVER () AS of FROM reached JOIN entities USING (iri)
    WHERE $4::VARCHAR[] IS NULL OR list_contains($4, type)
    ORDER BY support DESC, papers DESC, name, iri LIMIT $5
"""  # noqa: S608 - constants
_AMONG = f"""
    WITH {_LINKS.format(touching="WHERE head IN (SELECT iri FROM known) AND tail IN (SELECT iri FROM known)")},
    ranked AS (
        SELECT links.*, count(*) OVER () AS of, heads.hops <> tails.hops AND row_number() OVER (
            PARTITION BY heads.hops <> tails.hops, CASE WHEN heads.hops > tails.hops THEN head ELSE tail END
            ORDER BY support DESC, confidence DESC, head, relation, tail) = 1 AS leads
        FROM links JOIN known AS heads ON head = heads.iri JOIN known AS tails ON tail = tails.iri
    ), shown AS (
        SELECT * FROM ranked ORDER BY leads DESC, support DESC, confidence DESC, head, relation, tail LIMIT $4
    ),
    surest AS (
        SELECT head, relation, tail, paper, evidence, confidence FROM relations
        SEMI JOIN shown USING (head, relation, tail)
        QUALIFY row_number() OVER (PARTITION BY head, relation, tail ORDER BY confidence DESC, paper) = 1
    ), quoted AS (
        SELECT head, relation, tail, {STRUCT} AS evidence FROM surest JOIN papers ON surest.paper = papers.id
    )
    SELECT shown.head AS head_iri, shown.relation, shown.tail AS tail_iri, support, shown.confidence, evidence, of
    FROM shown LEFT JOIN quoted USING (head, relation, tail)
    ORDER BY support DESC, shown.confidence DESC, head_iri, relation, tail_iri
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True, repr=False)
class Neighbourhood:
    """Entities around one, and what links them.

    Attributes:
        name: The name of the entity in the middle.
        iri: Its IRI.
        nodes: The entity itself, then the nearest, and of the equally near those that more papers link (columns iri,
            name, type, papers, hops).
        edges: The relations among the nodes, the best supported first (columns head, relation, tail, support,
            confidence, evidence, head_iri, tail_iri); ``evidence`` is the surest paper with its words, null where the
            relation was inferred from names.
        more_nodes: How many others were reached that the limit left out; what lies behind them was not looked at.
        more_edges: How many relations among the nodes the limit left out.
    """

    name: str
    iri: str
    nodes: Frame
    edges: Frame
    more_nodes: int
    more_edges: int

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give headings and tables to read: the entities, the relations among them, of ``limit`` rows each."""
        nodes, edges = [*self.nodes][1:], [*self.edges]
        shown, linked_by = nodes[:limit], edges[:limit]
        around = f"around {self.name}{rest(len(shown), len(nodes) + self.more_nodes)}"
        if shown:
            yield around, readable(shown, ("name", "type", "papers", "hops"))
        if linked_by:
            heading = f"relations among them{rest(len(linked_by), len(edges) + self.more_edges)}"
            yield heading, readable([*map(_line, linked_by)], ("head", "relation", "tail", "support", *_QUOTED))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        frames = {"nodes": list(self.nodes), "edges": list(self.edges)}
        return {
            "name": self.name,
            "iri": self.iri,
            **frames,
            "more_nodes": self.more_nodes,
            "more_edges": self.more_edges,
        }

    def __repr__(self) -> str:
        return written(self.sections()) or f"nothing is around {self.name}"


_QUOTED = ("confidence", "year", "paper", "sentence")


def neighbours(
    graph: Graph,
    entity: str,
    hops: int = 1,
    limit: int = 100,
    *,
    types: Sequence[str] | None = None,
    relations: Sequence[str] | None = None,
    min_confidence: float = 0,
    min_support: int = 1,
) -> Neighbourhood:
    """Collect what is around an entity.

    Args:
        graph: Any graph.
        entity: The name, alias or IRI of an entity.
        hops: How far to go, 1 to 5.
        limit: The most entities around it, the nearest and best linked; and three times as many relations, those first
            by which the entities were reached, then the best supported.
        types: Only entities of these types, and through them alone; all by default.
        relations: Only these relations; all by default.
        min_confidence: Only relations that some paper states with this confidence or more.
        min_support: Only relations that so many papers state; with 0, those too that were only inferred from names.

    Raises:
        KgError: There is no such entity, type or relation, or there are too many or too few hops.
    """
    if not 1 <= hops <= MOST_HOPS:
        raise KgError(f"{hops} hops are not possible: ask for 1 to {MOST_HOPS}")
    at_least(1, limit=limit)
    at_least(0, min_support=min_support, min_confidence=min_confidence)
    iri = locate(graph, entity)
    wanted = _Wanted(
        None if relations is None else [*some_of(relations, RELATION_TYPES, "relation")],
        min_confidence,
        min_support,
        None if types is None else [*some_of(types, ENTITY_TYPES, "type")],
    )
    nodes, more = _around(graph, iri, hops, limit, wanted)
    edges = list(graph.sql(_AMONG, [*wanted.links, _EDGES_A_NODE * limit], known=_table(nodes)))
    names = {row["iri"]: row["name"] for row in nodes}
    return Neighbourhood(
        name=names[iri],
        iri=iri,
        nodes=Frame(pa.Table.from_pylist(nodes, schema=_NODES)),
        edges=Frame(pa.Table.from_pylist([_edge(row, names) for row in edges], schema=_EDGES)),
        more_nodes=more,
        more_edges=edges[0]["of"] - len(edges) if edges else 0,
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which relations are followed, and to which entities; None is all."""

    relations: list[str] | None
    min_confidence: float
    min_support: int
    types: list[str] | None

    @property
    def links(self) -> list[Any]:
        """The parameters $1 to $3 of a query with _LINKS."""
        return [self.relations, self.min_confidence, self.min_support]


def _around(graph: Graph, iri: str, hops: int, limit: int, wanted: _Wanted) -> tuple[list[dict[str, Any]], int]:
    """Go from hop to hop until the limit is met; return the nodes, and how many were reached beyond it."""
    nodes = [{**row, "hops": 0} for row in graph.sql("SELECT * FROM entities WHERE iri = $1", [iri])]
    front, more = nodes, 0
    for hop in range(1, hops + 1):
        room = limit + 1 - len(nodes)
        if not front or not room:
            break
        found = graph.sql(_REACHED, [*wanted.links, wanted.types, room], front=_table(front), known=_table(nodes))
        front = [{**row, "hops": hop} for row in found]
        more = front[0]["of"] - len(front) if front else 0
        nodes = [*nodes, *front]
    return nodes, more


def _table(nodes: Sequence[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(nodes, schema=_NODES)


def _edge(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    said = linked(row["evidence"]) if row["evidence"] else None
    return {**row, "head": names[row["head_iri"]], "tail": names[row["tail_iri"]], "evidence": said}


def _line(edge: dict[str, Any]) -> dict[str, Any]:
    said = edge["evidence"] or {}
    return {**edge, **{name: said.get(name) for name in ("year", "paper", "sentence")}}
