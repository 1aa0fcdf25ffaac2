"""The heads that link: relations between entities, kinds and roles of numbers, identity of mentions.

They read the vectors of words, averaged over places, and the evidence of :mod:`kg.extract.links`; what they compute in
training, :mod:`kg.extract.heads` computes in numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.extract.links import NUMBER_EVIDENCE, PAIR_EVIDENCE, PERMITTED, RELATIONS
from kg.extract.numbers import HINTS
from kg.extract.reported import KINDS, ROLES
from kg.train.material import mean, sums

if TYPE_CHECKING:
    from kg.train.material import Batch

IDENTITY = 32
SCALE = 8.0
"""What cosines are multiplied by to give the log-odds of identity."""


class Net(nn.Module):
    """One hidden layer over several vectors and evidence; it sees the first two vectors multiplied as well."""

    def __init__(self, vectors: int, width: int, evidence: int, hidden: int, out: int, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.read = nn.Linear(vectors * width + evidence, hidden)
        self.one, self.other = (nn.Linear(width, hidden, bias=False) for _ in range(2))
        self.out = nn.Linear(hidden, out)

    def forward(self, vectors: list[Tensor], evidence: Tensor) -> Tensor:
        x = F.dropout(torch.cat([*vectors, evidence], 1), self.dropout / 2, self.training)
        hidden = F.relu(self.read(x) + self.one(vectors[0]) * self.other(vectors[1]))
        out: Tensor = self.out(F.dropout(hidden, self.dropout, self.training))
        return out


class Linker(nn.Module):
    """All heads that link, over vectors of *width*."""

    def __init__(self, width: int, hidden: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.identity = nn.Linear(width, IDENTITY)
        self.pairs = Net(7, width, PAIR_EVIDENCE, hidden, len(RELATIONS), dropout)
        self.links = Net(6, width, NUMBER_EVIDENCE + len(HINTS), hidden, len(ROLES), dropout)
        self.kinds = Net(3, width, len(HINTS), hidden, 1 + len(KINDS), dropout)
        self.register_buffer("permitted", torch.from_numpy(PERMITTED).float(), persistent=False)

    def forward(self, vectors: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Scores of relations (pairs, 9), roles (links, 4) and kinds (numbers, 5), identity vectors of mentions."""
        running = sums(vectors, batch["pieces"][..., 2])
        mentions, pairs, numbers, links = (batch[n] for n in ("mentions", "pairs", "numbers", "links"))
        places = mean(running, mentions[:, :2])
        entities = places.new_zeros(len(batch["entities"]), places.shape[1])
        entities = entities.index_add(0, mentions[:, 2], places)
        entities = entities / torch.bincount(mentions[:, 2], minlength=len(entities)).clamp(min=1)[:, None]
        around = [mean(running, pairs[:, k : k + 2]) for k in range(2, 12, 2)]
        here = [mean(running, numbers[:, k : k + 2]) for k in (0, 2, 4)]
        near = [mean(running, links[:, k : k + 2]) for k in (2, 4)]
        own, *sides = (part[links[:, 0]] for part in here)
        ends = [entities[pairs[:, 0]], entities[pairs[:, 1]]]
        hints = batch["hints"].float()
        told = torch.cat([batch["link_evidence"].float(), hints[links[:, 0]]], 1)
        begun = vectors.new_tensor(0) + F.pad(vectors, (0, 0, 0, 1)).flatten(0, 1)[mentions[:, 0]].float()
        return {
            "pairs": self.pairs([*ends, *around], batch["pair_evidence"].float()),
            "links": self.links([own, entities[links[:, 1]], *near, *sides], told),
            "kinds": self.kinds(here, hints),
            "identity": F.normalize(self.identity(begun), dim=-1),
        }

    def losses(self, scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
        """The loss of each head, a mean over what it decides."""
        return {
            "pairs": self._relation_loss(scores["pairs"].float(), batch),
            "kinds": _kind_loss(scores["kinds"].float(), batch["kinds"].float()),
            "links": _role_loss(scores["links"].float(), batch["link_targets"].float()),
            "identity": identity_loss(scores["identity"].float(), batch),
        }

    def _relation_loss(self, scores: Tensor, batch: Batch) -> Tensor:
        types = batch["entities"][:, 0]
        may = self.get_buffer("permitted")[types[batch["pairs"][:, 0]], types[batch["pairs"][:, 1]]]
        loss = F.binary_cross_entropy_with_logits(scores, batch["pair_targets"].float(), reduction="none")
        return (loss * may).sum() / max(len(scores), 1)


def _kind_loss(scores: Tensor, targets: Tensor) -> Tensor:
    return -(targets * scores.log_softmax(-1)).sum() / max(len(scores), 1)


def _role_loss(scores: Tensor, targets: Tensor) -> Tensor:
    """Only numbers that are results have roles; the last column of *targets* says how sure that is."""
    loss = F.binary_cross_entropy_with_logits(scores, targets[:, :-1], reduction="none") * targets[:, -1:]
    return loss.sum() / targets[:, -1].sum().clamp(min=1)


def identity_loss(vectors: Tensor, batch: Batch) -> Tensor:
    """How well cosines tell mentions of one entity from others of its type; equal strings are one by definition."""
    mentions, of = batch["mentions"], batch["mentions_of"]

    def alike(x: Tensor) -> Tensor:
        return x[:, None] == x[None]

    wanted = alike(of) & alike(mentions[:, 4]) & ~alike(mentions[:, 3])
    scores = SCALE * (vectors @ vectors.T) - SCALE / 2
    loss = F.binary_cross_entropy_with_logits(scores, alike(mentions[:, 2]).float(), reduction="none")
    return (loss * wanted).sum() / wanted.sum().clamp(min=1)
