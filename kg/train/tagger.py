"""The accurate model: an encoder with heads for mentions, for what a paper proposes, and for what links them."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

from kg.train.encoder import Encoder, Matrix, Size
from kg.train.linker import Linker
from kg.train.records import LABELS

VECTORS = 96
"""Width of the vectors of words that the linking heads read."""


class Tagger(nn.Module):
    """Pieces and styles (rows, length) to scores of tags and of being proposed, and to vectors."""

    def __init__(self, size: Size, *, hidden: int = 256, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder, self.dropout = Encoder(size, dropout), dropout
        self.heads = nn.Linear(size.width, LABELS)
        self.vectors = nn.Linear(size.width, VECTORS)
        self.linker = Linker(VECTORS, hidden)

    def encode(self, pieces: Tensor, styles: Tensor) -> Tensor:
        """Vectors (rows, length, width) of the encoder."""
        x = self.encoder(pieces, styles, mask=pieces != 0)
        return F.dropout(x, self.dropout, self.training)

    def forward(self, pieces: Tensor, styles: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (rows, length, 12) of tags and of being proposed, and vectors (rows, length, 96), at every piece."""
        x = self.encode(pieces, styles)
        return self.heads(x), self.vectors(x)

    def narrow(self) -> None:
        """Hold the matrices of the encoder in 4 bits from now on."""
        for module in self.encoder.modules():
            if isinstance(module, Matrix):
                module.narrow = True

    @property
    def narrowed(self) -> set[str]:
        """The names of the weights that are held in 4 bits."""
        return {f"{n}.weight" for n, module in self.named_modules() if isinstance(module, Matrix) and module.narrow}
