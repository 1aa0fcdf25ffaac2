"""The words of many forms as numbers, so that millions of pairs are compared at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.resolve.minhash import Mask, Places


class Wording:
    """Forms word by word.

    Args:
        forms: Normal forms, whose words a space parts.

    >>> wording = Wording(["graph neural network", "graph network", "graph neural net", "graph"])
    >>> wording.differ_in_one(np.array([0, 0, 0]), np.array([1, 2, 3])).tolist()
    [False, True, False]
    """

    def __init__(self, forms: Sequence[str]) -> None:
        known: dict[str, int] = {}
        words = [[known.setdefault(word, len(known)) for word in form.split()] for form in forms]
        self._counts = np.array([len(one) for one in words], np.int32)
        self._words = np.array([word for one in words for word in one], np.int32)
        self._starts = np.cumsum(self._counts, dtype=np.int64) - self._counts

    def differ_in_one(self, left: Places, right: Places) -> Mask:
        """Tell of pairs, by the places of their forms, which are equal word by word but for one.

        Args:
            left: n places.
            right: n places.
        """
        found = np.zeros(len(left), bool)
        alike = np.flatnonzero(self._counts[left] == self._counts[right])
        sizes = self._counts[left[alike]]
        for size in np.unique(sizes).tolist():
            rows = alike[sizes == size]
            ours, theirs = self._starts[left[rows]], self._starts[right[rows]]
            same = np.zeros(len(rows), np.int32)
            for word in range(size):
                same += self._words[ours + word] == self._words[theirs + word]
            found[rows] = same == size - 1
        return found
