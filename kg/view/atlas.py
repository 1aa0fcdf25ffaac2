"""The map of a page: where its nodes stand, which community they belong to, and where the communities lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.analyze import leiden
from kg.analyze.communities import names
from kg.view.columns import CommunityColumns
from kg.view.layout import _spiral
from kg.view.safe import clean

if TYPE_CHECKING:
    from kg.analyze import EdgeList

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places and communities of n nodes.

    Attributes:
        x: n places across.
        y: n places down.
        community: n numbers of communities.
        communities: The communities.
    """

    x: list[int]
    y: list[int]
    community: list[int]
    communities: CommunityColumns


def atlas(edges: EdgeList, called: list[str]) -> Atlas:
    """Find the communities of a graph, name them, and give every node a place."""
    labels = leiden(edges.ends, edges.weights, len(edges), resolution=2.0)
    sizes = np.bincount(labels)
    centres = _spiral(len(sizes)) * 600
    points = centres[labels]
    for one in range(len(sizes)):
        members = np.flatnonzero(labels == one)
        points[members] += _spiral(len(members)) * 25
    x, y = points.round().astype(int).T.tolist()
    cx, cy = centres.round().astype(int).T.tolist()
    title = names(edges, labels, [clean(name, _LONGEST) or "?" for name in called])
    reach = (np.sqrt(sizes) * 25).astype(int).tolist()
    return Atlas(x, y, labels.tolist(), CommunityColumns(title, sizes.tolist(), cx, cy, reach))
