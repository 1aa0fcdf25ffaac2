"""What a network said of the words of annotated abstracts, in a file: labels in 16 bits, vectors in bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.extract.network import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.extract.encoding import Encoding

Floats = NDArray[np.float32]


def pack(found: Sequence[tuple[NDArray[np.float16], Floats]]) -> dict[str, np.ndarray]:
    """Labels (words, 12) and vectors (words, width) of each abstract, made flat; vectors in bytes, with their scales.

    >>> packed = pack([(np.ones((1, 12), np.float16), np.array([[2.0, -1.0]], np.float32))])
    >>> packed["vectors"].tolist(), packed["lengths"].tolist()
    ([[127, -64]], [1])
    """
    flat = np.concatenate([vectors for _, vectors in found])
    scale = np.maximum(np.abs(flat).max(1, keepdims=True), 1e-6) / 127
    return {
        "labels": np.concatenate([labels for labels, _ in found]),
        "vectors": np.round(flat / scale).astype(np.int8),
        "scale": scale.astype(np.float16),
        "lengths": np.array([len(labels) for labels, _ in found]),
    }


def readings(path: Path, texts: Sequence[str], encoding: Encoding) -> Iterator[Reading]:
    """Read what :func:`pack` made of *texts* from an ``.npz`` file; words that were cut off count as nothing."""
    with np.load(path, allow_pickle=False) as file:
        ends = np.cumsum(file["lengths"])[:-1]
        labels = np.split(file["labels"].astype(np.float32), ends)
        vectors = np.split(file["vectors"].astype(np.float32) * file["scale"].astype(np.float32), ends)
    for text, label, vector in zip(texts, labels, vectors, strict=True):
        encoded = encoding(text)
        missing = ((0, len(encoded.firsts) - len(label)), (0, 0))
        whole = np.pad(label, missing)
        yield Reading(encoded, whole[:, :-1], whole[:, -1], np.pad(vector, missing))
