"""Strings of a text that may be names, each with the evidence of all its occurrences.

The guidelines take every whole-word occurrence of a listed string as a mention of one entity.  So a string is judged
once, on what the network says at each place where it stands, on what it competes with, on how it is written, and on
how often other abstracts call it an entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]
Place = tuple[int, int]
TYPES = ("Task", "Method", "Model", "Dataset", "Metric")
LONGEST, LEAST = 10, 0.06
SMALL = 1e-3


@dataclass(slots=True)
class Candidate:
    """A string, the words ``first:last`` of each of its occurrences, and what the network thinks of it there."""

    surface: str
    words: list[Place]
    scores: list[float]  # of its type, an occurrence each
    mean: list[float]  # over the occurrences, a type each
    type: int
    partner: float = SMALL  # the best probability of what stands in parentheses behind it, or before them
    longer: float = 0.0  # of what overlaps it and is as long or longer
    shorter: float = 0.0

    @property
    def best(self) -> float:
        """The highest probability that it has anywhere."""
        return max(self.scores)


def find(text: str, places: Sequence[Place], tags: Floats, *, least: float = LEAST) -> list[Candidate]:
    """All strings that somewhere are a span of some type with probability *least* or more."""
    begins, insides = tags[:, 1::2].copy(), tags[:, 2::2].copy()
    nowhere = [word for word, (start, _) in enumerate(places) if start < 0]
    begins[nowhere], insides[nowhere] = 0, 0
    outside = np.ones_like(insides)
    outside[:-1] -= insides[1:]
    surfaces = sorted({text[places[a][0] : places[b][1]] for a, b in _likely(begins, insides, outside, least)})
    starts = {start: word for word, (start, _) in enumerate(places) if start >= 0}
    ends = {end: word + 1 for word, (_, end) in enumerate(places) if end > 0}
    words = [occurrences(text, surface, starts, ends) for surface in surfaces]
    found = _candidates(surfaces, words, begins, insides, outside)
    _compete(found, text, places)
    return found


def _likely(begins: Floats, insides: Floats, outside: Floats, least: float) -> list[Place]:
    """First and last word of each span that some type has with probability *least* or more."""
    found: list[Place] = []
    first = np.flatnonzero(begins.max(1) >= least)
    last, reached = first, begins[first]
    for _ in range(LONGEST):
        ended = (reached * outside[last]).max(1) >= least
        found += zip(first[ended].tolist(), last[ended].tolist(), strict=True)
        more = last + 1 < len(insides)
        first, last, reached = first[more], last[more] + 1, reached[more]
        reached = reached * insides[last]
        alive = reached.max(1) >= least
        if not alive.any():
            break
        first, last, reached = first[alive], last[alive], reached[alive]
    return found


def occurrences(text: str, surface: str, starts: dict[int, int], ends: dict[int, int]) -> list[Place]:
    """Words ``first:last`` of each place where *surface* stands between word borders, none overlapping."""
    found = []
    at = text.find(surface)
    while at >= 0:
        end = at + len(surface)
        whole = at in starts and end in ends
        if whole:
            found.append((starts[at], ends[end]))
        at = text.find(surface, end if whole else at + 1)
    return found


def _candidates(
    surfaces: list[str],
    words: list[list[Place]],
    begins: Floats,
    insides: Floats,
    outside: Floats,
) -> list[Candidate]:
    """Score all occurrences of all surfaces at once."""
    if not surfaces:
        return []
    first, last = np.array([place for places in words for place in places]).T
    logs = np.zeros((len(insides) + 1, insides.shape[1]))
    np.cumsum(np.log(insides + 1e-9), axis=0, out=logs[1:])
    scores = begins[first] * np.exp(logs[last] - logs[first + 1]) * outside[last - 1]
    counts = [len(places) for places in words]
    begun = np.cumsum([0, *counts[:-1]])
    means = np.add.reduceat(scores, begun, axis=0) / np.array(counts)[:, None]
    kinds = means.argmax(1).tolist()
    own = scores[np.arange(len(scores)), np.repeat(kinds, counts)].tolist()
    return [
        Candidate(surface, places, own[start : start + len(places)], mean, kind)
        for surface, places, start, mean, kind in zip(
            surfaces,
            words,
            begun.tolist(),
            means.tolist(),
            kinds,
            strict=True,
        )
    ]


def _compete(found: list[Candidate], text: str, places: Sequence[Place]) -> None:
    """Note what overlaps each candidate, and what it is defined with, as in ``long form (SHORT)``."""
    at = sorted((first, last, k) for k, c in enumerate(found) for first, last in c.words)
    begun: dict[int, list[Candidate]] = {}
    for first, _, k in at:
        begun.setdefault(first, []).append(found[k])
    for index, (first, last, k) in enumerate(at):
        mine = found[k]
        for other_first, other_last, other in at[index + 1 :]:
            if other_first >= last:
                break
            _overlap(mine, last - first, found[other], other_last - other_first)
        if last + 1 < len(places) and text[places[last][0]] == "(":
            for partner in begun.get(last + 1, ()):
                mine.partner = max(mine.partner, partner.mean[mine.type])
                partner.partner = max(partner.partner, mine.mean[partner.type])


def _overlap(one: Candidate, size: int, other: Candidate, other_size: int) -> None:
    for mine, its, mine_size, its_size in ((one, other, size, other_size), (other, one, other_size, size)):
        if its_size >= mine_size:
            mine.longer = max(mine.longer, its.best)
        else:
            mine.shorter = max(mine.shorter, its.best)
