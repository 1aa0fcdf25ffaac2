"""Fitting of the small networks that judge candidates, pairs and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from kg.extract.smallnet import Floats, SmallNet

if TYPE_CHECKING:
    from collections.abc import Sequence


def fit(
    rows: Floats, right: Sequence[int], *, hidden: int = 24, nets: int = 4, epochs: int = 25, decay: float = 0.5,
    rate: float = 2e-3, size: int = 256,
) -> SmallNet:  # fmt: skip
    """*nets* networks of one hidden layer, from other starts, side by side in one.

    *decay* is the usual squared penalty, divided by the number of rows.
    """
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    x = torch.from_numpy(((rows - mean) / scale).astype(np.float32))
    y = torch.tensor(right, dtype=torch.float)
    parts = [_one(x, y, hidden, epochs, decay, rate, size, seed) for seed in range(nets)]
    last = np.zeros((hidden * nets, nets), np.float32)
    for index, part in enumerate(parts):
        last[index * hidden : (index + 1) * hidden, index] = part[2]
    first = np.concatenate([p[0] for p in parts], 1), np.concatenate([p[1] for p in parts])
    return SmallNet(mean, scale, [first, (last, np.array([p[3] for p in parts], np.float32))])


def _one(
    x: torch.Tensor,
    y: torch.Tensor,
    hidden: int,
    epochs: int,
    decay: float,
    rate: float,
    size: int,
    seed: int,
) -> tuple[Floats, Floats, Floats, float]:
    draw = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    up, down = nn.Linear(x.shape[1], hidden), nn.Linear(hidden, 1)
    optimizer = torch.optim.Adam([*up.parameters(), *down.parameters()], lr=rate)
    for _ in range(epochs):
        for index in torch.randperm(len(x), generator=draw).split(size):  # type: ignore[no-untyped-call]
            loss = F.binary_cross_entropy_with_logits(down(F.relu(up(x[index])))[:, 0], y[index])
            loss = loss + decay / (2 * len(index)) * (up.weight.square().sum() + down.weight.square().sum())
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    weights = [p.detach().numpy() for p in (up.weight.T, up.bias, down.weight[0])]
    return weights[0], weights[1], weights[2], float(down.bias.detach())
