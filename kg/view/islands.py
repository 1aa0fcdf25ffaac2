"""Where communities lie: each a disc as large as its nodes need, related ones near, all close together, all apart.

Small communities that nothing ties to the rest lie in a belt around the others.
"""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kg.view.forces import Discs, Ties, relax, spiral
from kg.view.parting import gather

if TYPE_CHECKING:
    from kg.view.forces import Floats, Ints

_FEW = 5
_FULLNESS, _GAP, _KIN = 1.25, 5.0, 3.0
_WIDE, _STRETCH = 1.35, 2.5


def islands(ties: Ties, radii: Floats, group: Ints, room: float, centre: int | None = None) -> Discs:
    """Place the disc of every community.

    Args:
        ties: What ties nodes to each other.
        radii: n radii of nodes.
        group: n numbers of communities.
        room: The least gap between two nodes.
        centre: The community that lies in the middle, if any.

    Returns:
        The discs, around the origin, wider than high.
    """
    counts = np.bincount(group)
    reach = _FULLNESS * np.sqrt(np.bincount(group, (radii + room / 2) ** 2)) + room
    between = _between(Ties(group[ties.ends], ties.weights), len(counts))
    loose = counts < _FEW
    loose[between.ends.ravel()] = False
    loose &= not loose.all()
    number = np.cumsum(~loose) - 1
    middle = None if centre is None or loose[centre] else int(number[centre])
    centres = np.zeros((len(counts), 2))
    centres[~loose] = _packed(Ties(number[between.ends], between.weights), reach[~loose], _GAP * room, middle)
    centres[loose] = _belt(centres[~loose], reach[~loose], reach[loose], room)
    return Discs(centres, reach, group)


def _between(ties: Ties, count: int) -> Ties:
    """Add up the edges between communities: the share that a tie has of both, since size is no kinship, squared."""
    outer = ties.ends[:, 0] != ties.ends[:, 1]
    pairs = np.sort(ties.ends[outer], axis=1)
    keys, places = np.unique(pairs[:, 0] * count + pairs[:, 1], return_inverse=True)
    ends = np.column_stack([keys // max(count, 1), keys % max(count, 1)])
    added = np.bincount(places, ties.weights[outer], minlength=len(keys))
    return Ties(ends, added**2 / ties.strengths(count)[ends].prod(axis=1).clip(1e-9))


def _packed(ties: Ties, reach: Floats, gap: float, middle: int | None) -> Floats:
    """Let ties order the discs over one great disc, then push them together until they touch."""
    count, area = len(reach), reach**2
    whole = Discs(np.zeros((1, 2)), np.array([sqrt(area.sum())]), np.zeros(count, dtype=np.int64))
    start = spiral(count) * whole.radii / sqrt(count or 1)
    if middle is not None:
        start[[0, middle]] = start[[middle, 0]]
        start -= start[middle]
    if not len(ties.ends):
        return gather(start, reach, gap, ties, middle)
    ordered = relax(start, ties, area / area.mean(), whole, middle, pull=_KIN)
    return gather(_across(ordered), reach, gap, ties, middle)


def _across(points: Floats) -> Floats:
    """Turn the longest axis of the cloud to lie across, and even out its sides to those of a screen."""
    (xx, yy), xy = (points**2).mean(axis=0), (points[:, 0] * points[:, 1]).mean()
    angle = 0.5 * atan2(2 * xy, xx - yy)
    turned = points @ np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
    wide, high = np.sqrt((turned**2).mean(axis=0)) + 1.0
    stretch = sqrt(min(max(_WIDE * high / wide, 1 / _STRETCH), _STRETCH))
    evened: Floats = turned * (stretch, 1 / stretch)
    return evened


def _belt(centres: Floats, radii: Floats, reach: Floats, room: float) -> Floats:
    """Lay discs side by side along ellipses around those that have their places."""
    places = np.zeros((len(reach), 2))
    if not len(reach):
        return places
    axes = np.abs(centres).max(axis=0) + radii.max()
    filled = float((np.sqrt(((centres / axes) ** 2).sum(axis=1)) + radii / axes.min()).max())
    axes, angle = axes * filled + 2 * room + reach.max(), 0.0
    for number, radius in enumerate(reach.tolist()):
        places[number] = axes * (cos(angle), sin(angle))
        angle += (2 * radius + room) / sqrt((axes[0] * sin(angle)) ** 2 + (axes[1] * cos(angle)) ** 2)
        if angle > 2 * pi:
            axes, angle = axes + 2 * reach.max() + room, 0.0
    return places
