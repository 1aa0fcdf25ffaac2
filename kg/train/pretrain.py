"""Pretraining of the encoder on abstracts, by the clock: it uses exactly the seconds that it is given.

Masked language modelling over whole words (Devlin et al., 2019), from MPNet's weights, on one GPU or several
(:func:`kg.train.run.main` says how to start several).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.train import distributed, weights
from kg.train.encoder import Encoder, Restorer, Size
from kg.train.mpnet import start_from
from kg.train.stream import Stream, hide

ALIGNED = 20  # steps between two looks at the clock


@dataclass(frozen=True, slots=True)
class Stage:
    """How to pretrain: *warm* counts steps, *cool* is a share of the time; new weights learn *fresh* times faster."""

    seconds: float
    rate: float = 2e-4
    warm: int = 120
    cool: float = 0.9
    fresh: float = 2.5
    hidden: float = 0.2
    rows: int = 128
    length: int = 384
    seed: int = 1

    def share(self, step: int, spent: float) -> float:
        """The share of the learning rate at *step*, when *spent* of the time (0 to 1) is over."""
        return max(min(1.0, step / self.warm, (1.0 - spent) / self.cool), 0.003)


def run(options: dict[str, Any]) -> None:
    """Train as *options* say, and save."""
    started = time.monotonic()
    rank, world, device = distributed.start(options.get("device", "cuda"))
    vocabulary = Path(options["vocabulary"]).read_text(encoding="utf8").split("\n")[:-1]
    stream = Stream.load(Path(options["rows"]), device)
    if rank == 0:
        print(f"{stream.data.shape[1]} pieces, {world} processes, {time.monotonic() - started:.0f} s", flush=True)
    torch.manual_seed(1)
    restorer = Restorer(Encoder(Size(len(vocabulary), **options.get("shape", {}))))
    if "start" in options:
        restorer.load_state_dict(weights.load(Path(options["start"])))
    restorer.to(device)
    distributed.same_start(restorer.parameters())
    log = train(restorer, stream, Stage(**options["stage"]), rank, started if options.get("from_call") else None)
    if rank == 0:
        out = Path(options["out"]) / options["name"]
        weights.save(restorer.state_dict(), out.with_name(out.name + ".small"))
        out.with_name(out.name + ".log.json").write_text(json.dumps(log))
    distributed.stop()


def first_weights(vocabulary: list[str], mpnet: Path, out: Path) -> None:
    """Save what pretraining starts from: MPNet's encoder with the pieces of *vocabulary*, the rest random."""
    torch.manual_seed(1)
    restorer = Restorer(Encoder(Size(len(vocabulary))))
    start_from(restorer, vocabulary, mpnet)
    weights.save(restorer.state_dict(), out)


def train(restorer: Restorer, stream: Stream, stage: Stage, rank: int, started: float | None) -> list[dict[str, float]]:
    """Train until the seconds are over; returns the log."""
    device = stream.data.device
    generator = torch.Generator(device).manual_seed(1000 * stage.seed + rank)
    optimizer = _optimizer(restorer, stage, fused=device.type == "cuda")
    restore = restorer.restore
    if device.type == "cuda":
        torch.set_float32_matmul_precision("high")
        for layer in restorer.encoder.layers:
            layer.compile()
        restore = torch.compile(restore)
    log: list[dict[str, float]] = []
    started = time.monotonic() if started is None else started
    shown, spent = started, 0.0
    for step, batch in enumerate(stream.batches(stage.rows, stage.length, generator)):
        if step % ALIGNED == 0:
            spent = distributed.agree((time.monotonic() - started) / stage.seconds, str(device))
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * stage.share(step, spent)
        with torch.autocast(device.type, torch.bfloat16):
            losses = _losses(restorer, restore, batch, stage, generator)
        sum(losses).backward()  # type: ignore[union-attr]
        distributed.average(restorer.parameters())
        norm = torch.nn.utils.clip_grad_norm_(restorer.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step < 2 or (step % ALIGNED == 0 and time.monotonic() - shown > 10):
            shown = time.monotonic()
            row = {"spent": spent, "step": step, "pieces": step * batch[0].numel(), "norm": float(norm)}
            log.append(row | {f"loss{i}": float(x.detach()) for i, x in enumerate(losses)})
            if rank == 0:
                print({k: round(v, 4) for k, v in log[-1].items()}, f"{shown - started:.0f} s", flush=True)
    return log


def _optimizer(restorer: Restorer, stage: Stage, *, fused: bool) -> torch.optim.AdamW:
    """Norms and biases do not decay; what MPNet did not know (pieces, styles, the heads) learns faster."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in restorer.named_parameters():
        old = name.startswith(("encoder.layers.", "encoder.norm.", "encoder.position."))
        rate = stage.rate if old else stage.rate * stage.fresh
        made.setdefault((rate, 0.01 * (parameter.ndim > 1)), []).append(parameter)
    groups = [{"params": p, "lr": 0.0, "top": rate, "weight_decay": decay} for (rate, decay), p in made.items()]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=fused)


def _losses(
    restorer: Restorer, restore: Any, batch: Tensor, stage: Stage, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The losses of the hidden pieces and of how they were written."""
    pieces, styles = batch[0].long(), batch[1].long()
    seen, seen_styles, places = hide(batch, stage.hidden, restorer.encoder.size.pieces, generator)
    first = torch.randint(0, restorer.encoder.size.positions - stage.length + 1, (1,), device=batch.device)
    x = restorer.encoder(seen, seen_styles, first).flatten(0, 1)
    piece_scores, style_scores = restore(x[places])
    restored = F.cross_entropy(piece_scores.float(), pieces.flatten()[places])
    return restored, F.cross_entropy(style_scores.float(), styles.flatten()[places])
