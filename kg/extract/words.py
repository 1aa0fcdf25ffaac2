"""Words of a raw text, their letter shapes and their pieces: what every model of this package reads.

A word is a run of letters and digits, or one other visible character; its offsets count characters of the raw text,
which is never rewritten.

>>> [w for w, _, _ in split("mAP@0.5 of ViT-B/16")]
['mAP', '@', '0', '.', '5', 'of', 'ViT', '-', 'B', '/', '16']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
SHAPES = (
    "symbol", "digits", "lower", "title", "letter", "upper", "plural", "mixed", "lower+digits", "upper+digits",
)  # fmt: skip
PAD, UNKNOWN, MASK, START, BREAK = range(5)
SPECIAL = ("[PAD]", "[UNK]", "[MASK]", "[CLS]", "[SEP]")
LONGEST = 48


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of *text* with its start and end."""
    for match in WORD.finditer(text):
        yield match.group(), match.start(), match.end()


def shape(word: str) -> int:
    """The index in ``SHAPES`` of how *word* is written.

    >>> [SHAPES[shape(w)] for w in ("the", "Model", "CNNs", "GPT4", "LLaMA", "A", "16", "-")]
    ['lower', 'title', 'plural', 'upper+digits', 'mixed', 'letter', 'digits', 'symbol']
    """
    if word.islower():
        return 2 if word.isalpha() else 8
    if word.isdigit():
        return 1
    if not word.isalnum():
        return 0
    if not word.isalpha():
        return 9
    if word.isupper():
        return 4 if len(word) == 1 else 5
    if word[0].isupper() and word[1:].islower():
        return 3
    return 6 if word[:-1].isupper() and word[-1] == "s" else 7


class Pieces:
    """Splits words into the longest pieces of a vocabulary, left to right.

    *vocabulary* maps a piece to its number; a piece inside a word begins with ``##``.

    >>> Pieces({"vi": 5, "##t": 6})("ViT")
    (5, 6)
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of a word."""
        return tuple(self._longest_match(word.lower()))

    def _longest_match(self, word: str) -> Iterable[int]:
        if len(word) > LONGEST:
            return (UNKNOWN,)
        numbers: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._vocabulary.get(prefix + word[start:end])
                if number is not None:
                    break
            else:
                return (UNKNOWN,)
            numbers.append(number)
            start = end
        return numbers
