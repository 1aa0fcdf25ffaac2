"""From what a network gives to how often it is right: a curve for each kind of statement.

Platt (1999): the log-odds are stretched and moved; the two numbers of each kind are fitted on abstracts that the
network had not seen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Calibration:
    """Curves by kind.

    >>> Calibration({"usedFor": [1.0, 0.0]})("usedFor", 0.25)
    0.25
    """

    def __init__(self, curves: Mapping[str, Sequence[float]]) -> None:
        self._curves = curves

    def __call__(self, kind: str, chance: float) -> float:
        """Return how often a statement of *kind* with this probability is right."""
        slope, shift = self._curves[kind]
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-slope * math.log(chance / (1 - chance)) - shift))
