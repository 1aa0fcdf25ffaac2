"""Unlabelled text on the training device, and the hiding of words in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from kg.extract.words import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Stream:
    """All texts, flat, on a device; every pass in another order."""

    def __init__(self, data: Tensor, lengths: Tensor) -> None:
        self.data, self.lengths = data, lengths
        self.starts = torch.cumsum(lengths, 0) - lengths

    @classmethod
    def load(cls, path: Path, device: str) -> Stream:
        """Read what :func:`kg.train.rows.save_rows` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return cls(*(torch.from_numpy(file[name]).to(device) for name in ("data", "lengths")))

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
