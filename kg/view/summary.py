"""How much there is of a graph, and how much of it a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True)
class PageSummary:
    """How much of the graph a page shows: entities and distinct relations, of how many there are."""

    nodes: int
    edges: int
    of_nodes: int
    of_edges: int


def count(graph: Graph, table: str) -> int:
    """Return how many rows a table has, without reading them."""
    (rows,) = graph.sql(f"SELECT count(*) AS n FROM {table}")["n"]  # noqa: S608 - a table of ours
    return int(rows)
