"""The transformer encoder that both pretraining and fine-tuning train: MPNet's layers over pieces and letter shapes.

Devlin et al. (2019) and Song et al. (2020): post-norm layers, learned positions, and a bias by distance that all layers
share, so that MPNet's published weights fit.  Added to it: one embedding for how a word is written
(``kg.extract.words.SHAPES``) and whether a space stands before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.extract.words import SHAPES

STYLES = 1 + 2 * len(SHAPES)  # 0: special or masked; else 1 + 2 * shape + (a space stands before)


@dataclass(frozen=True, slots=True)
class Size:
    """Shape of an encoder."""

    pieces: int
    layers: int = 12
    width: int = 768
    heads: int = 12
    inner: int = 3072
    positions: int = 512
    distances: int = 32


BLOCK = 32


def nibbles(weight: Tensor) -> tuple[Tensor, Tensor]:
    """*weight* (out, in) in 4 bits: codes 0 to 15 (out, in), and a scale for each ``BLOCK`` of a row; 8 means zero.

    The largest number of a block is held exactly, as onnxruntime's ``MatMulNBits`` has it.
    """
    blocks = weight.float().unflatten(1, (-1, BLOCK))
    largest = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
    scale = (largest / -8).half().float()
    scale = torch.where(scale == 0, 1.0, scale)
    codes = (blocks / scale).round().clamp(-8, 7) + 8
    return codes.to(torch.uint8).flatten(1), scale[..., 0].half()


def widened(codes: Tensor, scales: Tensor) -> Tensor:
    """The matrix that :func:`nibbles` holds.

    >>> weight = torch.tensor([[-8.0, 7.0, 3.2] + [0.0] * 29])
    >>> widened(*nibbles(weight))[0, :3].tolist()
    [-8.0, 7.0, 3.0]
    """
    blocks = codes.float().unflatten(1, (-1, BLOCK)) - 8
    return (blocks * scales.float()[..., None]).flatten(1)


def rounded(weight: Tensor) -> Tensor:
    """*weight* as 4 bits hold it; the gradient passes as if nothing had been rounded (Bengio et al., 2013)."""
    return weight + (widened(*nibbles(weight)) - weight).detach()


class Matrix(nn.Linear):
    """A linear layer that can be told to hold its weights in 4 bits."""

    narrow = False

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, rounded(self.weight) if self.narrow else self.weight, self.bias)


class Layer(nn.Module):
    """Self-attention, then a feed-forward net; each added to its input and normalised."""

    def __init__(self, size: Size, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads, self.dropout = size.heads, dropout
        self.attend = Matrix(size.width, 3 * size.width)
        self.gather = Matrix(size.width, size.width)
        self.attend_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.up = Matrix(size.width, size.inner)
        self.down = Matrix(size.inner, size.width)
        self.feed_norm = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, width = x.shape
        parts = self.attend(x).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        met = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        met = self.gather(met.transpose(1, 2).reshape(rows, length, width))
        x = self.attend_norm(x + F.dropout(met, self.dropout, self.training))
        fed = self.down(F.gelu(self.up(x)))
        out: Tensor = self.feed_norm(x + F.dropout(fed, self.dropout, self.training))
        return out


def distance_buckets(length: int, buckets: int, *, farthest: int = 128) -> Tensor:
    """The bucket of every distance in a text (length, length), as in T5 and MPNet: exact when near, logarithmic beyond.

    Raffel et al. (2020). Places before and behind have buckets of their own.

    >>> distance_buckets(4, 32)[0].tolist()
    [0, 17, 18, 19]
    """
    place = torch.arange(length)
    apart = place[:, None] - place[None]
    half = buckets // 2
    exact = half // 2
    far = exact + (apart.abs().clamp(min=1) / exact).log() / math.log(farthest / exact) * (half - exact)
    near = torch.where(apart.abs() < exact, apart.abs(), far.long().clamp(max=half - 1))
    return near + half * (apart < 0)


class Encoder(nn.Module):
    """Pieces and styles, both (rows, length), to vectors (rows, length, width)."""

    def __init__(self, size: Size, dropout: float = 0.0) -> None:
        super().__init__()
        self.size, self.dropout = size, dropout
        self.piece = nn.Embedding(size.pieces, size.width)
        self.style = nn.Embedding(STYLES, size.width)
        self.position = nn.Embedding(size.positions, size.width)
        self.distance = nn.Embedding(size.distances, size.heads)
        self.distance.weight.requires_grad_(requires_grad=False)  # its gradient would cost a tenth of the time
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.register_buffer("buckets", distance_buckets(size.positions, size.distances), persistent=False)

    def bias(self, length: int, mask: Tensor | None) -> Tensor:
        """What is added to the attention (rows or 1, heads, length, length): by distance, and where *mask* hides."""
        bias = self.distance(self.get_buffer("buckets")[:length, :length]).permute(2, 0, 1)[None]
        return bias if mask is None else bias + torch.where(mask, 0.0, -1e4)[:, None, None, :]

    def forward(self, pieces: Tensor, styles: Tensor, first: int | Tensor = 0, mask: Tensor | None = None) -> Tensor:
        """Read rows whose first pieces have position *first*; *mask* (rows, length) is true where there is a piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device) + first
        x: Tensor = self.piece(pieces) + self.style(styles) + self.position(places)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = self.bias(pieces.shape[1], mask)
        kind = x.device.type
        bias = bias.to(torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype)
        bias = bias.expand(len(pieces), -1, -1, -1)
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Restorer(nn.Module):
    """An encoder with the heads of pretraining: which piece, and which style."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.size.width
        self.encoder = encoder
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(encoder.size.pieces))
        self.style = nn.Linear(width, STYLES)

    def restore(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors (n, width) to scores of pieces and of styles."""
        x = self.norm(F.gelu(self.dense(x)))
        return F.linear(x, self.encoder.piece.weight, self.bias), self.style(x)
