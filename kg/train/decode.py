"""From scores of tags to the best legal spans, for many texts at once.

Tags are ``O`` (0) and, for the k-th type, ``B`` (2k + 1) and ``I`` (2k + 2). A span is ``B I*`` of one type; the
best sequence is found by Viterbi's algorithm, which here needs no matrix of transitions: ``O`` and ``B`` may follow
anything, ``I`` only the ``B`` or ``I`` of its own type.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WordSpan = tuple[int, int, int]  # first word, one past the last, type


def best_tags(scores: Floats) -> NDArray[np.int64]:
    """The best legal tag of every word: (texts, words, tags) to (texts, words).

    >>> best_tags(np.log(np.array([[[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]], np.float32))).tolist()
    [[1, 2]]
    """
    texts, words, tags = scores.shape
    if not words:
        return np.zeros((texts, 0), np.int64)
    back = np.zeros((words, texts, tags), np.int64)
    reached = scores[:, 0].copy()
    reached[:, 2::2] = -np.inf
    begins, insides = np.arange(1, tags, 2), np.arange(2, tags, 2)
    for word in range(1, words):
        best = reached.argmax(1)
        back[word] = best[:, None]
        from_begin = reached[:, 1::2] >= reached[:, 2::2]
        back[word, :, 2::2] = np.where(from_begin, begins, insides)
        inside = np.maximum(reached[:, 1::2], reached[:, 2::2])
        reached = np.repeat(reached.max(1, keepdims=True), tags, 1)
        reached[:, 2::2] = inside
        reached += scores[:, word]
    out = np.empty((texts, words), np.int64)
    out[:, -1] = reached.argmax(1)
    rows = np.arange(texts)
    for word in range(words - 1, 0, -1):
        out[:, word - 1] = back[word, rows, out[:, word]]
    return out


def spans(tags: NDArray[np.int64]) -> list[WordSpan]:
    """Spans of one text's legal tags.

    >>> spans(np.array([0, 1, 2, 1, 0]))
    [(1, 3, 0), (3, 4, 0)]
    """
    begins = np.flatnonzero(tags % 2 == 1)
    closed = np.flatnonzero((tags == 0) | (tags % 2 == 1))
    ends = np.append(closed, len(tags))[np.searchsorted(closed, begins, side="right")]
    return [(int(b), int(e), int(tags[b]) // 2) for b, e in zip(begins, ends, strict=True)]
