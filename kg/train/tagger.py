"""The tagger: an encoder with heads for mentions, for what a paper proposes, and for identity.

All heads read the vector of a word's first piece.  Corpora with other types have tag heads of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.train.encoder import Encoder

TYPES = ("Task", "Method", "Model", "Dataset", "Metric")
IDENTITY = 64


class Tagger(nn.Module):
    """*corpora* maps the name of each further corpus to how many tags it has."""

    def __init__(self, encoder: Encoder, corpora: Mapping[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.size.width
        self.encoder, self.dropout = encoder, dropout
        self.tags = nn.Linear(width, 1 + 2 * len(TYPES))
        self.proposed = nn.Linear(width, 1)
        self.identity = nn.Linear(width, IDENTITY)
        self.others = nn.ModuleDict({name: nn.Linear(width, tags) for name, tags in corpora.items()})

    def encode(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Vectors (rows, words, width) of the first pieces."""
        pieces = batch["pieces"]
        positions = torch.arange(pieces.shape[1], device=pieces.device).expand_as(pieces)
        mask = (pieces != 0)[:, None, None, :]
        x = self.encoder(pieces, batch["styles"], positions, mask)
        index = batch["firsts"][:, :, None].expand(-1, -1, x.shape[2])
        return F.dropout(x.gather(1, index), self.dropout, self.training)

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of tags, of being proposed, and identity vectors, for each word."""
        x = self.encode(batch)
        return self.tags(x), self.proposed(x)[..., 0], F.normalize(self.identity(x), dim=-1)


def pair_loss(vectors: Tensor, entities: Tensor, surfaces: Tensor, types: Tensor, scale: float = 8.0) -> Tensor:
    """How well cosines of word vectors tell mentions of one entity from others of its type.

    *entities*, *surfaces* and *types* number the entity, the string and the type that begin at a word (-1 for none);
    pairs of equal strings are left out, since they are one entity by definition.
    """

    def alike(x: Tensor) -> Tensor:
        return x[:, :, None] == x[:, None]

    known = entities >= 0
    wanted = known[:, :, None] & known[:, None] & ~alike(surfaces) & alike(types)
    scores = scale * (vectors @ vectors.transpose(1, 2)).float() - scale / 2
    loss = F.binary_cross_entropy_with_logits(scores, alike(entities).float(), reduction="none")
    return (loss * wanted).sum() / wanted.sum().clamp(min=1)
