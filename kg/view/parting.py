"""Discs that overlap are parted, ten thousand of them as well as ten.

>>> parted = part(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([5.0, 5.0]), room=2.0)
>>> float(abs(parted[1] - parted[0]).max().round(1))
12.0
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kg.view.forces import Ties, summed

if TYPE_CHECKING:
    from kg.view.forces import Floats, Ints

_ROUNDS = 200
_LARGE = 1.8
_ENOUGH, _NOWHERE = 0.01, (1e-6, 0.0)
_GATHERED, _FEWEST, _MOST = 60_000, 60, 600
_DRAUGHT, _KIN = 0.01, 0.8


def gather(points: Floats, radii: Floats, room: float, ties: Ties, middle: int | None = None) -> Floats:
    """Draw discs together around the one in the middle, or to those that they are tied to and to the origin.

    They begin as close as their areas allow and end when they touch. The draught weakens from round to round, and every
    round pushes apart what overlaps; of more discs there are fewer rounds.

    >>> row, free = np.column_stack([np.arange(3) * 100.0, np.zeros(3)]), Ties(np.zeros((0, 2), int), np.zeros(0))
    >>> np.diff(gather(row, np.full(3, 9.0), 2.0, free)[:, 0]).round().tolist()
    [20.0, 20.0]
    """
    spread = float(np.sqrt((points**2).sum(axis=1).mean()))
    points = points * min(1.0, sqrt(float((radii**2).sum())) / max(spread, 1e-9))
    pushes, kin = _Pushes(radii, room), _KIN if middle is None else 0.0
    rounds = min(max(_GATHERED // max(len(points), 1), _FEWEST), _MOST)
    for done in range(rounds):
        points -= _hub(points, middle)
        points += _DRAUGHT * (1 - done / rounds) * (kin * ties.means(points) - points)
        points += pushes(points)
    points = part(points, radii, room)
    return points - _hub(points, middle)


def part(points: Floats, radii: Floats, room: float) -> Floats:
    """Push overlapping discs apart, each pair along the line between them, until none overlap or the rounds are over.

    The larger a disc is, the less it gives way.

    Args:
        points: n x 2 centres.
        radii: n radii.
        room: The least gap between two discs.

    Returns:
        n x 2 centres.
    """
    points = points.copy()
    pushes = _Pushes(radii, room)
    for _ in range(_ROUNDS):
        step = pushes(points)
        if np.abs(step).max(initial=0.0) < _ENOUGH:
            break
        points += step
    return points


def _hub(points: Floats, middle: int | None) -> Floats:
    hub: Floats = points.mean(axis=0) if middle is None else points[middle]
    return hub


class _Pushes:
    """The pushes on overlapping discs; remembers which are near each other for as long as that can hold."""

    def __init__(self, radii: Floats, room: float) -> None:
        self.radii, self.areas, self.room = radii, radii**2, room
        self.slack = 2 * float(np.median(radii)) if len(radii) else 0.0
        self.seen: Floats | None = None
        self.pairs: Ints
        self.wanted: Floats

    def __call__(self, points: Floats) -> Floats:
        """Return n x 2 steps: what each pair lacks, most of it taken by the smaller disc."""
        if self.seen is None or (((points - self.seen) ** 2).sum(axis=1) > (self.slack / 2) ** 2).any():
            self.pairs, self.wanted = _close(points, self.radii, self.room, self.slack)
            self.seen = points.copy()
        left, right = self.pairs.T
        apart = points[left] - points[right]
        apart[(apart == 0).all(axis=1)] = _NOWHERE
        distance = np.sqrt((apart**2).sum(axis=1))
        push = apart * ((self.wanted - distance).clip(0.0) / distance)[:, None]
        share = (self.areas[right] / (self.areas[left] + self.areas[right]))[:, None]
        return summed(left, push * share, len(points)) - summed(right, push * (1 - share), len(points))


def _close(points: Floats, radii: Floats, room: float, slack: float) -> tuple[Ints, Floats]:
    """List the pairs that overlap, or may once each has moved by half of ``slack``, and the distance that each wants.

    The many small discs are compared in a fine grid, and the few large ones with all in a coarse one.
    """
    bound = _LARGE * float(np.median(radii)) if len(radii) else 0.0
    small, large = np.flatnonzero(radii <= bound), np.flatnonzero(radii > bound)
    among = _neighbours(points[small], 2 * bound + room + slack, np.arange(len(small)))
    among = among[among[:, 0] < among[:, 1]]
    beside = _neighbours(points, 2 * float(radii.max(initial=0.0)) + room + slack, large)
    pairs = np.concatenate([small[among], beside[(radii[beside[:, 1]] <= bound) | (beside[:, 0] < beside[:, 1])]])
    wanted = radii[pairs].sum(axis=1) + room
    apart = points[pairs[:, 0]] - points[pairs[:, 1]]
    near = (apart**2).sum(axis=1) < (wanted + slack) ** 2
    return pairs[near], wanted[near]


def _neighbours(points: Floats, reach: float, chosen: Ints) -> Ints:
    """List the pairs of a chosen point and another in the same or an adjoining cell of a grid of such cells."""
    across, down = ((points - points.min(axis=0, initial=np.inf)) / max(reach, 1e-9)).astype(np.int64).T
    width = across.max(initial=0) + 3
    cell = (down + 1) * width + across + 1
    order = np.argsort(cell, kind="stable")
    cells = cell[order]
    pairs = []
    for row in (-width, 0, width):
        first = np.searchsorted(cells, cell[chosen] + row - 1, "left")
        counts = np.searchsorted(cells, cell[chosen] + row + 1, "right") - first
        left = np.repeat(chosen, counts)
        right = order[np.arange(len(left)) + np.repeat(first - np.cumsum(counts) + counts, counts)]
        pairs.append(np.column_stack([left, right]))
    return np.concatenate(pairs)
