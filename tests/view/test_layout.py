from __future__ import annotations

import itertools
import random
from math import dist
from statistics import mean

import pytest

from kg.view.layout import places

Edge = tuple[int, int, float]


def communities(groups: int, size: int) -> list[Edge]:
    chance = random.Random(3)
    inside = [
        (group * size + one, group * size + chance.randrange(one), 1.0)
        for group in range(groups)
        for one in range(1, size)
        for _ in range(2)
    ]
    between = [(chance.randrange(groups * size), chance.randrange(groups * size), 1.0) for _ in range(groups)]
    return inside + [edge for edge in between if edge[0] != edge[1]]


def test_nothing_to_place() -> None:
    assert places([], []) == []


@pytest.mark.parametrize("count", [1, 2, 7])
def test_nodes_without_edges_stand_apart(count: int) -> None:
    spots = places([], [10.0] * count)
    assert len(set(spots)) == count


def test_the_same_graph_gives_the_same_places() -> None:
    edges = communities(6, 20)
    assert places(edges, [8.0] * 120) == places(edges, [8.0] * 120)


def test_no_two_nodes_overlap() -> None:
    chance = random.Random(1)
    radii = [chance.uniform(6, 32) for _ in range(300)]
    spots = places(communities(10, 30), radii)
    for a, b in itertools.combinations(range(300), 2):
        assert dist(spots[a], spots[b]) > radii[a] + radii[b]


def test_communities_lie_apart() -> None:
    spots = places(communities(8, 40), [8.0] * 320)
    pairs = list(itertools.combinations(range(320), 2))
    inside = mean(dist(spots[a], spots[b]) for a, b in pairs if a // 40 == b // 40)
    between = mean(dist(spots[a], spots[b]) for a, b in pairs if a // 40 != b // 40)
    assert inside < 0.5 * between


def test_a_hub_stands_inside_its_community() -> None:
    star = [(0, leaf, 1.0) for leaf in range(1, 40)]
    spots = places(star, [20.0] + [8.0] * 39)
    leaves = mean(dist((0, 0), spot) for spot in spots[1:])
    assert dist((0, 0), spots[0]) < 0.4 * leaves


def test_the_centre_stands_in_the_middle() -> None:
    edges = communities(8, 40)
    spots = places(edges, [8.0] * 320, centre=319)
    assert dist((0, 0), spots[319]) < 0.35 * max(dist((0, 0), spot) for spot in spots)


def test_hundreds_of_nodes_in_one_star_stay_finite() -> None:
    spots = places([(0, leaf, 9.0) for leaf in range(1, 500)], [8.0] * 500)
    assert max(abs(value) for spot in spots for value in spot) < 5000
