"""Which entities and relations a page shows when the graph has more than a page can.

Without a centre, importance decides: papers that mention an entity plus papers that state its relations. Every type
keeps some places, and entities that would stand alone give theirs to entities that connect. With a centre, nearness
comes first and importance second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.graph import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.graph import Graph

_RANKED = """
    WITH edges AS (SELECT head, tail, count(DISTINCT paper) AS support FROM relations GROUP BY head, relation, tail),
    ends AS (SELECT head AS iri, support FROM edges UNION ALL SELECT tail, support FROM edges),
    strength AS (SELECT iri, count(*) AS degree, sum(support) AS support FROM ends GROUP BY iri)
    SELECT entities.*, coalesce(degree, 0) AS degree
    FROM entities LEFT JOIN strength USING (iri)
    ORDER BY strength.iri IS NULL, papers + coalesce(support, 0) DESC, name, iri
"""
_PLACES_A_TYPE, _ROUNDS = 20, 5
_EDGES_A_NODE = 2.4

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page shows, of how much: rows of entities (most important first) and of distinct relations."""

    entities: list[Row]
    edges: list[Row]
    of_nodes: int
    of_edges: int
    centre: str | None = None
    reached: int | None = None


def choose(graph: Graph, *, around: str | None = None, hops: int = 2, limit: int = 500) -> Choice:
    """Choose at most ``limit`` entities, and the best-supported relations between them.

    Args:
        graph: Any graph.
        around: An IRI, name or alias to stay near; the whole graph when not given.
        hops: How far to go from ``around``, along relations in either direction.
        limit: The most entities to choose.

    Raises:
        KgError: No entity is called ``around`` (the message names near ones), or nothing is asked for.
    """
    if limit < 1 or hops < 0:
        raise KgError(f"a page of {limit} entities within {hops} hops shows nothing: take at least 1 and 0")
    ranked = list(graph.sql(_RANKED))
    edges = list(graph.edges())
    centre = locate(graph, around) if around is not None else None
    if centre is None:
        chosen, reached = _important(ranked, edges, limit), None
    else:
        near = _nearby(ranked, edges, centre, hops)
        chosen, reached = near[:limit], len(near)
    return Choice(chosen, _strongest(edges, chosen, centre), len(ranked), len(edges), centre, reached)


def _important(ranked: Sequence[Row], edges: Sequence[Row], limit: int) -> list[Row]:
    """Take the first of every type, then the first of all; what would stand alone goes to the end, a few times over."""
    lonely: set[str] = set()
    chosen = _with_every_type(ranked, limit)
    for _ in range(_ROUNDS):
        connected = {end for edge in _between(edges, chosen) for end in (edge["head"], edge["tail"])}
        alone = {row["iri"] for row in chosen} - connected - lonely
        if not alone:
            break
        lonely |= alone
        chosen = _with_every_type(sorted(ranked, key=lambda row: row["iri"] in lonely), limit)
    return chosen


def _with_every_type(ranked: Sequence[Row], limit: int) -> list[Row]:
    places = min(_PLACES_A_TYPE, limit // 5)
    taken: Counter[str] = Counter()
    first: set[str] = set()
    for row in ranked:
        if taken[row["type"]] < places:
            taken[row["type"]] += 1
            first.add(row["iri"])
    rest = [row["iri"] for row in ranked if row["iri"] not in first][: limit - len(first)]
    chosen = first.union(rest)
    return [row for row in ranked if row["iri"] in chosen]


def _nearby(ranked: Sequence[Row], edges: Iterable[Row], centre: str, hops: int) -> list[Row]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge["head"]].add(edge["tail"])
        neighbours[edge["tail"]].add(edge["head"])
    distance = {centre: 0}
    ring = {centre}
    for hop in range(1, hops + 1):
        ring = {far for near in ring for far in neighbours[near]} - distance.keys()
        distance |= dict.fromkeys(ring, hop)
    return sorted((row for row in ranked if row["iri"] in distance), key=lambda row: distance[row["iri"]])


def _between(edges: Iterable[Row], chosen: Iterable[Row]) -> list[Row]:
    known = {row["iri"] for row in chosen}
    return [edge for edge in edges if edge["head"] in known and edge["tail"] in known]


def _strongest(edges: Iterable[Row], chosen: Sequence[Row], centre: str | None) -> list[Row]:
    """Keep the best edge of every entity and those of the centre, then the best of all: more would be a hairball."""
    budget = round(_EDGES_A_NODE * len(chosen))
    met: set[str] = set()
    must: list[Row] = []
    may: list[Row] = []
    for edge in _between(edges, chosen):
        ends = {edge["head"], edge["tail"]}
        (may if ends <= met and centre not in ends else must).append(edge)
        met |= ends
    kept = must + may[: max(0, budget - len(must))]
    return sorted(kept, key=lambda edge: (edge["head"], edge["tail"], edge["relation"]))
