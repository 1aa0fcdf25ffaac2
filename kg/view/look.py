"""How types and relations look: shapes, colours, line patterns, sizes. Those of pages are in ``static/page.css``.

>>> SHAPES["Dataset"], DASHES["usedFor"]
('triangle', ())
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.types import EntityType, RelationType

SHAPES: dict[EntityType, str] = {
    "Task": "hexagon",
    "Method": "dot",
    "Model": "square",
    "Dataset": "triangle",
    "Metric": "star",
}
"""vis-network's shapes: a type is told by its shape where colours are not."""

COLOURS: dict[EntityType, tuple[int, int, int]] = {
    "Task": (230, 159, 0),
    "Method": (47, 134, 197),
    "Model": (18, 165, 124),
    "Dataset": (204, 121, 167),
    "Metric": (240, 228, 66),
}
"""Red, green, blue, for files that carry their own colours; ``static/page.css`` has the same, for light."""

DASHES: dict[RelationType, tuple[int, ...]] = {
    "usedFor": (),
    "partOf": (),
    "variantOf": (7, 5),
    "trainedOn": (7, 5),
    "evaluatedOn": (),
    "measuredBy": (2, 5),
    "benchmarkFor": (12, 4, 2, 4),
    "outperforms": (),
    "comparedWith": (7, 5),
}
"""Line patterns: the nine relations share four colours (purpose, make-up, measurement, contest)."""

_SMALLEST, _LARGEST, _FEW_PAPERS = 6.0, 32.0, 25


def radius(papers: int, most: int) -> float:
    """Give the size of a node: its area grows with its papers, up to the most widespread node of the page.

    >>> radius(0, 400), radius(100, 400), radius(400, 400), radius(1, 1)
    (6.0, 19.0, 32.0, 11.2)
    """
    share = sqrt(papers / max(most, _FEW_PAPERS))
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)
