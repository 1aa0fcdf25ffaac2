"""The fast model: a short stack of convolutions and attention over pieces, with tables that cost only a lookup.

Beside each piece and its style, the student looks up the pair of a piece and the one before it in a hashed table, so
that fixed phrases need no arithmetic.  It is trained to give the probabilities of the accurate model.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.train.encoder import STYLES
from kg.train.tagger import TYPES


@dataclass(frozen=True, slots=True)
class StudentSize:
    """Shape of a student; *blocks* names its layers: ``c`` a convolution, ``a`` attention."""

    pieces: int
    width: int = 192
    blocks: str = "ccacc"
    heads: int = 4
    inner: int = 256
    pairs: int = 2**17
    pair_width: int = 32


def pair_hash(pieces: Tensor, pairs: int) -> Tensor:
    """The row of each piece and the one before it in a table of *pairs* rows; PAD stands before the first."""
    before = F.pad(pieces[:, :-1], (1, 0))
    return (before * 31337 + pieces * 7919 + (before * pieces) % 65521) % pairs


class Convolution(nn.Module):
    """Three neighbours to a wider layer and back, added and normalised."""

    def __init__(self, size: StudentSize) -> None:
        super().__init__()
        self.up = nn.Linear(3 * size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm = nn.LayerNorm(size.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002 - blocks are called alike
        window = torch.cat([F.pad(x[:, :-1], (0, 0, 1, 0)), x, F.pad(x[:, 1:], (0, 0, 0, 1))], -1)
        out: Tensor = self.norm(x + self.down(F.relu(self.up(window))))
        return out


class Attention(nn.Module):
    """Self-attention with narrow queries and keys, added and normalised."""

    def __init__(self, size: StudentSize) -> None:
        super().__init__()
        self.heads = size.heads
        self.ask = nn.Linear(size.width, 2 * size.heads * 16)
        self.value = nn.Linear(size.width, size.heads * 32)
        self.gather = nn.Linear(size.heads * 32, size.width)
        self.norm = nn.LayerNorm(size.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        query, key = self.ask(x).view(rows, length, 2, self.heads, 16).permute(2, 0, 3, 1, 4).unbind(0)
        value = self.value(x).view(rows, length, self.heads, 32).transpose(1, 2)
        met = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        out: Tensor = self.norm(x + self.gather(met.transpose(1, 2).reshape(rows, length, self.heads * 32)))
        return out


class Student(nn.Module):
    """Pieces, styles and pair rows (rows, length) to scores of tags and of being proposed."""

    def __init__(self, size: StudentSize) -> None:
        super().__init__()
        self.size = size
        self.piece = nn.Embedding(size.pieces, size.width)
        self.style = nn.Embedding(STYLES, size.width)
        self.pair = nn.Embedding(size.pairs, size.pair_width)
        self.spread = nn.Linear(size.pair_width, size.width, bias=False)
        self.norm = nn.LayerNorm(size.width)
        kinds = {"c": Convolution, "a": Attention}
        self.blocks = nn.ModuleList(kinds[letter](size) for letter in size.blocks)
        self.heads = nn.Linear(size.width, 1 + 2 * len(TYPES) + 1)

    def encode(self, pieces: Tensor, styles: Tensor, pairs: Tensor) -> Tensor:
        """Vectors (rows, length, width)."""
        mask = pieces != 0
        x: Tensor = self.norm(self.piece(pieces) + self.style(styles) + self.spread(self.pair(pairs)))
        for block in self.blocks:
            x = block(x, mask)
        return x

    def forward(self, pieces: Tensor, styles: Tensor, pairs: Tensor) -> Tensor:
        scores: Tensor = self.heads(self.encode(pieces, styles, pairs))
        return scores
