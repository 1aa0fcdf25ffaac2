"""Texts as the numbers that the networks read, and the way back from words to characters.

A text is a title, a line feed and an abstract; the line feed becomes one word of its own, and one more stands before
the text.  These two have no characters: their place is ``(-1, -1)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.words import BREAK, START, WORD, Pieces, shape

NOWHERE = (-1, -1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """By piece: its number and style.  By word: its first piece and its characters."""

    pieces: list[int]
    styles: list[int]
    firsts: list[int]
    places: list[tuple[int, int]]


class Encoding:
    """Turns texts into numbers; remembers the words it has met."""

    def __init__(self, vocabulary: dict[str, int], *, remember: int = 200_000) -> None:
        self._pieces = Pieces(vocabulary)
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self._remember = remember

    def __call__(self, text: str, *, keep_break: bool = True) -> Encoded:
        """Number a text; without ``keep_break`` its first line feed is white space like any other."""
        known = self._known
        pieces, styles, firsts, places = [START], [0], [0], [NOWHERE]
        newline = text.find("\n") if keep_break else -1
        last = 0
        for match in WORD.finditer(text):
            start, end = match.span()
            if last <= newline < start:
                firsts.append(len(pieces))
                pieces.append(BREAK)
                styles.append(0)
                places.append(NOWHERE)
            word = match.group()
            numbers, style = known.get(word) or self._look_up(word)
            style += start > last
            firsts.append(len(pieces))
            places.append((start, end))
            if len(numbers) == 1:
                pieces.append(numbers[0])
                styles.append(style)
            else:
                pieces += numbers
                styles += [style] * len(numbers)
            last = end
        return Encoded(pieces, styles, firsts, places)

    def _look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        found = self._pieces(word), 1 + 2 * shape(word)
        if len(self._known) < self._remember:
            self._known[word] = found
        return found
