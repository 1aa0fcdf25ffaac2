"""Many texts laid end to end, so that numpy looks at all of them at once.

Words and characters are counted through the whole batch; nothing that is computed of a word reaches into another text,
so that no text is read otherwise for its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]
Place = tuple[int, int]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts and their words.

    Args:
        texts: The texts.
        characters: The code points of all texts, with a zero before, between and behind them.
        begun: Where in ``characters`` each text begins.
        words: The first word of each text, and how many there are in all.
        starts, ends: The place of each word in ``characters``; ``NOWHERE`` where it has none.
    """

    texts: Sequence[str]
    characters: Ints
    begun: list[int]
    words: list[int]
    starts: Ints
    ends: Ints


def batch(texts: Sequence[str], places: Sequence[Sequence[Place]]) -> Batch:
    r"""Lay *texts* end to end, whose words stand at *places*.

    >>> laid = batch(["a b", "c"], [[(-1, -1), (0, 1), (2, 3)], [(-1, -1), (0, 1)]])
    >>> laid.starts.tolist(), laid.words, laid.begun, laid.characters.tolist()
    ([-1, 1, 3, -1, 5], [0, 3, 5], [1, 5], [0, 97, 32, 98, 0, 99, 0])
    """
    joined = "\0".join(["", *texts, ""])
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    begun = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=1))
    words = list(accumulate(map(len, places), initial=0))
    numbers = chain.from_iterable(chain.from_iterable(places))
    at = np.fromiter(numbers, np.int64, 2 * words[-1]).reshape(-1, 2)
    moved = at + np.repeat(begun, np.diff(words))[:, None]
    starts, ends = np.where(at < 0, NOWHERE, moved).T
    return Batch(texts, characters, begun, words, starts, ends)
