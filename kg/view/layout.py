"""Where nodes stand: communities apart, hubs inside, nothing on top of anything; the same for the same graph.

Communities become discs that lie close together, related ones near (:mod:`kg.view.islands`); in its disc each one's
nodes move until pulls and pushes balance (:mod:`kg.view.forces`); then nodes that still overlap are parted
(:mod:`kg.view.parting`). Ten thousand nodes and fifty thousand edges take some seconds.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kg.view.forces import Ties, relax, spirals
from kg.view.islands import islands
from kg.view.parting import part

if TYPE_CHECKING:
    from kg.view.forces import Discs, Floats, Ints

_STRANGERS = 0.03
_ROOM, _LEAST_ROOM, _MOST_ROOM, _AT = 30.0, 6.0, 60.0, 500


def places(ties: Ties, radii: Floats, group: Ints, centre: int | None = None) -> Ints:
    """Lay out a graph.

    Args:
        ties: Its edges.
        radii: n radii of nodes, in the units of the outcome (pixels at zoom 1).
        group: n numbers of communities, from 0 without a gap.
        centre: The node that the others shall lie around, if any.

    Returns:
        n x 2 whole numbers: x and y, y downward, around the origin, wider than high.

    >>> pair = Ties(np.array([[0, 1]]), np.ones(1))
    >>> places(pair, np.full(3, 9.0), np.array([0, 0, 1])).shape
    (3, 2)
    """
    if not len(radii):
        return np.zeros((0, 2), dtype=np.int64)
    room = float(np.clip(_ROOM * sqrt(_AT / len(radii)), _LEAST_ROOM, _MOST_ROOM))
    homes = islands(ties, radii, group, room, None if centre is None else int(group[centre]))
    mass = 1.0 + np.sqrt(np.bincount(ties.ends.ravel(), minlength=len(radii)))
    relaxed = relax(_start(ties, homes, centre), _loosened(ties, group), mass, homes, centre)
    whole: Ints = part(relaxed, radii, room).round().astype(np.int64)
    return whole if centre is None else whole - whole[centre]


def _loosened(ties: Ties, group: Ints) -> Ties:
    """Weaken the edges between communities, so that all those of a node pull less than those inside its own."""
    outside = group[ties.ends[:, 0]] != group[ties.ends[:, 1]]
    inner, outer = (Ties(ties.ends[rows], ties.weights[rows]).strengths(len(group)) for rows in (~outside, outside))
    held = (_STRANGERS * inner / np.maximum(inner, outer).clip(1e-9))[ties.ends].min(axis=1)
    return Ties(ties.ends, np.where(outside, ties.weights * held, ties.weights))


def _start(ties: Ties, homes: Discs, centre: int | None) -> Floats:
    """Begin with the nodes of each community on a spiral over its disc, the strongest in the middle."""
    strength = ties.strengths(len(homes.of))
    if centre is not None:
        strength[centre] = np.inf
    order = np.lexsort((-strength, homes.of))
    owner = homes.of[order]
    start = np.empty((len(order), 2))
    start[order] = homes.centres[owner] + 0.9 * homes.radii[owner, None] * spirals(homes.counts)
    if centre is not None:
        start[centre] = homes.centres[homes.of[centre]]
    return start
