from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyze import edge_list
from kg.view.atlas import atlas
from kg.view.forces import Discs, Ties, relax, spiral
from kg.view.islands import islands
from kg.view.layout import places
from kg.view.parting import gather, part
from tests.view.made import made

if TYPE_CHECKING:
    from kg.view.forces import Floats, Ints

SIZES = st.lists(st.floats(6, 32), min_size=1, max_size=40)


def communities(groups: int, size: int) -> tuple[Ties, Ints]:
    """Edges and the community of each node: every node is tied to two of its own, and a few to others."""
    chance = random.Random(3)
    inside = [
        (group * size + one, group * size + chance.randrange(one))
        for group in range(groups)
        for one in range(1, size)
        for _ in range(2)
    ]
    between = [(chance.randrange(groups * size), chance.randrange(groups * size)) for _ in range(4 * groups)]
    return even(inside + [edge for edge in between if edge[0] != edge[1]]), np.repeat(np.arange(groups), size)


def even(pairs: list[tuple[int, int]]) -> Ties:
    return Ties(np.array(pairs, dtype=np.int64).reshape(-1, 2), np.ones(len(pairs)))


def distances(points: Floats | Ints) -> Floats:
    found: Floats = np.sqrt(((points[:, None] - points[None, :]) ** 2.0).sum(axis=2))
    return found


def overlap(points: Floats | Ints, radii: Floats) -> float:
    """By how much the two discs that overlap most do so; negative: how far apart the closest two are."""
    lack = radii[:, None] + radii[None, :] - distances(points)
    np.fill_diagonal(lack, -np.inf)
    return float(lack.max())


@pytest.mark.parametrize("count", [0, 1, 2, 7, 300])
def test_nodes_without_edges_stand_apart(count: int) -> None:
    radii = np.full(count, 10.0)
    spots = places(even([]), radii, np.arange(count))
    assert spots.shape == (count, 2)
    assert count < 2 or overlap(spots, radii) < 0
    assert np.abs(spots).max(initial=0) < 200 * np.sqrt(count + 1), "and close together"


def test_the_same_graph_gives_the_same_places() -> None:
    ties, group = communities(6, 20)
    one, other = (places(ties, np.full(120, 8.0), group) for _ in range(2))
    assert one.tolist() == other.tolist()


@settings(max_examples=25)
@given(SIZES, st.integers(1, 6), st.randoms(use_true_random=False))
def test_no_two_nodes_overlap(sizes: list[float], groups: int, chance: random.Random) -> None:
    count = len(sizes)
    pairs = [(chance.randrange(count), chance.randrange(count)) for _ in range(2 * count)]
    ties = even([pair for pair in pairs if pair[0] != pair[1]])
    group = np.sort([chance.randrange(groups) for _ in sizes])
    _, group = np.unique(group, return_inverse=True)
    assert overlap(places(ties, np.array(sizes), group), np.array(sizes)) < 0


def test_communities_lie_apart() -> None:
    ties, group = communities(8, 40)
    spots = places(ties, np.full(320, 8.0), group)
    middles = np.array([spots[group == one].mean(axis=0) for one in range(8)])
    apart = [np.sqrt(((spots[group == one] - middles[one]) ** 2).sum(axis=1)) for one in range(8)]
    assert overlap(middles, np.quantile(apart, 0.95, axis=1)) < 0


def test_related_communities_are_neighbours() -> None:
    chain = [(4 * one + 3, 4 * one + 4) for one in range(9)]
    inside = [(4 * one + a, 4 * one + b) for one in range(10) for a in range(4) for b in range(a)]
    discs = islands(even(inside + 3 * chain), np.full(40, 8.0), np.repeat(np.arange(10), 4), 10.0)
    apart = distances(discs.centres)
    near = np.mean([apart[one, one + 1] for one in range(9)])
    assert near < 0.7 * apart[np.triu_indices(10, 2)].mean()


def test_what_nothing_ties_to_the_rest_lies_around_it() -> None:
    ties, group = communities(5, 20)
    alone = np.arange(5, 45)
    spots = places(ties, np.full(140, 8.0), np.concatenate([group, alone]))
    axes = np.abs(spots[:100]).max(axis=0)
    assert (((spots[100:] / axes) ** 2).sum(axis=1) > 1).all()


def test_a_hub_stands_inside_its_community() -> None:
    star = even([(0, leaf) for leaf in range(1, 40)])
    spots = places(star, np.array([20.0] + [8.0] * 39), np.zeros(40, dtype=np.int64))
    leaves = np.sqrt((spots[1:] ** 2.0).sum(axis=1)).mean()
    assert np.sqrt((spots[0] ** 2.0).sum()) < 0.4 * leaves


def test_the_centre_stands_in_the_middle() -> None:
    ties, group = communities(8, 40)
    spots = places(ties, np.full(320, 8.0), group, centre=319)
    reach = np.sqrt((spots**2.0).sum(axis=1))
    assert reach[319] < 0.1 * reach.max()
    assert np.sqrt((spots.mean(axis=0) ** 2).sum()) < 0.3 * reach.max(), "with the others on all sides"


def test_the_weak_and_the_strong_pull_apart_and_together() -> None:
    home = Discs(np.zeros((1, 2)), np.array([100.0]), np.zeros(100, dtype=np.int64))
    ends = np.array([[0, 50], [20, 70]])
    points = relax(spiral(100) * 10, Ties(ends, np.array([9.0, 0.01])), np.ones(100), home)
    apart = np.sqrt(((points[ends[:, 0]] - points[ends[:, 1]]) ** 2).sum(axis=1))
    assert apart[0] < 0.5 * apart[1]
    assert np.sqrt((points**2).sum(axis=1)).max() < 130, "and all stay about their disc"


@settings(max_examples=25)
@given(SIZES, st.randoms(use_true_random=False))
def test_parted_discs_keep_their_gap(sizes: list[float], chance: random.Random) -> None:
    points = np.array([(chance.uniform(0, 99), chance.uniform(0, 99)) for _ in sizes])
    assert overlap(part(points, np.array(sizes), 4.0), np.array(sizes)) < -3.5 or len(sizes) == 1


def test_gathered_discs_touch_and_the_middle_one_is_the_origin() -> None:
    chance = random.Random(2)
    radii = np.array([chance.uniform(20, 200) for _ in range(60)])
    points = np.array([(chance.uniform(-9e3, 9e3), chance.uniform(-9e3, 9e3)) for _ in radii])
    points[7] = 0
    gathered = gather(points, radii, 20.0, even([(0, 1)]), middle=7)
    assert gathered[7].tolist() == [0.0, 0.0]
    assert -20.1 < overlap(gathered, radii) < -15
    hull = np.pi * (np.sqrt((gathered**2).sum(axis=1)) + radii).max() ** 2
    assert hull < 3 * np.pi * ((radii + 10) ** 2).sum()


def test_thousands_of_nodes_in_one_star_stay_finite_and_apart() -> None:
    count = 3000
    star = even([(0, leaf) for leaf in range(1, count)])
    spots = places(star, np.full(count, 8.0), np.zeros(count, dtype=np.int64))
    assert np.abs(spots).max() < 3000
    assert overlap(spots, np.full(count, 8.0)) < 0


def test_leaves_that_nothing_else_ties_stay_with_their_hub() -> None:
    leaves = [f"leaf{number}" for number in range(30)]
    names = ["hub", *leaves]
    graph = made([(name, "Model") for name in names], [(leaf, "variantOf", "hub") for leaf in leaves])
    found = atlas(edge_list(graph), names)
    assert found.communities.size == [31]
