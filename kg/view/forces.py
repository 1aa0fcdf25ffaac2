"""How points move: pulled along their edges, pushed apart by each other, each group in the disc that is its own.

The forces are those of LinLog (Noack 2007, doi:10.7155/jgaa.00154): attraction grows with the logarithm of a distance,
so that what belongs together draws together, and repulsion with the masses, so that hubs keep room. Two things make
them quick and calm for ten thousand points. Repulsion is computed on a mesh, by Fourier transforms, as physicists do
for charged particles (Hockney and Eastwood 1988, *Computer Simulation Using Particles*, chapter 5: cloud in cell). And
every group has a background of the opposite charge, spread evenly over its disc: the group fills its disc as evenly,
and neither drifts nor pushes its neighbours, since from afar it is neutral.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

_ROUNDS = 120
_REPULSION = 5.0
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
_FINENESS, _COARSEST, _FINEST = 2.5, 48, 512
_SOFT = 0.5
_MARGIN = 1.25
_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class Discs:
    """Where n points live: k x 2 centres and k radii of discs, and n numbers of discs."""

    centres: Floats
    radii: Floats
    of: Ints

    @property
    def counts(self) -> Ints:
        """How many points live in each disc."""
        return np.bincount(self.of, minlength=len(self.radii))


def spiral(count: int) -> Floats:
    """Spread points evenly over a disc of radius √count, from the centre out (Vogel 1979's sunflower)."""
    turn = np.arange(count) * _GOLDEN_ANGLE
    points: Floats = np.sqrt(np.arange(count) + 0.3)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    return points


def spirals(counts: Ints) -> Floats:
    """Spread points over discs of radius 1, so many for each, one disc's after the other's."""
    return np.concatenate([np.zeros((0, 2)), *(spiral(count) / sqrt(count) for count in counts.tolist() if count)])


@dataclass(frozen=True, slots=True)
class Ties:
    """What pulls: m x 2 numbers of the points that each edge links, and m strengths."""

    ends: Ints
    weights: Floats

    def strengths(self, count: int) -> Floats:
        """Add up the strengths of the edges at each of ``count`` points."""
        strengths: Floats = np.bincount(self.ends.ravel(), np.repeat(self.weights, 2), minlength=count).astype(float)
        return strengths

    def means(self, points: Floats) -> Floats:
        """Return for each point the mean of those that it is tied to, by strength; the origin where there are none."""
        (left, right), each = self.ends.T, self.weights[:, None]
        whole = summed(left, points[right] * each, len(points)) + summed(right, points[left] * each, len(points))
        means: Floats = whole / self.strengths(len(points)).clip(1e-12)[:, None]
        return means


def relax(
    points: Floats, ties: Ties, mass: Floats, homes: Discs, pinned: int | None = None, *, pull: float = 1.0
) -> Floats:
    """Move points until pulls and pushes balance; the step that is allowed shrinks from round to round.

    Both are taken relative to what is usual (a group's mass over its radius, the strength of the ties at a point), so
    that groups of any size and graphs of any density come out alike.

    Args:
        points: n x 2 positions to begin at, no two the same.
        ties: What pulls points together; only the relation of the strengths matters.
        mass: n weights of the points: the push of a pair is the product of its masses over its distance.
        homes: The discs in which the points live, and which of them each lives in.
        pinned: A point that stays where it is, if any.
        pull: How strong the ties are beside the pushes; more gives up even spread for short ties.

    Returns:
        n x 2 positions.

    >>> home = Discs(np.zeros((1, 2)), np.array([30.0]), np.zeros(9, dtype=np.int64))
    >>> ties = Ties(np.array([[4, 8], [2, 5]]), np.array([9.0, 0.1]))
    >>> points = relax(spiral(9) * 10, ties, np.ones(9), home)
    >>> strong, weak = np.abs(points[ties.ends[:, 0]] - points[ties.ends[:, 1]]).sum(axis=1)
    >>> bool(strong < weak)
    True
    """
    points = points.copy()
    mesh = _Mesh(points, mass, homes)
    spacing = (homes.radii / np.sqrt(homes.counts.clip(1)))[homes.of, None]
    strength = ties.strengths(len(points))[:, None]
    usual = max(float(strength.mean()), 1e-9)
    whole = np.bincount(homes.of, mass, minlength=len(homes.radii)).clip(1e-9)
    charge = (_REPULSION * mass * (homes.radii * homes.counts / whole**2)[homes.of])[:, None]
    longest = 0.15 * float(homes.radii.max(initial=1.0))
    for done in range(_ROUNDS):
        force = charge * mesh.field(points) + pull / usual * _pull(points, ties, spacing)
        step = spacing * force / (1.0 + strength / usual)
        length = np.sqrt((step**2).sum(axis=1)).clip(1e-9)
        step *= (np.minimum(length, longest * (1 - done / _ROUNDS) ** 1.5) / length)[:, None]
        if pinned is not None:
            step[pinned] = 0.0
        points += step
    return points


def _pull(points: Floats, ties: Ties, spacing: Floats) -> Floats:
    left, right = ties.ends.T
    apart = points[right] - points[left]
    distance = np.sqrt((apart**2).sum(axis=1)).clip(1e-9)
    force = apart * (ties.weights * np.log1p(distance / spacing[left, 0]) / distance)[:, None]
    return summed(left, force, len(points)) - summed(right, force, len(points))


def summed(owners: Ints, vectors: Floats, count: int) -> Floats:
    """Add up vectors by owner."""
    return np.column_stack([np.bincount(owners, vectors[:, side], minlength=count) for side in (0, 1)])


class _Mesh:
    """A square of cells that holds all discs, with the charge of their backgrounds."""

    def __init__(self, points: Floats, mass: Floats, homes: Discs) -> None:
        fine = int(_FINENESS * sqrt(len(points)))
        self.size = 16 * round(min(max(fine, _COARSEST), _FINEST) / 16)
        self.mass = mass
        reach = _MARGIN * homes.radii[:, None]
        self.low = (homes.centres - reach).min(axis=0)
        self.cell = float(((homes.centres + reach).max(axis=0) - self.low).max()) / (self.size - 2)
        self.kernels = self._kernels()
        self.background = self._spread(*_backgrounds(mass, homes))

    def _kernels(self) -> list[npt.NDArray[np.complex128]]:
        """Transform the push of a unit charge, distance over distance squared, in both directions."""
        cells = np.fft.fftfreq(2 * self.size, 1 / (2 * self.size))
        across, down = np.meshgrid(cells, cells)
        square = across**2 + down**2 + _SOFT
        return [np.fft.rfft2(axis / square / self.cell) for axis in (across, down)]

    def field(self, points: Floats) -> Floats:
        """Return the push on a unit charge at each of the points, which hold the charges themselves."""
        charge = self._spread(points, self.mass) - self.background
        shape = (2 * self.size, 2 * self.size)
        transformed = np.fft.rfft2(charge, shape)
        fields = (np.fft.irfft2(transformed * kernel, shape)[: self.size, : self.size] for kernel in self.kernels)
        return np.column_stack([self._gathered(one.ravel(), points) for one in fields])

    def _corners(self, points: Floats) -> Iterator[tuple[Ints, Floats]]:
        """Give the four cells around each point and the share that each has in it."""
        place = ((points - self.low) / self.cell).clip(0, self.size - 1.001)
        whole = place.astype(np.int64)
        part = place - whole
        for right in (0, 1):
            for below in (0, 1):
                share = np.abs(1 - right - part[:, 0]) * np.abs(1 - below - part[:, 1])
                yield (whole[:, 1] + below) * self.size + whole[:, 0] + right, share

    def _spread(self, points: Floats, charge: Floats) -> Floats:
        cells = self.size * self.size
        spread = np.zeros(cells)
        for place, share in self._corners(points):
            spread += np.bincount(place, share * charge, minlength=cells)
        return spread.reshape(self.size, self.size)

    def _gathered(self, field: Floats, points: Floats) -> Floats:
        gathered = np.zeros(len(points))
        for place, share in self._corners(points):
            gathered += field[place] * share
        return gathered


def _backgrounds(mass: Floats, homes: Discs) -> tuple[Floats, Floats]:
    """Spread the mass of each group evenly over its disc, as many small charges."""
    counts = _SAMPLES * homes.counts
    owners = np.repeat(np.arange(len(counts)), counts)
    masses = np.bincount(homes.of, mass, minlength=len(counts)) / counts.clip(1)
    return homes.centres[owners] + homes.radii[owners, None] * spirals(counts), masses[owners]
