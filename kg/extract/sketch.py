"""An abstract as links see it: sentences, mentions, entities and numbers, counted in words of the encoder."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.extract.boundaries import sentence_starts
from kg.extract.numbers import Number, find
from kg.types import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of an abstract bears on links.

    Args:
        sentences: The sentence (from 0, the title) of every word.
        mentions: First word, one past the last, and number of the entity, in order of the text.
        types: The number of the type of every entity.
        names: The longest surface of every entity.
        numbers: First word and one past the last of every number that may be a result.
    """

    sentences: Ints
    mentions: Ints
    types: Ints
    names: Sequence[str]
    numbers: Ints


def sketch(
    text: str,
    starts: Sequence[int],
    mentions: Sequence[tuple[int, int, int]],
    types: Sequence[int],
    borders: Sequence[int] = (),
) -> tuple[Sketch, list[Number], list[Evidence]]:
    """Sketch *text*, whose words begin at *starts*, always rising; *mentions* are (start, end, entity) by characters.

    *borders* are the beginnings of sentences, if they are known already.  Beside the sketch come the numbers as they
    are written, and the sentences.

    >>> from kg.extract.words import split
    >>> text = "BERT gets 80.5% accuracy"
    >>> drawn, numbers, _ = sketch(text, [a for _, a, _ in split(text)], [(0, 4, 0), (16, 24, 1)], [2, 4])
    >>> drawn.mentions.tolist(), drawn.names, drawn.numbers.tolist(), [n.value for n in numbers]
    ([[0, 1, 0], [6, 7, 1]], ['BERT', 'accuracy'], [[2, 5]], ['80.5'])
    """
    borders = borders or sentence_starts(text)
    sentences = np.maximum(np.searchsorted(np.array(borders), np.array(starts), side="right") - 1, 0)
    numbers = find(text)
    names = [""] * len(types)
    for start, end, entity in mentions:
        names[entity] = max(names[entity], text[start:end], key=len)
    rows = [(*_words(starts, start, end), entity) for start, end, entity in mentions]
    at = [_words(starts, number.start, number.end) for number in numbers]
    drawn = Sketch(sentences, _table(rows, 3), np.array(types, np.int64), names, _table(at, 2))
    return drawn, numbers, [_trimmed(text, a, b) for a, b in pairwise([*borders, len(text)])]


def _trimmed(text: str, start: int, end: int) -> Evidence:
    """A sentence without white space at its ends."""
    part = text[start:end]
    return Evidence(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


def _words(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The words ``first:last`` that *start* to *end* covers."""
    first = max(bisect_left(starts, start + 1) - 1, 0)
    return first, max(bisect_left(starts, end), first + 1)


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, np.int64).reshape(-1, width)
