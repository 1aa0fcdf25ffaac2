from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyze import edge_list, leiden
from tests.view.made import planted

if TYPE_CHECKING:
    from kg.analyze.edgelist import Ints

NODES = 12
EDGES = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.floats(0.1, 9)), min_size=1, max_size=40
)


def labels(edges: list[tuple[int, int, float]]) -> Ints:
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    return leiden(ends, np.array([edge[2] for edge in edges]), NODES)


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_edges_do_not_matter(edges: list[tuple[int, int, float]], chance: object) -> None:
    turned = [(right, left, weight) for left, right, weight in edges]
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert labels(turned).tolist() == labels(edges).tolist()


@given(EDGES)
@settings(max_examples=40)
def test_communities_are_connected_and_the_largest_come_first(edges: list[tuple[int, int, float]]) -> None:
    """Leiden's promise, which Louvain does not keep."""
    found = labels(edges)
    sizes = np.bincount(found)
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    graph = nx.Graph([edge[:2] for edge in edges])
    graph.add_nodes_from(range(NODES))
    assert all(nx.is_connected(graph.subgraph(np.flatnonzero(found == one).tolist())) for one in range(len(sizes)))


def test_planted_communities_are_found() -> None:
    edges = edge_list(planted(8, 30))
    found = leiden(edges.ends, edges.weights, len(edges))
    graph: nx.Graph[int] = nx.Graph(edges.ends.tolist())
    parts = [set(np.flatnonzero(found == one).tolist()) for one in range(found.max() + 1)]
    louvain = nx.community.louvain_communities(graph, seed=1)
    assert nx.community.modularity(graph, parts) >= 0.99 * nx.community.modularity(graph, louvain)
    assert len(parts) == pytest.approx(8, abs=1)


def test_nodes_without_edges_are_communities_of_their_own() -> None:
    assert leiden(np.zeros((0, 2), dtype=np.int64), np.zeros(0), 3).tolist() == [0, 1, 2]
