"""The two motions of the layout, over all pairs of at most some hundred nodes, in numpy.

The forces are those of LinLog (Noack 2007, doi:10.7155/jgaa.00154) as ForceAtlas2 uses them: attraction grows with the
logarithm of a distance, so that communities draw apart, and repulsion with the masses, so that hubs keep room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from typing import TypeAlias

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]

_ROUNDS = 260
_REPULSION = 30.0
_GRAVITY = 0.06
_PARTINGS = 150


def relax(points: Floats, ends: Ints, weights: Floats, mass: Floats, middle: int | None = None) -> Floats:
    """Move points until pulls and pushes balance; the step that is allowed shrinks from round to round.

    Args:
        points: n x 2 positions to begin at, no two the same.
        ends: m x 2 numbers of the points that each edge links.
        weights: m strengths of the edges.
        mass: n weights of the points: the push of a pair is the product of its masses over its distance.
        middle: The point that is held in the middle of all, if any.

    Returns:
        n x 2 positions.

    >>> line = np.array([[0.0, 0.0], [9.0, 0.0], [20.0, 0.0]])
    >>> left, middle, right = relax(line, np.array([[0, 1]]), np.ones(1), np.ones(3))
    >>> bool(abs(middle - left).max() < abs(right - middle).max())
    True
    """
    points = points.copy()
    charge = _REPULSION * mass[:, None] * mass[None, :]
    longest = 0.1 * float(np.ptp(points)) + 1.0
    for done in range(_ROUNDS):
        push = _repulsion(points, charge) + _attraction(points, ends, weights) - _pull_home(points, mass)
        length = np.sqrt((push**2).sum(axis=1)).clip(1e-9)
        step = longest * (1 - done / _ROUNDS) ** 1.5
        points += push * (np.minimum(length, step) / length)[:, None]
        if middle is not None:
            points[middle] = points.mean(axis=0)
    return points


def _repulsion(points: Floats, charge: Floats) -> Floats:
    """Sum charge / (distance² + 1) along the lines to all others; in place, since this is where the time goes."""
    dx = points[:, 0, None] - points[None, :, 0]
    dy = points[:, 1, None] - points[None, :, 1]
    dx *= dx
    dy *= dy
    dx += dy
    dx += 1.0
    force = np.divide(charge, dx, out=dx)
    pushed: Floats = points * force.sum(axis=1)[:, None] - np.einsum("ij,jk->ik", force, points)
    return pushed


def _attraction(points: Floats, ends: Ints, weights: Floats) -> Floats:
    pull = np.zeros_like(points)
    apart = points[ends[:, 1]] - points[ends[:, 0]]
    distance = np.sqrt((apart**2).sum(axis=1)).clip(1e-9)
    force = apart * (_REPULSION * weights * np.log1p(distance) / distance)[:, None]
    np.add.at(pull, ends[:, 0], force)
    np.subtract.at(pull, ends[:, 1], force)
    return pull


def _pull_home(points: Floats, mass: Floats) -> Floats:
    pulled: Floats = _GRAVITY * mass[:, None] * (points - points.mean(axis=0))
    return pulled


def part(points: Floats, radii: Floats, room: float) -> Floats:
    """Part discs that overlap, each pair along the line between them, until none does or the rounds are over.

    >>> parted = part(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([5.0, 5.0]), room=2.0)
    >>> float(abs(parted[1] - parted[0]).max().round(1))
    12.0
    """
    points = points.copy()
    wanted = radii[:, None] + radii[None, :] + room
    np.fill_diagonal(wanted, 0.0)
    for _ in range(_PARTINGS):
        dx = points[:, 0, None] - points[None, :, 0]
        dy = points[:, 1, None] - points[None, :, 1]
        distance = np.sqrt(dx * dx + dy * dy).clip(1e-6)
        lack = (wanted - distance).clip(0.0)
        if lack.max() < 1e-3:
            break
        share = 0.5 * lack / distance
        points += np.column_stack([(dx * share).sum(axis=1), (dy * share).sum(axis=1)])
    return points
