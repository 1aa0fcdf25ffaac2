"""Unlabelled text as rows of pieces on the training device, and the hiding of words in them."""

from __future__ import annotations

import lzma
from functools import partial
from multiprocessing import Pool
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from kg.extract.encoding import Encoded, Encoding
from kg.extract.words import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
SEPARATOR = "\x01"


def first_flags(encoded: Encoded) -> list[int]:
    """1 for each piece that begins a word, else 0.

    >>> first_flags(Encoded([3, 9, 8, 7], [0, 1, 1, 1], [0, 1, 3], [(-1, -1), (0, 4), (4, 5)]))
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


class Stream:
    """All texts, flat, on *device*; every pass in another order."""

    def __init__(self, texts: Sequence[str], vocabulary: Sequence[str], device: str, *, workers: int = 16) -> None:
        chunks = [texts[i::workers] for i in range(workers)]
        with Pool(workers) as pool:
            parts = pool.map(partial(_encode_all, vocabulary=vocabulary), chunks)
        flat = [torch.from_numpy(np.concatenate([p[0][k] for p in parts])) for k in range(3)]
        self.data = torch.stack(flat).to(device)
        self.lengths = torch.from_numpy(np.concatenate([p[1] for p in parts])).to(device)
        self.starts = torch.cumsum(self.lengths, 0) - self.lengths

    def batches(self, rows: int, length: int, generator: torch.Generator) -> Iterator[Tensor]:
        """Endless batches (3, rows, length) of pieces, styles, first-piece flags."""
        device = self.data.device
        while True:
            order = torch.randperm(len(self.lengths), device=device, generator=generator)
            lengths = self.lengths[order]
            offset = torch.repeat_interleave(self.starts[order] - (torch.cumsum(lengths, 0) - lengths), lengths)
            index = torch.arange(len(offset), device=device) + offset
            for part in index[: len(index) // (rows * length) * rows * length].view(-1, rows, length):
                yield self.data[:, part]


def hide(batch: Tensor, rate: float, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Hide whole words: pieces and styles as the model shall see them, and the flat places that it must restore.

    Of the words drawn, 8 in 10 are masked, 1 keeps its place but becomes random, 1 stays.  The number of places is
    fixed by *rate* so that shapes never change.
    """
    pieces, styles, firsts = batch.long()
    words = torch.cumsum(firsts.flatten(), 0)
    draw = torch.rand(2, int(pieces.numel()) + 1, device=batch.device, generator=generator)[:, words]
    special = (styles == 0).flatten()
    score = torch.where(special, 2.0, draw[0])
    places = torch.topk(score, int(rate * pieces.numel()), largest=False, sorted=False).indices
    kind = draw[1][places]
    noise = torch.randint(5, vocabulary, places.shape, device=batch.device, generator=generator)
    seen, seen_styles = pieces.flatten().clone(), styles.flatten().clone()
    seen[places] = torch.where(kind < 0.8, MASK, torch.where(kind < 0.9, noise, seen[places]))
    seen_styles[places] = torch.where(kind < 0.9, 0, seen_styles[places])
    return seen.view_as(pieces), seen_styles.view_as(styles), places
