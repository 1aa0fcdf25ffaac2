"""The fast model: convolutions over pieces, one look at the whole text, and tables that cost only a lookup.

Beside each piece and its style, the student looks up the piece with the one and with the two before it in a hashed
table, so that fixed phrases need no arithmetic.  It is trained to give the probabilities of the accurate model.

Every matrix reads bytes when exported (:mod:`kg.train.export`), so blocks are made of matrices, ReLU, and one
normalisation each; what is normalised stays in 32 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.train.encoder import STYLES
from kg.train.linker import Linker
from kg.train.records import LABELS

QUERY, VALUE = 16, 32  # width of a head


@dataclass(frozen=True, slots=True)
class StudentSize:
    """Shape of a student.

    *blocks* names its layers: ``c2`` a convolution over a piece and both its neighbours two steps away, ``h2`` one that
    reads but half of each neighbour, ``s`` slots that pool the whole text and are read by every piece, ``a`` attention.
    """

    pieces: int
    width: int = 192
    blocks: tuple[str, ...] = ("c1", "c1", "s", "c2", "c1")
    heads: int = 4
    inner: int = 256
    pairs: int = 2**18
    pair_width: int = 32
    vectors: int = 96
    hidden: int = 128


def gram_hash(pieces: Tensor, rows: int) -> Tensor:
    """Rows of a piece with the one before it, and with the two before it: (..., length) to (..., length, 2).

    PAD stands before the first piece.
    """
    pieces = pieces.long()
    before = F.pad(pieces[..., :-1], (1, 0))
    pair = before * 31337 + pieces * 7919 + (before * pieces) % 65521
    triple = F.pad(pair[..., :-1], (1, 0)) * 48271 + pieces * 69621 + 12345
    return torch.stack([pair, triple], -1) % rows


def window(x: Tensor, far: int, share: int) -> Tensor:
    """Each row with its neighbours *far* rows away, of which it sees the last and the first *share* columns."""
    before, after = F.pad(x[:, :-far, -share:], (0, 0, far, 0)), F.pad(x[:, far:, :share], (0, 0, 0, far))
    return torch.cat([before, x, after], -1)


class Convolution(nn.Module):
    """Three neighbours to a wider layer and back."""

    def __init__(self, size: StudentSize, far: int, share: int) -> None:
        super().__init__()
        self.far, self.share = far, share
        self.up = nn.Linear(size.width + 2 * share, size.inner)
        self.down = nn.Linear(size.inner, size.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002 - blocks are called alike
        out: Tensor = self.down(F.relu(self.up(window(x, self.far, self.share))))
        return out


class Meeting(nn.Module):
    """Where pieces meet: narrow queries and keys, and the way back from what was met."""

    def __init__(self, size: StudentSize) -> None:
        super().__init__()
        self.heads = size.heads
        self.ask = nn.Linear(size.width, size.heads * (2 * QUERY + VALUE))
        self.gather = nn.Linear(size.heads * VALUE, size.width)


class Attention(Meeting):
    """Self-attention."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        query, key, value = split(self.ask(x), self.heads)
        met = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        out: Tensor = self.gather(joined(met))
        return out


class Slots(Meeting):
    """Attention at the price of a matrix (Shen et al., 2021): the text is pooled into slots, and pieces read these."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        query, key, value = split(self.ask(x), self.heads)
        key = key.float().masked_fill(~mask[:, None, :, None], -1e4).softmax(2).to(value.dtype)
        met = query.softmax(-1).to(value.dtype) @ (key.transpose(2, 3) @ value)
        out: Tensor = self.gather(joined(met))
        return out


def split(asked: Tensor, heads: int) -> tuple[Tensor, ...]:
    """(rows, length, heads * (2 * QUERY + VALUE)) to queries, keys and values (rows, heads, length, width each)."""
    rows, length, _ = asked.shape
    parts = asked.view(rows, length, heads, 2 * QUERY + VALUE).transpose(1, 2)
    return parts.split((QUERY, QUERY, VALUE), -1)


def joined(met: Tensor) -> Tensor:
    """(rows, heads, length, VALUE) to (rows, length, heads * VALUE)."""
    return met.transpose(1, 2).flatten(2)


def block(name: str, size: StudentSize) -> nn.Module:
    """Make the layer that *name* stands for."""
    if name[0] in "ch":
        return Convolution(size, int(name[1:]), size.width if name[0] == "c" else size.width // 2)
    return {"a": Attention, "s": Slots}[name](size)


class Student(nn.Module):
    """Pieces and styles (rows, length) to scores of tags and of being proposed, and to vectors."""

    def __init__(self, size: StudentSize) -> None:
        super().__init__()
        self.size = size
        self.piece = nn.Embedding(size.pieces, size.width)
        self.style = nn.Embedding(STYLES, size.width)
        self.pair = nn.Embedding(size.pairs, size.pair_width)
        self.spread = nn.Linear(2 * size.pair_width, size.width, bias=False)
        self.blocks = nn.ModuleList(block(name, size) for name in size.blocks)
        self.norms = nn.ModuleList(nn.LayerNorm(size.width) for _ in range(1 + len(size.blocks)))
        self.heads = nn.Linear(size.width, LABELS)
        self.vectors = nn.Linear(size.width, size.vectors)
        self.linker = Linker(size.vectors, size.hidden, 0.1)

    def encode(self, pieces: Tensor, styles: Tensor) -> Tensor:
        """Rows (rows, length, width); those of padding are zero, as is what stands before and behind a text."""
        mask = pieces != 0
        grams = self.pair(gram_hash(pieces, self.size.pairs)).flatten(2)
        x = self._add(0, self.piece(pieces) + self.style(styles), self.spread(grams), mask)
        for number, layer in enumerate(self.blocks, start=1):
            x = self._add(number, x, layer(x, mask), mask)
        return x

    def _add(self, number: int, x: Tensor, y: Tensor, mask: Tensor) -> Tensor:
        """Add and normalise, in 32 bits, what stands in the text."""
        out: Tensor = self.norms[number](x.float() + y.float()) * mask[..., None]
        return out

    def forward(self, pieces: Tensor, styles: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (rows, length, 12) and vectors (rows, length, *vectors*) at every piece."""
        x = self.encode(pieces, styles)
        return self.heads(x), self.vectors(x)
