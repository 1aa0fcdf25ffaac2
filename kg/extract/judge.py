"""The last word on each candidate: is this string, everywhere in this text, the name of an entity of its type?

A small network (:mod:`kg.extract.smallnet`) weighs the evidence; its answer is the confidence of the mentions.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.candidates import SMALL, TYPES
from kg.extract.lexicon import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.batch import Ints, Place
    from kg.extract.candidates import Candidates, Doubles, Floats
    from kg.extract.lexicon import Lexicon

DIGIT = re.compile(r"\d")
_OPEN, _SPACE = ord("("), ord(" ")
_TYPE_ROWS = np.eye(len(TYPES))


class Found(NamedTuple):
    """A mention: words ``first:last``, characters ``start:end``, number of its type, confidence."""

    first: int
    last: int
    start: int
    end: int
    type: int
    confidence: float


def logit(probability: float) -> float:
    """Log-odds, bounded."""
    return math.log((probability + SMALL) / (1 - probability + SMALL))


def evidence(found: Candidates, lexicons: Sequence[Lexicon]) -> Floats:
    """What speaks for and against each candidate, as numbers: (candidates, features)."""
    if not found.surfaces:
        return np.empty((0, 0), np.float32)
    words = found.at.last - found.at.first
    keys, types = list(map(key, found.surfaces)), found.types.tolist()
    columns = [
        _opinions(found),
        np.log(np.bincount(found.at.string))[:, None],
        _logits(np.stack([found.longer, found.shorter, found.partner], 1)),
        words[found.begun, None],
        _in_title(found)[:, None],
        np.array(list(map(written, found.surfaces))),
        _in_parentheses(found),
        *(np.array(list(map(lexicon.evidence_of_key, keys, types))) for lexicon in lexicons),
        _TYPE_ROWS[found.types],
    ]
    return np.concatenate(columns, 1, dtype=np.float32)


def _logits(probabilities: Doubles) -> Doubles:
    logits: Doubles = np.log((probabilities + SMALL) / (1 - probabilities + SMALL))
    return logits


def _opinions(found: Candidates) -> Doubles:
    """What the network says: its type, at the best and the worst place; another type; any type."""
    means, rows = found.means, np.arange(len(found.means))
    others = means.copy()
    others[rows, found.types] = -1
    summed = np.minimum(means.sum(1), 1.0)
    return _logits(np.stack([means[rows, found.types], found.best, found.worst, others.max(1), summed], 1))


def _in_title(found: Candidates) -> Ints:
    """Whether the first occurrence stands before the line feed."""
    laid = found.batch
    feeds = [text.find("\n") + base for text, base in zip(laid.texts, laid.begun, strict=True)]
    first = laid.starts[found.at.first[found.begun]]
    return (first < np.array(feeds)[found.owners]).astype(np.int64)


def written(surface: str) -> tuple[bool, bool, bool]:
    """Whether a string is lower case, has capitals behind its first letter, has a digit."""
    return surface.islower(), has_capitals_inside(surface), DIGIT.search(surface) is not None


def has_capitals_inside(surface: str) -> bool:
    """Whether a string has capitals behind its first letter.

    >>> has_capitals_inside("LeNet"), has_capitals_inside("Lenet")
    (True, False)
    """
    return surface[1:] != surface[1:].lower()


def _in_parentheses(found: Candidates) -> Ints:
    """Whether an occurrence stands behind a parenthesis, and whether one stands before a parenthesis."""
    characters = found.batch.characters
    start, end = found.batch.starts[found.at.first], found.batch.ends[found.at.last - 1]
    before = characters[start - 1] == _OPEN
    behind = (characters[end] == _SPACE) & (characters[np.minimum(end + 1, len(characters) - 1)] == _OPEN)
    return np.maximum.reduceat(np.stack([before, behind], 1).astype(np.int64), found.begun)


def mentions(
    candidates: Iterable[tuple[str, list[Place], int, float]],
    places: Sequence[Place],
) -> list[Found]:
    """All occurrences of strings (surface, words, type, confidence), longest first, none overlapping, in order."""
    taken = bytearray(len(places))
    found = []
    for _, words, kind, sure in sorted(candidates, key=lambda c: (-len(c[0]), c[0])):
        for first, last in words:
            if not any(taken[first:last]):
                taken[first:last] = b"\1" * (last - first)
                found.append(Found(first, last, places[first][0], places[last - 1][1], kind, sure))
    return sorted(found, key=lambda m: m.start)
