"""Weights on disk: half precision, cut into parts small enough to be carried one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load as parse
from safetensors.torch import save as dump
from torch import Tensor

if TYPE_CHECKING:
    from pathlib import Path

PART = 15 * 2**20


def save(state: dict[str, Tensor], stem: Path) -> None:
    """Write *state* as ``stem.0``, ``stem.1`` and so on."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    data = dump({k: v.detach().to("cpu", torch.float16).contiguous() for k, v in state.items()})
    for number, start in enumerate(range(0, len(data), PART)):
        stem.with_name(f"{stem.name}.{number}").write_bytes(data[start : start + PART])


def load(stem: Path) -> dict[str, Tensor]:
    """Read what :func:`save` wrote, in single precision."""
    if stem.suffix == ".small":
        return unshrink(stem.read_bytes())
    parts = sorted(stem.parent.glob(stem.name + ".[0-9]*"), key=lambda p: int(p.suffix[1:]))
    state = parse(b"".join(p.read_bytes() for p in parts))
    return {k: v.float() for k, v in state.items()}


def shrink(state: dict[str, Tensor], path: Path) -> None:
    """Write *state* with matrices as bytes and one scale a row; half the size of :func:`save`, a little less exact."""
    small: dict[str, Tensor] = {}
    for name, tensor in state.items():
        value = tensor.detach().float().cpu()
        if value.ndim == 2:
            scale = value.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            small[name], small[name + "/scale"] = (value / scale).round().to(torch.int8), scale
        else:
            small[name] = value.half()
    path.write_bytes(dump({k: v.contiguous() for k, v in small.items()}))


def unshrink(data: bytes) -> dict[str, Tensor]:
    """Read what :func:`shrink` wrote."""
    small = parse(data)
    return {
        name: value.float() * small[name + "/scale"] if name + "/scale" in small else value.float()
        for name, value in small.items()
        if not name.endswith("/scale")
    }
