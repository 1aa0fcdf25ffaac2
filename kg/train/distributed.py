"""Training on several GPUs of one machine: one process each, started by ``torchrun``; alone it changes nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import torch
from torch import Tensor, distributed

if TYPE_CHECKING:
    from collections.abc import Iterable


def place_of(device: str) -> tuple[int, int, str]:
    """The rank of this process, how many there are, and its device: for work in which they need not meet."""
    rank, world = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    if device == "cuda":
        device = f"cuda:{int(os.environ.get('LOCAL_RANK', '0'))}"
        torch.cuda.set_device(device)
    return rank, world, device


def start(device: str) -> tuple[int, int, str]:
    """Join the other processes, if any: the rank of this one, how many there are, and its device."""
    rank, world, device = place_of(device)
    if world > 1:
        distributed.init_process_group("nccl" if device.startswith("cuda") else "gloo")
    return rank, world, device


def place() -> tuple[int, int]:
    """The rank of this process, and how many there are."""
    if not distributed.is_initialized():
        return 0, 1
    return distributed.get_rank(), distributed.get_world_size()


def autocast(device: str) -> torch.autocast:
    """Arithmetic in 16 bits on a GPU; nothing elsewhere."""
    kind = device.partition(":")[0]
    return torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda")


def average(parameters: Iterable[Tensor]) -> None:
    """Replace the gradients of *parameters* by their means over all processes."""
    if distributed.is_initialized():
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        distributed.all_reduce(flat)
        flat /= distributed.get_world_size()
        for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view_as(gradient))


def agree(value: float, device: str) -> float:
    """The first process's *value*, in all of them."""
    if not distributed.is_initialized():
        return value
    told = torch.tensor([value], dtype=torch.float64, device=device)
    distributed.broadcast(told, 0)
    return float(told)


def same_start(tensors: Iterable[Tensor]) -> None:
    """Give all processes the first one's weights."""
    if distributed.is_initialized():
        for tensor in tensors:
            distributed.broadcast(tensor, 0)


def stop() -> None:
    """Leave the others."""
    if distributed.is_initialized():
        distributed.destroy_process_group()
