"""The one way in which taggers and students are trained: on material with labels, by passes or by the clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.train import distributed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.train.linker import Linker
    from kg.train.material import Batch, Material

Group = dict[str, object]


class Model(Protocol):
    """What is trained: reads pieces and styles, and has heads that link."""

    linker: Linker

    def __call__(self, pieces: Tensor, styles: Tensor) -> tuple[Tensor, Tensor]: ...


@dataclass(frozen=True, slots=True)
class Options:
    """How to train; *seconds*, where given, end it before *epochs* do."""

    rate: float
    epochs: float = 10**6
    seconds: float = 10**6
    size: int = 16
    length: int | None = None
    head_rate: float = 1e-3
    decay: float = 0.95  # of the rate from a layer to the one below
    warm: float = 0.1
    seed: int = 1
    weights: dict[str, float] = field(
        default_factory=lambda: {"proposed": 0.4, "pairs": 1.0, "kinds": 0.5, "links": 0.5, "identity": 0.2}
    )
    stress: float = 0.0  # how much more a word counts that names what is proposed


def losses(
    model: Model, read: Callable[..., tuple[Tensor, Tensor]], batch: Batch, options: Options
) -> dict[str, Tensor]:
    """The losses of all heads on a batch, unweighted."""
    pieces, styles, firsts = batch["pieces"].unbind(-1)
    scores, vectors = read(pieces.int(), styles.int())
    labels, scores, counted = batch["labels"].float(), scores.float(), firsts.float()
    each = -(labels[..., :-1] * scores[..., :-1].log_softmax(-1)).sum(-1) * (1 + options.stress * labels[..., -1])
    new = F.binary_cross_entropy_with_logits(scores[..., -1], labels[..., -1], reduction="none")
    entity = counted * (1 - labels[..., 0])
    found = {
        "tags": (each * counted).sum() / counted.sum(),
        "proposed": (new * entity).sum() / entity.sum().clamp(min=1),
    }
    return found | model.linker.losses(model.linker(vectors, batch), batch)


def batches(material: Material, options: Options, device: str, *, rank: int = 0, world: int = 1) -> Iterator[Tensor]:
    """Endless indices of abstracts; those of a batch are of like length, and processes get parts of their own."""
    draw = torch.Generator().manual_seed(options.seed)
    sizes = material.starts["pieces"].diff().cpu()
    while True:
        order = torch.randperm(len(material), generator=draw)[rank::world]
        chunks = [part[sizes[part].argsort()] for part in order.split(options.size * 16)]  # type: ignore[no-untyped-call]
        parts = [b for chunk in chunks for b in chunk.split(options.size) if len(b) == options.size or len(order) < 99]
        for k in torch.randperm(len(parts), generator=draw).tolist():
            yield parts[k].to(device)


def fit(
    model: Model, material: Material, options: Options, groups: list[Group], device: str, *, compiled: bool = False
) -> None:
    """Train *model* in place on *material*, which is on *device*."""
    rank, world = distributed.place()
    read = torch.compile(model) if compiled else model
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=device.startswith("cuda"))  # type: ignore[arg-type]
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    total = options.epochs * (len(material) // (options.size * world))
    started = shown = time.monotonic()
    spent = 0.0
    torch.manual_seed(options.seed + rank)
    for step, index in enumerate(batches(material, options, device, rank=rank, world=world)):
        if step % 8 == 0:
            torch.cuda.synchronize() if device.startswith("cuda") else None
            spent = distributed.agree((time.monotonic() - started) / options.seconds, device)
        done = max(spent, step / total)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(done / options.warm, (1 - done) / (1 - options.warm))
        with distributed.autocast(device):
            found = losses(model, read, material.batch(index, options.length), options)
        weighed = (options.weights.get(name, 1.0) * value for name, value in found.items())
        loss = sum(weighed, torch.zeros((), device=device))
        loss.backward()  # type: ignore[no-untyped-call]
        distributed.average(parameters)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if rank == 0 and (step < 1 or time.monotonic() - shown > 10):
            shown = time.monotonic()
            values = " ".join(f"{name} {float(value.detach()):.3f}" for name, value in found.items())
            print(f"step {step} ({100 * done:.0f} %), {shown - started:.0f} s: {values}", flush=True)
    if rank == 0:
        print(f"{step} steps in {time.monotonic() - started:.0f} s", flush=True)
