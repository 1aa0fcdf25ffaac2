"""Strings of texts that may be names, each with the evidence of all its occurrences.

The guidelines take every whole-word occurrence of a listed string as a mention of one entity.  So a string is judged
once, on what the network says at each place where it stands, on what it competes with, on how it is written, and on
how often other abstracts call it an entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.batch import NOWHERE, Batch, Ints, Place, batch

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
TYPES = ("Task", "Method", "Model", "Dataset", "Metric")
LONGEST, LEAST = 10, 0.06
SMALL = 1e-3


class Occurrences(NamedTuple):
    """Where strings stand: the number of the string, and the words ``first:last``, those of one string in a row."""

    string: Ints
    first: Ints
    last: Ints


@dataclass(slots=True)
class Candidates:
    """Strings of a batch, in order of texts and, within them, of the alphabet.

    Args:
        batch: The texts.
        owners: The text of each string.
        surfaces: The strings.
        at: Where they stand.
        begun: The first occurrence of each string.
        means: Of the network's probabilities that it is a name, over the occurrences: (strings, types).
        types: The likeliest type of each string.
        best, worst: The greatest and least probability of that type that an occurrence has.
        longer, shorter: The best of what overlaps it and is at least as long, or shorter.
        partner: The best of what stands in parentheses behind it, or before them.
    """

    batch: Batch
    owners: Ints
    surfaces: list[str]
    at: Occurrences
    begun: Ints
    means: Doubles
    types: Ints
    best: Doubles
    worst: Doubles
    longer: Doubles
    shorter: Doubles
    partner: Doubles

    def words(self) -> list[list[Place]]:
        """Words ``first:last`` of each occurrence of each string, counted in its own text."""
        base = np.array(self.batch.words)[self.owners[self.at.string]]
        places = list(zip((self.at.first - base).tolist(), (self.at.last - base).tolist(), strict=True))
        borders = [*self.begun.tolist(), len(places)]
        return [places[begin:end] for begin, end in pairwise(borders)]


def find(
    texts: Sequence[str],
    places: Sequence[Sequence[Place]],
    tags: Sequence[Floats],
    *,
    least: float = LEAST,
) -> Candidates:
    """All strings that somewhere in their text are a span of some type with probability *least* or more."""
    laid = batch(texts, places)
    inside = np.concatenate(tags).astype(np.float64)
    inside[laid.starts == NOWHERE] = 0
    begins, inside = inside[:, 1::2], inside[:, 2::2]
    outside = np.ones_like(inside)
    outside[:-1] -= inside[1:]
    owners, surfaces = _surfaces(laid, *_likely(begins, inside, outside, least))
    at = occurrences(laid, owners, surfaces)
    counts = np.bincount(at.string, minlength=len(surfaces))
    begun = np.cumsum(counts) - counts
    scores = _scores(begins, inside, outside, at)
    means = np.add.reduceat(scores, begun) / counts[:, None] if surfaces else scores
    types = means.argmax(1)
    own = scores[np.arange(len(scores)), types[at.string]]
    best, worst = (ufunc.reduceat(own, begun) if surfaces else own for ufunc in (np.maximum, np.minimum))
    rivals, partner = _rivals(at, best), _partners(laid, at, means, types)
    return Candidates(
        laid, np.array(owners, np.int64), surfaces, at, begun, means, types, best, worst, *rivals, partner
    )


def _likely(begins: Doubles, inside: Doubles, outside: Doubles, least: float) -> tuple[Ints, Ints]:
    """First and last word of each span that some type has with probability *least* or more."""
    first = np.flatnonzero(begins.max(1) >= least)
    last, reached = first, begins[first]
    found = []
    for _ in range(LONGEST):
        ended = (reached * outside[last]).max(1, initial=0) >= least
        found.append((first[ended], last[ended]))
        more = last + 1 < len(inside)
        first, last, reached = first[more], last[more] + 1, reached[more]
        reached = reached * inside[last]
        alive = reached.max(1, initial=0) >= least
        first, last, reached = first[alive], last[alive], reached[alive]
    firsts, lasts = zip(*found, strict=True)
    return np.concatenate(firsts), np.concatenate(lasts)


def _surfaces(laid: Batch, first: Ints, last: Ints) -> tuple[list[int], list[str]]:
    """The distinct strings of words *first* to *last*, each with its text, in order."""
    owners = np.searchsorted(laid.words, first, side="right") - 1
    base = np.array(laid.begun, np.int64)[owners]
    spans = zip(owners.tolist(), (laid.starts[first] - base).tolist(), (laid.ends[last] - base).tolist(), strict=True)
    found = sorted({(owner, laid.texts[owner][start:end]) for owner, start, end in spans})
    return [owner for owner, _ in found], [surface for _, surface in found]


def occurrences(laid: Batch, owners: Sequence[int], surfaces: Sequence[str]) -> Occurrences:
    """All places where strings stand in their texts between word borders, none overlapping its like."""
    starts, ends = bytearray(len(laid.characters)), bytearray(len(laid.characters))
    there = np.flatnonzero(laid.starts != NOWHERE)
    for borders, places in ((starts, laid.starts), (ends, laid.ends)):
        np.frombuffer(borders, np.uint8)[places[there]] = 1
    found = [
        _places(laid.texts[owner], surface, laid.begun[owner], starts, ends)
        for owner, surface in zip(owners, surfaces, strict=True)
    ]
    string = np.repeat(np.arange(len(surfaces)), list(map(len, found)))
    begin = np.array(list(chain.from_iterable(found)), np.int64)
    end = begin + np.array(list(map(len, surfaces)), np.int64)[string]
    first, last = np.searchsorted(laid.starts[there], begin), np.searchsorted(laid.ends[there], end)
    return Occurrences(string, there[first], there[last] + 1)


def _places(text: str, surface: str, base: int, starts: bytearray, ends: bytearray) -> list[int]:
    """Where *surface* stands in *text* between the word borders of a batch, counted through the batch."""
    found = []
    at = text.find(surface)
    while at >= 0:
        end = at + len(surface)
        if starts[base + at] and ends[base + end]:
            found.append(base + at)
            at = text.find(surface, end)
        else:
            at = text.find(surface, at + 1)
    return found


def _scores(begins: Doubles, inside: Doubles, outside: Doubles, at: Occurrences) -> Doubles:
    """How likely each occurrence is a span of each type."""
    scores, sizes = begins[at.first] * outside[at.last - 1], at.last - at.first
    for word in range(1, int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > word)
        scores[longer] *= inside[at.first[longer] + word]
    return scores


def _rivals(at: Occurrences, best: Doubles) -> tuple[Doubles, Doubles]:
    """The best of what overlaps each string, from an occurrence as long or longer, and from a shorter one."""
    order = np.lexsort((at.last, at.first))
    behind = np.arange(len(order)) + 1
    left, right = _all_between(behind, np.searchsorted(at.first[order], at.last[order]))
    one, other = order[np.concatenate([left, right])], order[np.concatenate([right, left])]
    size = at.last - at.first
    above = size[other] >= size[one]
    longer, shorter = np.zeros(len(best)), np.zeros(len(best))
    for rival, pairs in ((longer, above), (shorter, ~above)):
        np.maximum.at(rival, at.string[one[pairs]], best[at.string[other[pairs]]])
    return longer, shorter


def _partners(laid: Batch, at: Occurrences, means: Doubles, types: Ints) -> Doubles:
    """The best of what each string is defined with, as in ``long form (SHORT)``."""
    order = np.argsort(at.first, kind="stable")
    behind = laid.starts[np.minimum(at.last, len(laid.starts) - 1)]
    opened = np.flatnonzero((behind != NOWHERE) & (laid.characters[behind] == ord("(")))
    begins, wanted = at.first[order], at.last[opened] + 1
    index, inner = _all_between(np.searchsorted(begins, wanted), np.searchsorted(begins, wanted, "right"))
    outer, inner = at.string[opened[index]], at.string[order[inner]]
    best = np.full(len(means), SMALL)
    np.maximum.at(best, outer, means[inner, types[outer]])
    np.maximum.at(best, inner, means[outer, types[inner]])
    return best


def _all_between(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All pairs of an index and a number from ``low[index]`` up to ``high[index]``.

    >>> [part.tolist() for part in _all_between(np.array([3, 5, 0]), np.array([5, 5, 1]))]
    [[0, 0, 2], [3, 4, 0]]
    """
    counts = np.maximum(high - low, 0)
    index = np.repeat(np.arange(len(low)), counts)
    step = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, low[index] + step
