"""The fields of a graph: its communities with names, sizes and hearts, and how well it falls into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kg.analyze.communities import hearts_of, leiden, names
from kg.analyze.edgelist import edge_list
from kg.asked import at_least
from kg.graph import Frame
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from kg.analyze.edgelist import EdgeList, Floats, Ints
    from kg.graph import Graph

_HEARTS = 8
_FINEST = 1e-6


@dataclass(frozen=True, slots=True, repr=False)
class Communities:
    """What belongs together.

    Attributes:
        modularity: How much more of the weight of facts lies within communities than chance would put there, 0 to 1.
        groups: A row for each community, the largest first: its number, ``name``, how many ``entities``, which share of
            the weight of its members' facts stays ``inside``, and its ``hearts``, the names most at home in it.
        members: A row for each entity that has facts: ``community``, name, type, papers, ``heart`` (how much it is at
            home there, comparable within a community), and IRI; community by community, the hearts first.
    """

    modularity: float
    groups: Frame
    members: Frame

    def __repr__(self) -> str:
        return f"modularity {self.modularity:.3f}\n{self.groups}"


def communities(graph: Graph, *, resolution: float = 1.0, least: int = 3) -> Communities:
    """Part the graph of stated facts into communities by the Leiden algorithm.

    Some ten seconds on a million facts; see :func:`kg.analyze.leiden` for the algorithm.

    Args:
        graph: Any graph.
        resolution: The higher, the more and the smaller communities.
        least: Leave out communities of fewer entities.

    Raises:
        KgError: A number is too small.
    """
    at_least(_FINEST, resolution=resolution)
    at_least(1, least=least)
    everything = edge_list(graph).stated
    edges = everything.among(np.flatnonzero(everything.degrees > 0))
    labels = leiden(edges.ends, edges.weights, len(edges), resolution=resolution)
    iris = edges.iris.to_pylist()
    called = graph.names(iris)
    titles = [called[iri] for iri in iris]
    hearts = hearts_of(edges, labels)
    order = np.lexsort((np.arange(len(edges)), -hearts, labels))
    sizes = np.bincount(labels)
    shown = order[sizes[labels[order]] >= least] if len(edges) else order
    return Communities(
        modularity(edges.ends, edges.weights, labels),
        Frame(_groups(edges, labels, titles, hearts, int(np.count_nonzero(sizes >= least)))),
        Frame(_members(edges, labels, titles, hearts, shown)),
    )


def modularity(ends: Ints, weights: Floats, labels: Ints) -> float:
    """Measure how well a graph falls into communities (Newman 2004, doi:10.1103/PhysRevE.70.056131).

    Args:
        ends: m x 2 numbers of nodes.
        weights: m strengths.
        labels: n numbers of communities.

    >>> pairs = np.array([[0, 1], [1, 2], [2, 0], [3, 4], [4, 5], [5, 3], [0, 3]])
    >>> round(modularity(pairs, np.ones(7), np.array([0, 0, 0, 1, 1, 1])), 3)
    0.357
    """
    total = weights.sum()
    if not total:
        return 0.0
    inside = weights[labels[ends[:, 0]] == labels[ends[:, 1]]].sum() / total
    strength = np.bincount(labels[ends.ravel()], np.repeat(weights, 2)) / (2 * total)
    return float(inside - strength @ strength)


def _groups(edges: EdgeList, labels: Ints, titles: list[str], hearts: Floats, count: int) -> pa.Table:
    sizes = np.bincount(labels, minlength=count)[:count]
    order = np.lexsort((np.arange(len(edges)), -hearts, labels))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    first = [order[start : start + min(size, _HEARTS)] for start, size in zip(starts, sizes, strict=False)]
    same = labels[edges.ends[:, 0]] == labels[edges.ends[:, 1]]
    whole = np.bincount(labels[edges.ends.ravel()], np.repeat(edges.weights, 2), minlength=count)[:count]
    within = 2 * np.bincount(labels[edges.ends[same, 0]], edges.weights[same], minlength=count)[:count]
    return pa.table(
        {
            "community": pa.array(np.arange(count)),
            "name": pa.array(names(edges, labels, titles)[:count], pa.string()),
            "entities": pa.array(sizes),
            "inside": pa.array(within / np.maximum(whole, 1e-12)),
            "hearts": pa.array([[titles[node] for node in some] for some in first], pa.list_(pa.string())),
        }
    )


def _members(edges: EdgeList, labels: Ints, titles: list[str], hearts: Floats, shown: Ints) -> pa.Table:
    return pa.table(
        {
            "community": pa.array(labels[shown]),
            "name": pa.array([titles[node] for node in shown], pa.string()),
            "type": pa.array([ENTITY_TYPES[kind] for kind in edges.types[shown]], pa.string()),
            "papers": pa.array(edges.papers[shown]),
            "heart": pa.array(hearts[shown]),
            "iri": edges.iris.take(pa.array(shown)),
        }
    )
