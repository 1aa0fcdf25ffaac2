"""Which entities and relations a page shows when the graph has more than a page can.

Without a centre, importance decides: papers that mention an entity plus papers that state its relations. Every type
keeps some places, and entities that would stand alone give theirs to entities that connect. With a centre, nearness
comes first and importance second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from kg.analyze import edge_list
from kg.errors import KgError
from kg.graph import locate
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.analyze import EdgeList
    from kg.analyze.edgelist import Ints
    from kg.graph import Graph

_PLACES_A_TYPE, _ROUNDS = 20, 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page shows, of how much.

    Attributes:
        shown: The chosen entities, most important (or nearest) first, and relations between them, best first.
        degrees: How many relations each chosen entity has in the whole graph.
        of_nodes: How many entities there are.
        of_edges: How many distinct relations there are.
        of_inferred: How many of these no paper states.
        centre: The entity that was asked for, a number in ``shown``.
        reached: How many entities lie within the hops that were asked for.
    """

    shown: EdgeList
    degrees: Ints
    of_nodes: int
    of_edges: int
    of_inferred: int
    centre: int | None = None
    reached: int | None = None

    @property
    def whole(self) -> bool:
        """Whether the page leaves nothing out."""
        return (len(self.shown), len(self.shown.ends)) == (self.of_nodes, self.of_edges)


def choose(
    graph: Graph,
    *,
    limit: int = 500,
    edges_a_node: float = 2.4,
    around: str | None = None,
    hops: int = 2,
    inferred: bool = False,
    edges: EdgeList | None = None,
) -> Choice:
    """Choose entities, and the best-supported relations between them.

    Args:
        graph: Any graph.
        limit: The most entities to choose.
        edges_a_node: The most relations to choose for each chosen entity, on average; more would be a hairball.
        around: An IRI, name or alias to stay near; the whole graph when not given.
        hops: How far to go from ``around``, along relations in either direction.
        inferred: Whether relations that were read from names alone are among them.
        edges: What :func:`kg.analyze.edge_list` made of the graph, where that is at hand.

    Raises:
        KgError: No entity is called ``around`` (the message names near ones), or nothing is asked for.
    """
    if limit < 1 or hops < 0:
        raise KgError(f"a page of {limit} entities within {hops} hops shows nothing: take at least 1 and 0")
    known = edge_list(graph) if edges is None else edges
    edges = known if inferred else known.stated
    if around is None:
        chosen, centre, reached = _important(edges, limit), None, None
    else:
        near = _nearby(edges, pc.index(edges.iris, locate(graph, around)).as_py(), hops)
        chosen, centre, reached = near[:limit], 0, len(near)
    between = edges.among(chosen)
    shown = between.only(_strongest(between, round(edges_a_node * len(chosen)), centre))
    unstated = int((edges.support == 0).sum())
    return Choice(shown, edges.degrees[chosen], len(edges), len(edges.ends), unstated, centre, reached)


def _important(edges: EdgeList, limit: int) -> Ints:
    """Take the first of every type, then the first of all; what would stand alone goes to the end, a few times over."""
    lonely = np.zeros(len(edges), dtype=bool)
    chosen = _with_every_type(edges, lonely, limit)
    for _ in range(_ROUNDS):
        among = np.isin(np.arange(len(edges)), chosen)
        between = among[edges.ends].all(axis=1)
        among[edges.ends[between].ravel()] = False
        if not (among & ~lonely).any():
            break
        lonely |= among
        chosen = _with_every_type(edges, lonely, limit)
    return chosen


def _with_every_type(edges: EdgeList, lonely: np.ndarray, limit: int) -> Ints:
    """Take ``limit`` entities in their order, the lonely last, but the first few of every type in any case."""
    order = np.argsort(lonely, kind="stable")
    places = min(_PLACES_A_TYPE, limit // len(ENTITY_TYPES))
    first = np.zeros(len(edges), dtype=bool)
    for kind in range(len(ENTITY_TYPES)):
        first[order[edges.types[order] == kind][:places]] = True
    first[order[~first[order]][: limit - first.sum()]] = True
    return order[first[order]]


def _nearby(edges: EdgeList, centre: int, hops: int) -> Ints:
    """Walk out from the centre, ring by ring; a ring's entities come in the order of their importance."""
    distance = np.full(len(edges), -1, dtype=np.int64)
    distance[centre] = 0
    for hop in range(1, hops + 1):
        ends = edges.ends[(distance[edges.ends] >= 0).any(axis=1)].ravel()
        distance[ends[distance[ends] < 0]] = hop
    met = np.flatnonzero(distance >= 0)
    return met[np.argsort(distance[met], kind="stable")]


def _strongest(edges: EdgeList, most: int, centre: int | None) -> Ints:
    """Keep the best edge of every entity and those of the centre, even above ``most``, then the best of all."""
    _, first = np.unique(edges.ends.ravel(), return_index=True)
    must = np.zeros(len(edges.ends), dtype=bool)
    must[first // 2] = True
    if centre is not None:
        must |= (edges.ends == centre).any(axis=1)
    order = np.argsort(~must, kind="stable")
    return np.sort(order[: max(most, int(must.sum()))])
