"""Weights on disk: bytes or 4 bits and scales, in one file small enough to be carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load as parse
from safetensors.torch import save as dump
from torch import Tensor

from kg.train.encoder import nibbles, widened

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path


def save(state: dict[str, Tensor], path: Path, *, narrow: Container[str] = ()) -> None:
    """Write *state* with matrices as bytes and one scale a row, those named in *narrow* in 4 bits, the rest in 16."""
    path.parent.mkdir(parents=True, exist_ok=True)
    small: dict[str, Tensor] = {}
    for name, tensor in state.items():
        value = tensor.detach().float().cpu()
        if name in narrow:
            codes, small[name + "/scales"] = nibbles(value)
            small[name + "/nibbles"] = codes[:, ::2] | codes[:, 1::2] << 4
        elif value.ndim == 2:
            scale = value.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            small[name], small[name + "/scale"] = (value / scale).round().to(torch.int8), scale
        else:
            small[name] = value.half()
    path.write_bytes(dump({k: v.contiguous() for k, v in small.items()}))


def load(path: Path) -> dict[str, Tensor]:
    """Read what :func:`save` wrote, in single precision."""
    small = parse(path.read_bytes())
    state = {}
    for name, value in small.items():
        if name.endswith("/nibbles"):
            codes = torch.stack([value & 15, value >> 4], -1).flatten(1)
            whole = name.removesuffix("/nibbles")
            state[whole] = widened(codes, small[whole + "/scales"])
        elif not name.endswith(("/scale", "/scales")):
            state[name] = value.float() * small[name + "/scale"] if name + "/scale" in small else value.float()
    return state
