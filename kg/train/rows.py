"""Texts as rows of pieces, numbered once and kept in a file for all processes that pretrain."""

from __future__ import annotations

import lzma
from functools import partial
from multiprocessing import Pool
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.encoding import Encoded, Encoding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
SEPARATOR = "\x01"


def first_flags(encoded: Encoded) -> list[int]:
    """1 for each piece that begins a word, else 0.

    >>> first_flags(Encoded([3, 9, 8, 7], [0, 1, 1, 1], [0, 1, 3], [(-1, -1), (0, 4), (4, 5)], [-1, 0, 4]))
    [1, 1, 0, 1]
    """
    flags = [0] * len(encoded.pieces)
    for first in encoded.firsts:
        flags[first] = 1
    return flags


def as_rows(encoded: Encoded) -> tuple[list[int], list[int], list[int]]:
    """Pieces, styles and first-piece flags: what training keeps of a text."""
    return encoded.pieces, encoded.styles, first_flags(encoded)


def read(path: Path) -> list[str]:
    """The texts of a ``.xz`` file, which stand between ``SEPARATOR``."""
    return lzma.decompress(path.read_bytes()).decode("utf8").split(SEPARATOR)


def _encode_all(texts: Sequence[str], vocabulary: Sequence[str]) -> tuple[Arrays, np.ndarray]:
    encoding = Encoding({piece: number for number, piece in enumerate(vocabulary)}, remember=10**6)
    rows = [as_rows(encoding(text, keep_break=i % 10 > 0)) for i, text in enumerate(texts)]
    flat = tuple(np.fromiter((x for r in rows for x in r[k]), np.int16) for k in range(3))
    return (flat[0], flat[1], flat[2]), np.array([len(r[0]) for r in rows])


def save_rows(texts: Sequence[str], vocabulary: Sequence[str], out: Path, *, workers: int = 16) -> None:
    """Number *texts* once for all processes that train: pieces, styles, first-piece flags, and the lengths of texts."""
    chunks = [texts[i::workers] for i in range(workers)]
    with Pool(workers) as pool:
        parts = pool.map(partial(_encode_all, vocabulary=vocabulary), chunks)
    flat = [np.concatenate([p[0][k] for p in parts]) for k in range(3)]
    np.savez(out, allow_pickle=False, data=np.stack(flat), lengths=np.concatenate([p[1] for p in parts]))
