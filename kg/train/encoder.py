"""The transformer encoder that both pretraining and fine-tuning train: BERT's layers over pieces and letter shapes.

Devlin et al. (2019): post-norm layers with learned positions, so that MiniLM's published weights fit.  Added to it: one
embedding for how a word is written (``kg.extract.words.SHAPES``) and whether a space stands before it.
"""

from __future__ import annotations

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
    width: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Layer(nn.Module):
    """Self-attention, then a feed-forward net; each added to its input and normalised."""

    def __init__(self, size: Size, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads, self.dropout = size.heads, dropout
        self.attend = nn.Linear(size.width, 3 * size.width)
        self.gather = nn.Linear(size.width, size.width)
        self.attend_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.feed_norm = nn.LayerNorm(size.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        rows, length, width = x.shape
        parts = self.attend(x).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        met = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        met = self.gather(met.transpose(1, 2).reshape(rows, length, width))
        x = self.attend_norm(x + F.dropout(met, self.dropout, self.training))
        fed = self.down(F.gelu(self.up(x)))
        out: Tensor = self.feed_norm(x + F.dropout(fed, self.dropout, self.training))
        return out


class Encoder(nn.Module):
    """Pieces and styles, both (rows, length), to vectors (rows, length, width)."""

    def __init__(self, size: Size, dropout: float = 0.0) -> None:
        super().__init__()
        self.size, self.dropout = size, dropout
        self.piece = nn.Embedding(size.pieces, size.width)
        self.style = nn.Embedding(STYLES, size.width)
        self.position = nn.Embedding(size.positions, size.width)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))

    def forward(self, pieces: Tensor, styles: Tensor, positions: Tensor, mask: Tensor | None = None) -> Tensor:
        x: Tensor = self.piece(pieces) + self.style(styles) + self.position(positions)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Restorer(nn.Module):
    """An encoder with the heads of pretraining: which piece, which style, and is it the original one."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.size.width
        self.encoder = encoder
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(encoder.size.pieces))
        self.style = nn.Linear(width, STYLES)
        self.replaced = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))

    def restore(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors (n, width) to scores of pieces and of styles."""
        x = self.norm(F.gelu(self.dense(x)))
        return F.linear(x, self.encoder.piece.weight, self.bias), self.style(x)


def stack(state: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Grow *state* to *layers* by repeating its stack of layers (Gong et al., 2019)."""
    prefix = "encoder.layers."
    depth = 1 + max(int(k.removeprefix(prefix).split(".")[0]) for k in state if k.startswith(prefix))
    grown = {k: v for k, v in state.items() if not k.startswith(prefix)}
    for index in range(layers):
        source = f"{prefix}{index % depth}."
        names = [k for k in state if k.startswith(source)]
        grown |= {f"{prefix}{index}.{k.removeprefix(source)}": state[k] for k in names}
    return grown
