"""What a writer of pages reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSummary:
    """How much of the graph a page shows: entities and distinct relations, of how many there are."""

    nodes: int
    edges: int
    of_nodes: int
    of_edges: int
