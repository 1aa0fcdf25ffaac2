"""From the linking heads of a trained model to the file that :mod:`kg.extract.heads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.heads import Heads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

PARTS = {
    "read": "read.weight",
    "bias": "read.bias",
    "one": "one.weight",
    "other": "other.weight",
    "out": "out.weight",
    "out_bias": "out.bias",
}


def heads_of(state: Mapping[str, Tensor]) -> Heads:
    """The heads in a model's weights; numpy multiplies from the other side, so matrices are turned."""
    nets = ("pairs", "links", "kinds")
    names = {f"{net}.{ours}": f"linker.{net}.{theirs}" for net in nets for ours, theirs in PARTS.items()}
    names |= {f"identity.{part}": f"linker.identity.{part}" for part in ("weight", "bias")}
    return Heads({ours: _turned(state[theirs].float()).contiguous().numpy() for ours, theirs in names.items()})


def _turned(weight: Tensor) -> Tensor:
    return weight.T if weight.ndim == 2 else weight
