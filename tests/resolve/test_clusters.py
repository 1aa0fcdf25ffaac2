"""Stars against NetworkX on random graphs."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.clusters import joined_in_turn, stars

NAMES = [f"n{number}" for number in range(12)]
EDGES = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.5, 0.7, 0.9, 1.0]),
)
WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 5) for name in NAMES})


def graph_of(scores: dict[tuple[str, str], float]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from(scores)
    return graph


@given(WEIGHTS, EDGES)
def test_centres_are_an_independent_dominating_set(
    weights: dict[str, int], scores: dict[tuple[str, str], float]
) -> None:
    joined, graph = stars(weights, scores), graph_of(scores)
    centres = set(NAMES) - set(joined)
    assert nx.is_dominating_set(graph, centres)
    assert not any(graph.has_edge(left, right) for left in centres for right in centres)
    assert all(graph.has_edge(name, centre) for name, centre in joined.items())


@given(WEIGHTS, st.lists(st.integers(0, 3), min_size=len(NAMES), max_size=len(NAMES)))
def test_cliques_are_the_connected_components(weights: dict[str, int], group: list[int]) -> None:
    """Where agreement is transitive and nothing is vetoed, bounded clusters and transitive closure are the same."""
    together = {
        (left, right): 1.0
        for i, left in enumerate(NAMES)
        for j, right in enumerate(NAMES)
        if left < right and group[i] == group[j]
    }
    joined = stars(weights, together)
    ours = {
        frozenset(name for name in NAMES if joined.get(name, name) == centre) for centre in set(NAMES) - set(joined)
    }
    assert ours == {frozenset(component) for component in nx.connected_components(graph_of(together))}


@given(WEIGHTS, EDGES, EDGES)
def test_rounds_stay_within_components_and_vetoes(
    weights: dict[str, int], first: dict[tuple[str, str], float], second: dict[tuple[str, str], float]
) -> None:
    def apart(left: str, right: str) -> bool:
        return {left, right} == {"n0", "n1"}

    joined = joined_in_turn(weights, [first, second], apart)
    components = list(nx.connected_components(graph_of(first | second)))
    assert all(any({name, centre} <= part for part in components) for name, centre in joined.items())
    assert set(joined).isdisjoint(joined.values())
