"""Bounded clusters: stars, in which every member agrees with the centre, instead of blind transitive closure.

The CENTER algorithm of Haveliwala, Gionis and Indyk (2000), as studied by Hassanzadeh and Miller (2009), "Creating
probabilistic databases from duplicated data": the heaviest names become centres, the others join the centre that they
agree with best. The outcome depends on weights, scores and names alone, never on an order.

>>> stars({"a": 9, "b": 5, "c": 1}, {("a", "b"): 0.9, ("b", "c"): 0.9})
{'b': 'a'}
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Pair = tuple[str, str]


def stars(
    weights: Mapping[str, int], scores: Mapping[Pair, float], apart: Callable[[str, str], bool] | None = None
) -> dict[str, str]:
    """Give each name that joins another the centre that it joins.

    Args:
        weights: Every name that takes part; the heaviest become centres, among equals the first by name.
        scores: How well two names agree; only those that do.
        apart: Tells of two names that must not meet in one cluster, even around a centre that both agree with.
    """
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (left, right), score in scores.items():
        near[left][right] = near[right][left] = max(score, near[left].get(right, 0.0))
    centres = _centres(sorted(near, key=lambda name: (-weights[name], name)), near)
    return _joined(near, centres, weights, apart or (lambda *_: False))


def _centres(names: Iterable[str], near: Mapping[str, Mapping[str, float]]) -> set[str]:
    """Choose, heaviest first, every name that agrees with no centre yet: an independent, dominating set."""
    centres: set[str] = set()
    for name in names:
        if centres.isdisjoint(near[name]):
            centres.add(name)
    return centres


def _joined(
    near: Mapping[str, Mapping[str, float]],
    centres: set[str],
    weights: Mapping[str, int],
    apart: Callable[[str, str], bool],
) -> dict[str, str]:
    joined: dict[str, str] = {}
    members: dict[str, list[str]] = defaultdict(list)
    wishes = [(-near[n][c], -weights[c], c, n) for n in near if n not in centres for c in near[n] if c in centres]
    for *_, centre, name in sorted(wishes):
        if name not in joined and not any(apart(name, other) for other in members[centre]):
            joined[name] = centre
            members[centre].append(name)
    return joined


def joined_in_turn(
    weights: Mapping[str, int],
    rounds: Iterable[Mapping[Pair, float]],
    apart: Callable[[str, str], bool],
) -> dict[str, str]:
    """Cluster in rounds: what one round brought together takes part in the next under the name of its centre.

    Args:
        weights: Every name.
        rounds: The scores of pairs that each round may use, the surest kinds first.
        apart: Tells of two names that must not meet.

    Returns:
        For every name in a cluster of others, the centre.

    Example:
        >>> surest, others = {("vit", "vision transformer"): 0.9}, {("vit model", "vit"): 0.7}
        >>> weights = {"vit": 5, "vision transformer": 9, "vit model": 1}
        >>> joined_in_turn(weights, [surest, others], lambda *_: False)
        {'vit': 'vision transformer', 'vit model': 'vision transformer'}
    """
    centre_of: dict[str, str] = {}
    mass = dict(weights)
    for scores in rounds:
        found = stars(mass, _lifted(scores, centre_of, apart), apart)
        for name, centre in found.items():
            mass[centre] += mass[name]
        centre_of = {name: found.get(centre, centre) for name, centre in centre_of.items()} | found
    return centre_of


def _lifted(
    scores: Mapping[Pair, float], centre_of: Mapping[str, str], apart: Callable[[str, str], bool]
) -> dict[Pair, float]:
    """Carry scores of names over to their centres, unless the centres must not meet."""
    lifted: dict[Pair, float] = {}
    for (left, right), score in scores.items():
        pair = min(ends := (centre_of.get(left, left), centre_of.get(right, right))), max(ends)
        if pair[0] != pair[1] and score > lifted.get(pair, 0.0) and not apart(*pair):
            lifted[pair] = score
    return lifted
