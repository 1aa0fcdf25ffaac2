"""The map of a page: where its nodes stand, which community they belong to, and where the communities lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.analyze import leiden
from kg.analyze.communities import largest_first, names
from kg.view.columns import CommunityColumns
from kg.view.forces import Ties
from kg.view.layout import places
from kg.view.look import radius
from kg.view.safe import clean

if TYPE_CHECKING:
    from kg.analyze import EdgeList
    from kg.view.forces import Floats, Ints

_A_FINENESS, _FINEST = 5000, 2.0
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of n nodes.

    Attributes:
        places: n x 2 whole numbers: x and y, y downward.
        radii: n radii of the nodes.
        community: n numbers of communities.
        communities: Their names, sizes, and the discs in which their nodes lie.
    """

    places: Ints
    radii: Floats
    community: Ints
    communities: CommunityColumns


def atlas(edges: EdgeList, called: list[str], centre: int | None = None) -> Atlas:
    """Find the communities of a graph, name them, and give every node a place.

    Args:
        edges: Nodes and relations.
        called: The name of each node.
        centre: The node that the others shall lie around, if any.
    """
    fineness = min(max(1.0, len(edges) / _A_FINENESS), _FINEST)
    group = _adopted(leiden(edges.ends, edges.weights, len(edges), resolution=fineness), edges)
    most = int(edges.papers.max(initial=0))
    radii = np.array([radius(papers, most) for papers in edges.papers.tolist()])
    points = places(Ties(edges.ends, edges.weights), radii, group, centre)
    titles = names(edges, group, [clean(name, _LONGEST) or "?" for name in called])
    return Atlas(points, radii, group, _communities(titles, points, radii, group))


def _adopted(group: Ints, edges: EdgeList) -> Ints:
    """Let a node that Leiden left alone join its strongest neighbour, if that has more relations.

    The leaves of a star share nothing but its middle, and modularity parts them all; on a map they belong to it.
    """
    weights, degrees = np.repeat(edges.weights, 2), edges.degrees
    node, other = edges.ends.ravel(), edges.ends[:, ::-1].ravel()
    leaves = (np.bincount(group)[group[node]] == 1) & (degrees[node] < degrees[other])
    order = np.lexsort((other, -weights, node))[::-1]
    order = order[leaves[order]]
    joined = group.copy()
    joined[node[order]] = group[other[order]]
    return largest_first(joined)


def _communities(titles: list[str], points: Ints, radii: Floats, group: Ints) -> CommunityColumns:
    """Describe communities by the discs that just hold their nodes."""
    sizes = np.bincount(group)
    middles = np.column_stack([np.bincount(group, points[:, side]) / sizes.clip(1) for side in (0, 1)])
    reach = np.zeros(len(sizes))
    np.maximum.at(reach, group, np.sqrt(((points - middles[group]) ** 2).sum(axis=1)) + radii)
    x, y = middles.round().astype(np.int64).T.tolist()
    return CommunityColumns(titles, sizes.tolist(), x, y, np.ceil(reach).astype(np.int64).tolist())
