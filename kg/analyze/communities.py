"""Which entities belong together: Leiden communities, each with a name, the same for the same graph."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import graspologic_native
import numpy as np

from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyze.edgelist import EdgeList, Floats, Ints

_SEED, _TRIALS, _ITERATIONS = 11, 1, 3
_TASK, _METRIC = ENTITY_TYPES.index("Task"), ENTITY_TYPES.index("Metric")
_TINY, _PARTED = 1e-12, " · "


def leiden(ends: Ints, weights: Floats, count: int, *, resolution: float = 1.0) -> Ints:
    """Number the community of each node, the largest community first, by the Leiden algorithm.

    Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z, maximising modularity (graspologic-native). The
    order of the edges does not matter; their direction does not either, and parallel edges add up.

    Args:
        ends: m x 2 numbers of the nodes that each edge links.
        weights: m strengths, above 0.
        count: How many nodes there are, n.
        resolution: The higher, the more and the smaller communities.

    Returns:
        n numbers of communities; nodes without edges are a community each.

    >>> pairs = [[0, 1], [1, 2], [2, 0], [3, 4], [4, 5], [5, 3], [0, 3]]
    >>> leiden(np.array(pairs), np.ones(7), 7).tolist()
    [0, 0, 0, 1, 1, 1, 2]
    """
    indptr, indices, data = _symmetric(ends, weights, count)
    if not len(data):
        return np.arange(count)
    _, found = graspologic_native.leiden_csr(
        indptr, indices, data, count, resolution=resolution, seed=_SEED, trials=_TRIALS, iterations=_ITERATIONS
    )
    labels = np.array([found[node] for node in range(count)], dtype=np.int64)
    return largest_first(labels)


def _symmetric(ends: Ints, weights: Floats, count: int) -> tuple[Ints, Ints, Floats]:
    """Add up parallel edges, leave out loops, and list every edge from both ends, as a sparse matrix by rows."""
    low, high = ends.min(axis=1, initial=count), ends.max(axis=1, initial=0)
    pairs = low * count + high
    order = np.lexsort((weights, pairs))
    order = order[low[order] != high[order]]
    keys, places = np.unique(pairs[order], return_inverse=True)
    added = np.bincount(places, weights[order], minlength=len(keys))
    rows, columns = np.concatenate([keys // count, keys % count]), np.concatenate([keys % count, keys // count])
    by_row = np.lexsort((columns, rows))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    return indptr.astype(np.int64), columns[by_row].astype(np.int32), np.concatenate([added, added])[by_row]


def largest_first(labels: Ints) -> Ints:
    """Number communities by size, then by their first node."""
    _, first, places, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first))
    numbered: Ints = rank[places]
    return numbered


def hearts_of(edges: EdgeList, labels: Ints) -> Floats:
    """Tell how much each node is the heart of its community.

    That is the weight of its relations inside, times their share of all its relations, times the logarithm of the
    papers that mention it: what is at home everywhere is no heart, nor what one paper dwells on.

    Args:
        edges: Nodes and relations.
        labels: The community of each node.

    Returns:
        n numbers, 0 for a node without relations inside its community.
    """
    inside = labels[edges.ends[:, 0]] == labels[edges.ends[:, 1]]
    within, whole = (
        np.bincount(edges.ends[rows].ravel(), np.repeat(edges.weights[rows], 2), minlength=len(edges))
        for rows in (inside, slice(None))
    )
    hearts: Floats = within * within / np.maximum(whole, _TINY) * np.log2(1 + edges.papers)
    return hearts


def names(edges: EdgeList, labels: Ints, called: Sequence[str]) -> list[str]:
    """Name each community for its heart: the task that is most its own, and what else is.

    Args:
        edges: Nodes and relations.
        labels: The community of each node.
        called: The name of each node.

    Returns:
        A name for each community, such as ``image classification · ImageNet``; in a community without a task, two
        others make it.
    """
    hearts = hearts_of(edges, labels)
    order = np.lexsort((-hearts, labels))
    starts = np.searchsorted(labels[order], np.arange(labels.max(initial=-1) + 2))
    members = (order[start:end] for start, end in pairwise(starts.tolist()))
    return [_PARTED.join(called[node] for node in _hearts(one, edges.types[one])) for one in members]


def _hearts(members: Ints, types: Ints) -> list[int]:
    """Choose two of the members, which come by centrality: the first task, and the first that is no task or metric."""
    tasks = members[types == _TASK][:1]
    others = members[(types != _TASK) & (types != _METRIC)]
    chosen = [*tasks.tolist(), *others.tolist(), *members.tolist()]
    return list(dict.fromkeys(chosen))[:2]
