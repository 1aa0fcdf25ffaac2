"""Texts as the numbers that the networks read, and the way back from words to characters.

A text is a title, a line feed and an abstract; the line feed becomes one word of its own, and one more stands before
the text.  These two have no characters: their place is ``(-1, -1)``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter, sub

from kg.extract.words import BREAK, START, WORD, Pieces, shape

Known = tuple[tuple[int, ...], tuple[int, ...], int]  # pieces, their styles, length without the space before
NOWHERE = (-1, -1)
_START: Known = (START,), (0,), 0
_BREAK: Known = (BREAK,), (0,), 0
_SPACED = re.compile(rf"\s*(?:{WORD.pattern})")


@dataclass(frozen=True, slots=True)
class Encoded:
    """By piece: its number and style.  By word: its first piece, its characters, and, ever rising, where it begins."""

    pieces: list[int]
    styles: list[int]
    firsts: list[int]
    places: list[tuple[int, int]]
    starts: list[int]


class Encoding:
    """Turns texts into numbers; remembers the words it has met, with the space before them."""

    def __init__(self, vocabulary: dict[str, int], *, remember: int = 400_000) -> None:
        self._pieces = Pieces(vocabulary)
        self._known: dict[str, Known] = {}
        self._remember = remember

    def __call__(self, text: str, *, keep_break: bool = True) -> Encoded:
        """Number a text; without ``keep_break`` its first line feed is white space like any other."""
        known = self._known
        spaced = _SPACED.findall(text.rstrip())  # else each space at the end would be tried as a beginning
        words = [known.get(word) or self._look_up(word) for word in spaced]
        ends = list(accumulate(map(len, spaced)))
        starts = list(map(sub, ends, map(itemgetter(2), words)))
        places = list(zip(starts, ends, strict=True))
        newline = text.find("\n") if keep_break else -1
        behind = bisect_left(starts, newline) if newline >= 0 else len(starts)
        if behind < len(starts):
            words.insert(behind, _BREAK)
            places.insert(behind, NOWHERE)
            starts.insert(behind, newline)
        pieces, styles, _ = zip(_START, *words, strict=True)
        firsts = [0, *accumulate(map(len, pieces[:-1]))]
        return Encoded([*chain(*pieces)], [*chain(*styles)], firsts, [NOWHERE, *places], [-1, *starts])

    def _look_up(self, spaced: str) -> Known:
        word = spaced.lstrip()
        numbers, style = self._pieces(word), 1 + 2 * shape(word) + (word != spaced)
        found = numbers, _repeated(style, len(numbers)), len(word)
        if len(self._known) < self._remember:
            self._known[spaced] = found
        return found


@lru_cache(1024)
def _repeated(style: int, times: int) -> tuple[int, ...]:
    """One tuple for all words that are written alike: what is in the processor's cache is found sooner."""
    return (style,) * times
