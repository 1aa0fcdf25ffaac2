"""What a choice of some hundred entities and relations holds, as rows: for the page that pyvis draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.types import RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.view.choose import Choice

_ENTITIES = "SELECT iri, type, name, aliases, papers FROM entities WHERE iri IN (SELECT unnest($1))"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Entities in the order of the choice, with ``degree`` in the whole graph, and relations by head, tail and name."""

    entities: list[Row]
    edges: list[Row]
    centre: int | None = None


def rows(graph: Graph, choice: Choice) -> Rows:
    """Look up what a choice holds."""
    iris = choice.shown.iris.to_pylist()
    found = {row["iri"]: row for row in graph.sql(_ENTITIES, [iris])}
    degrees = zip(iris, choice.degrees.tolist(), strict=True)
    entities = [{**found[iri], "degree": degree} for iri, degree in degrees]
    return Rows(entities, sorted(_edges(choice, iris), key=_order), choice.centre)


def _edges(choice: Choice, iris: list[str]) -> Iterator[Row]:
    shown = choice.shown
    columns = (shown.ends.tolist(), shown.relations.tolist(), shown.support.tolist())
    for (head, tail), relation, support in zip(*columns, strict=True):
        yield {"head": iris[head], "relation": RELATION_TYPES[relation], "tail": iris[tail], "support": support}


def _order(edge: Row) -> tuple[str, ...]:
    return (edge["head"], edge["tail"], edge["relation"])
