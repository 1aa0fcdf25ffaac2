"""Many abstracts as flat tensors, and batches of them put together where the training runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from kg.train.records import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.train.records import Table

Batch = dict[str, Tensor]
BESIDE = {
    "labels": "pieces",
    "pair_evidence": "pairs",
    "pair_targets": "pairs",
    "hints": "numbers",
    "kinds": "numbers",
    "link_evidence": "links",
    "link_targets": "links",
}
"""Tables whose rows run beside those of another."""
OF_ENTITIES = {"mentions": (2,), "pairs": (0, 1), "links": (1,)}
OF_NUMBERS = {"links": (0,)}
OF_PIECES = {"mentions": slice(0, 2), "pairs": slice(2, 12), "numbers": slice(0, 6), "links": slice(2, 6)}
"""Columns that count entities, numbers and pieces within their abstract."""


class Material:
    """Tables of all abstracts, end to end, with the row at which each abstract begins.

    Args:
        tables: As :mod:`kg.train.records` makes them, joined.
        starts: For each of ``COUNTED`` the first row of every abstract, and one past the last.
    """

    def __init__(self, tables: Batch, starts: Batch) -> None:
        self.tables, self.starts = tables, starts

    @classmethod
    def of(cls, records: Sequence[Table]) -> Material:
        """Join the tables of abstracts."""
        tables = {name: torch.from_numpy(np.concatenate([r[name] for r in records])) for name in records[0]}
        counts = {name: torch.tensor([0, *(len(r[name]) for r in records)]) for name in COUNTED}
        return cls(tables, {name: torch.cumsum(count, 0) for name, count in counts.items()})

    def __len__(self) -> int:
        """How many abstracts there are."""
        return len(self.starts["pieces"]) - 1

    def to(self, device: str) -> Material:
        """The same on another device."""
        return Material(*({k: v.to(device) for k, v in part.items()} for part in (self.tables, self.starts)))

    def save(self, path: Path) -> None:
        """Write all tensors."""
        torch.save({"tables": self.tables, "starts": self.starts}, path)

    @classmethod
    def load(cls, path: Path) -> Material:
        """Read what :meth:`save` wrote."""
        kept = torch.load(path, weights_only=True)
        return cls(kept["tables"], kept["starts"])

    def joined(self, others: Sequence[Material]) -> Material:
        """This and *others*, end to end."""
        every = [self, *others]
        tables = {k: torch.cat([m.tables[k] for m in every]) for k in self.tables}
        starts = {}
        for name in COUNTED:
            counts = torch.cat([m.starts[name].diff() for m in every])
            starts[name] = torch.cat([counts.new_zeros(1), torch.cumsum(counts, 0)])
        return Material(tables, starts)

    def rows(self, name: str, index: Tensor) -> tuple[Tensor, Tensor]:
        """Rows of table *name* that belong to the abstracts *index*, and which of these each belongs to."""
        starts = self.starts[name]
        counts = starts[index + 1] - starts[index]
        owner = torch.repeat_interleave(torch.arange(len(index), device=index.device), counts)
        begun = torch.cumsum(counts, 0) - counts
        return torch.arange(len(owner), device=index.device) - begun[owner] + starts[index][owner], owner

    def batch(self, index: Tensor, length: int | None = None) -> Batch:
        """The abstracts *index* together: padded rows of pieces, and flat tables whose places count in the batch.

        Rows are padded to *length*, or to the longest, rounded up to 16. A place is its piece plus ``length + 1`` for
        every row before, so that sums over pieces with one more column can be indexed flat.
        """
        sizes = self.starts["pieces"][index + 1] - self.starts["pieces"][index]
        length = length or -(-int(sizes.max()) // 16) * 16
        rows, owner = self.rows("pieces", index)
        column = rows - self.starts["pieces"][index][owner]
        out = {}
        for name, width in (("pieces", 3), ("labels", self.tables["labels"].shape[1])):
            dense = self.tables[name].new_zeros(len(index), length, width)
            dense[owner, column] = self.tables[name][rows]
            out[name] = dense
        offsets = {}
        for name in COUNTED[1:]:
            found, of = self.rows(name, index)
            counts = self.starts[name][index + 1] - self.starts[name][index]
            offsets[name] = (torch.cumsum(counts, 0) - counts, found, of)
        for name, (_, found, of) in offsets.items():
            table = self.tables[name][found].long()
            for column_of, counted in ((OF_ENTITIES, "entities"), (OF_NUMBERS, "numbers")):
                for at in column_of.get(name, ()):
                    table[:, at] += offsets[counted][0][of]
            if name in OF_PIECES:
                table[:, OF_PIECES[name]] += (of * (length + 1))[:, None]
            out[name], out[f"{name}_of"] = table, of
            out |= {beside: self.tables[beside][found] for beside, owner_of in BESIDE.items() if owner_of == name}
        return out


def sums(vectors: Tensor, firsts: Tensor) -> Tensor:
    """Running sums over pieces that begin words (rows * (length + 1), width + 1); the last column counts them."""
    counted = torch.cat([vectors.float() * firsts[..., None], firsts[..., None].float()], -1)
    return F.pad(counted.cumsum(1), (0, 0, 1, 0)).flatten(0, 1)


def mean(running: Tensor, place: Tensor) -> Tensor:
    """Means of vectors over places (n, 2); of an empty place, zero."""
    total = running[place[:, 1]] - running[place[:, 0]]
    return total[:, :-1] / total[:, -1:].clamp(min=1)
