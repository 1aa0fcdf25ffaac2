"""Where nodes stand: communities apart, hubs inside, nothing on top of anything; the same for the same graph.

Communities (Louvain) are placed first, each with its hubs in the middle; then all nodes move under forces that pull the
connected together and push all apart (:mod:`kg.view.forces`); then nodes that still overlap are parted.

>>> places([(0, 1, 1.0), (2, 3, 1.0)], [10.0] * 4) == places([(0, 1, 1.0), (2, 3, 1.0)], [10.0] * 4)
True
"""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from kg.view.forces import part, relax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.view.forces import Floats, Ints

    Edge = tuple[int, int, float]

_SEED = 11
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
_WIDE = 1.2
_STRETCH = 2.5
_SPREAD = 46.0
_ROOM = 26.0
_STRANGERS = 0.35
_TO_CENTRE = 4.0


def places(edges: Sequence[Edge], radii: Sequence[float], centre: int | None = None) -> list[tuple[int, int]]:
    """Lay out a graph.

    Args:
        edges: (node, node, weight), nodes numbered from 0.
        radii: The radius of each node, in the units of the outcome (pixels at zoom 1).
        centre: The node that the others shall lie around, if any.

    Returns:
        For each node x and y, whole numbers, centred on the origin, wider than high.
    """
    count = len(radii)
    if not count:
        return []
    ends, weights = _tempered(edges, count)
    group = _communities(ends, weights, count)
    start = _start(ends, weights, group)
    loosened = np.where(group[ends[:, 0]] == group[ends[:, 1]], weights, weights * _STRANGERS)
    if centre is not None:
        loosened[(ends == centre).any(axis=1)] *= _TO_CENTRE
    mass = 1.0 + np.sqrt(np.bincount(ends.ravel(), minlength=count))
    relaxed = relax(start, ends, loosened, mass, centre)
    sizes = np.asarray(radii, dtype=float)
    room = _ROOM * (1 + 6 / sqrt(count))
    parted = part(_scaled(_across(relaxed), sizes + 0.8 * room), sizes, room)
    return [(round(float(x)), round(float(y))) for x, y in parted - parted.mean(axis=0)]


def _tempered(edges: Sequence[Edge], count: int) -> tuple[Ints, Floats]:
    """Weigh an edge less the more edges its ends have: what links everything ("accuracy") binds nothing."""
    ends = np.array([edge[:2] for edge in edges], dtype=np.intp).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count)
    raw = np.log2(1.0 + np.array([edge[2] for edge in edges], dtype=float))
    return ends, raw / np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]).clip(1))


def _communities(ends: Ints, weights: Floats, count: int) -> Ints:
    """Number the community of each node, the largest first."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for (left, right), weight in zip(ends.tolist(), weights.tolist(), strict=True):
        known = graph.get_edge_data(left, right, {"weight": 0.0})
        graph.add_edge(left, right, weight=known["weight"] + weight)
    found = nx.community.louvain_communities(graph, seed=_SEED)
    group = np.zeros(count, dtype=np.intp)
    for number, members in enumerate(sorted(found, key=lambda nodes: (-len(nodes), min(nodes)))):
        group[sorted(members)] = number
    return group


def _start(ends: Ints, weights: Floats, group: Ints) -> Floats:
    """Place the communities by their links to one another, and each one's nodes on a spiral, hubs in the middle."""
    sizes = np.bincount(group).astype(float)
    outer = group[ends]
    between = outer[:, 0] != outer[:, 1]
    centres = relax(_spiral(len(sizes)) * _SPREAD, outer[between], weights[between], sizes)
    strength = np.bincount(ends.ravel(), np.repeat(weights, 2), minlength=len(group))
    start = centres[group]
    for number in range(len(sizes)):
        members = np.flatnonzero(group == number)
        start[members[np.argsort(-strength[members], kind="stable")]] += _spiral(len(members)) * 8
    return start


def _spiral(count: int) -> Floats:
    """Spread points evenly over a disc of radius √count, from the centre out (Vogel's sunflower)."""
    turn = np.arange(count) * _GOLDEN_ANGLE
    spiral: Floats = np.sqrt(np.arange(count) + 0.3)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    return spiral


def _across(points: Floats) -> Floats:
    """Turn the longest axis of the cloud to lie across, and even out its sides to those of a screen."""
    centred = points - points.mean(axis=0)
    (xx, yy), xy = (centred**2).mean(axis=0), (centred[:, 0] * centred[:, 1]).mean()
    angle = 0.5 * atan2(2 * xy, xx - yy)
    turned = centred @ np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
    wide, high = np.sqrt((turned**2).mean(axis=0)) + 1.0
    stretch = sqrt(min(max(_WIDE * high / wide, 1 / _STRETCH), _STRETCH))
    evened: Floats = turned * (stretch, 1 / stretch)
    return evened


def _scaled(points: Floats, sizes: Floats) -> Floats:
    """Scale the whole so that its spread fits the room that all nodes need."""
    spread = float(np.sqrt((points**2).sum(axis=1).mean())) or 1.0
    wanted = sqrt(float((sizes**2).sum())) * 0.9
    return points * (wanted / spread)
