"""Which pairs the graph's structure speaks for: scores of tails that a head might have by one relation.

Three scores, each with a source, and a blend of them:

* popularity: how many heads the tail has already (preferential attachment, Barabási and Albert 1999);
* Adamic-Adar: the neighbours that head and tail share, each by how choosy it is (Adamic and Adar 2003,
  doi:10.1016/S0378-8733(03)00009-1);
* profile: what heads with a like profile have (neighbourhood-based filtering, Sarwar et al. 2001,
  doi:10.1145/371920.372071), where a profile is all that a head is linked with, by every relation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.types import ENTITY_TYPES, RELATION_TYPES, SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analyze.matrices import Facts, Floats, Ints, Matrix
    from kg.types import RelationType

SCORES = ("popularity", "adamic-adar", "profile")
_BATCH, _TINY = 64, 1e-12
_SHARPNESS = 2.0
_BLEND = {"popularity": 0.2, "adamic-adar": 0.3, "profile": 0.5}
"""What each counts in the blend; chosen on the year before those that figures are reported on (docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of all tails for some heads: b numbers of heads, t numbers of tails, and b x t scores for each name."""

    heads: Ints
    tails: Ints
    known: Matrix
    scores: dict[str, Floats]


class Predictor:
    """Scores tails by one relation from what a graph states.

    Args:
        facts: What is stated.
        relation: The relation that is asked for.
    """

    def __init__(self, facts: Facts, relation: RelationType) -> None:
        kinds = np.flatnonzero([kind in SIGNATURES[relation][1] for kind in ENTITY_TYPES])
        stated = facts.pairs(RELATION_TYPES.index(relation))
        having = np.bincount(stated.indices, minlength=len(facts.iris))
        self.tails = np.flatnonzero(np.isin(facts.types, kinds) & (having > 0))
        self._pairs = stated[:, self.tails]
        self._pairs.data[:] = 1.0
        self._popular = np.asarray(self._pairs.sum(axis=0)).ravel()
        self._linked = facts.linked()
        degree = np.asarray(self._linked.sum(axis=1)).ravel()
        self._choosy = self._linked[:, self.tails].multiply(1 / np.log(np.maximum(degree, 2))[:, None]).tocsr()
        self._profiles = facts.profiles()

    def scored(self, heads: Ints) -> Iterator[Scored]:
        """Score all tails for each head, some heads at a time; each score is scaled to a largest value of 1 a head."""
        others = self._profiles.T.tocsr()
        for start in range(0, len(heads), _BATCH):
            some = heads[start : start + _BATCH]
            like = (self._profiles[some] @ others).tocsr()
            like.data = np.where(like.indices == np.repeat(some, np.diff(like.indptr)), 0.0, like.data**_SHARPNESS)
            scores = {
                "popularity": np.tile(np.log1p(self._popular), (len(some), 1)),
                "adamic-adar": (self._linked[some] @ self._choosy).toarray(),
                "profile": (like @ self._pairs).toarray(),
            }
            scaled = {name: _scaled(found) for name, found in scores.items()}
            blend = sum((_BLEND[name] * scaled[name] for name in SCORES), np.zeros(()))
            yield Scored(some, self.tails, self._pairs[some], {**scaled, "blend": blend})


def _scaled(found: Floats) -> Floats:
    scaled: Floats = found / np.maximum(found.max(axis=1, initial=0.0), _TINY)[:, None]
    return scaled
