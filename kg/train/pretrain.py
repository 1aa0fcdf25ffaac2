"""Pretraining of the encoder on abstracts, by the clock: each stage uses exactly the seconds it is given.

A stage restores hidden words (masked language modelling over whole words) or, where ``objective`` is ``"replaced"``,
finds and corrects the words that a smaller, frozen encoder put in (Clark et al., 2020; Meng et al., 2021).
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

from kg.train import weights
from kg.train.encoder import Encoder, Restorer, Size, stack
from kg.train.minilm import start_from
from kg.train.stream import Stream, hide, read


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of pretraining; *warm* and *cool* are shares of its *seconds*."""

    layers: int
    seconds: float
    objective: str = "hidden"
    rate: float = 6e-4
    warm: float = 0.05
    cool: float = 0.0
    hidden: float = 0.2
    rows: int = 256
    length: int = 384
    seed: int = 1
    weight: float = 20.0  # of the loss for replaced words

    def share(self, spent: float) -> float:
        """The share of the learning rate at *spent*, which runs from 0 to 1."""
        return min(1.0, spent / self.warm, (1.0 - spent) / self.cool if self.cool else 1.0)


def run(options: dict[str, Any]) -> None:
    """Train through all stages of *options*, saving after each."""
    started = time.monotonic()
    vocabulary = Path(options["vocabulary"]).read_text(encoding="utf8").split("\n")[:-1]
    device = options.get("device", "cuda")
    texts = read(Path(options["texts"]))[: options.get("limit")]
    stream = Stream(texts, vocabulary, device, workers=options.get("workers", 16))
    print(f"{stream.data.shape[1]} pieces after {time.monotonic() - started:.0f} s", flush=True)
    state = first_weights(options, vocabulary)
    teacher = None
    if "generator" in options:
        teacher = _restorer(len(vocabulary), options["generator_layers"], device)
        teacher.load_state_dict(weights.load(Path(options["generator"])))
        teacher.requires_grad_(requires_grad=False).eval()
    log = []
    for number, table in enumerate(options["stage"]):
        stage = Stage(**table)
        restorer = _restorer(len(vocabulary), stage.layers, device)
        restorer.load_state_dict(stack(state, stage.layers))
        log += [{"stage": number, **row} for row in train(restorer, stream, stage, teacher)]
        state = {k: v.detach().cpu() for k, v in restorer.state_dict().items()}
        weights.save(state, Path(options["out"]) / f"{options['name']}-{number}")
        (Path(options["out"]) / f"{options['name']}.log.json").write_text(json.dumps(log))


def first_weights(options: dict[str, str], vocabulary: list[str]) -> dict[str, Tensor]:
    """The weights that the first stage starts from: an earlier run's, or MiniLM's."""
    torch.manual_seed(1)
    if "start" in options:
        return weights.load(Path(options["start"]))
    restorer = _restorer(len(vocabulary), 6, "cpu")
    start_from(restorer, vocabulary, Path(options["minilm"]))
    return restorer.state_dict()


def _restorer(pieces: int, layers: int, device: str) -> Restorer:
    return Restorer(Encoder(Size(pieces, layers))).to(device)


def train(restorer: Restorer, stream: Stream, stage: Stage, teacher: Restorer | None) -> list[dict[str, float]]:
    """One stage; returns the log."""
    device = stream.data.device
    generator = torch.Generator(device).manual_seed(stage.seed)
    optimizer = _optimizer(restorer, stage.rate, fused=device.type == "cuda")
    if device.type == "cuda":
        torch.set_float32_matmul_precision("high")
        for layer in [*restorer.encoder.layers, *(teacher.encoder.layers if teacher else [])]:
            layer.compile()
    step_loss = torch.compile(_losses, disable=device.type != "cuda")
    log: list[dict[str, float]] = []
    started = shown = time.monotonic()
    for steps, batch in enumerate(stream.batches(stage.rows, stage.length, generator), start=1):
        spent = (time.monotonic() - started) / stage.seconds
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = stage.rate * max(stage.share(spent), 0.01)
        with torch.autocast(device.type, torch.bfloat16):
            losses = _step(restorer, batch, stage, teacher, generator, step_loss)
        losses[0].backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(restorer.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if steps % 10 == 0:
            torch.cuda.synchronize() if device.type == "cuda" else None
        if steps <= 2 or time.monotonic() - shown > 10:
            shown = time.monotonic()
            row = {"spent": spent, "steps": steps, "tokens": steps * batch[0].numel(), "norm": float(norm)}
            log.append(row | {f"loss{i}": float(x) for i, x in enumerate(losses)})
            print({k: round(v, 4) for k, v in log[-1].items()}, f"{shown - started:.0f} s", flush=True)
    return log


def _optimizer(restorer: Restorer, rate: float, *, fused: bool) -> torch.optim.AdamW:
    plain = [p for p in restorer.parameters() if p.ndim < 2]
    decayed = [p for p in restorer.parameters() if p.ndim >= 2]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, fused=fused)


def _step(
    restorer: Restorer,
    batch: Tensor,
    stage: Stage,
    teacher: Restorer | None,
    generator: torch.Generator,
    losses: Any,
) -> tuple[Tensor, ...]:
    pieces, styles = batch[0].long(), batch[1].long()
    seen, seen_styles, places = hide(batch, stage.hidden, restorer.encoder.size.pieces, generator)
    offset = torch.randint(0, restorer.encoder.size.positions - stage.length + 1, (1,), device=batch.device)
    positions = (torch.arange(stage.length, device=batch.device) + offset).expand_as(pieces)
    replaced = None
    if teacher is not None:
        seen, seen_styles = put_in(teacher, batch, seen, seen_styles, positions, places, generator)
        replaced = ((seen != pieces) | (seen_styles != styles)).float()
    x = restorer.encoder(seen, seen_styles, positions)
    found: tuple[Tensor, ...] = losses(restorer, x, pieces, styles, places, replaced, stage.weight)
    return found


@torch.no_grad()
def put_in(
    teacher: Restorer,
    batch: Tensor,
    seen: Tensor,
    seen_styles: Tensor,
    positions: Tensor,
    places: Tensor,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Pieces and styles with the hidden words drawn from what *teacher* finds likely."""
    x = teacher.encoder(seen, seen_styles, positions).flatten(0, 1)[places]
    scores = teacher.restore(x)
    drawn = [_draw(s.float(), generator) for s in scores]
    pieces, styles = batch[0].long().flatten().clone(), batch[1].long().flatten().clone()
    pieces[places], styles[places] = drawn
    index = torch.arange(len(pieces), device=pieces.device)
    first = torch.cummax(torch.where(batch[2].flatten() == 1, index, 0), 0).values
    return pieces.view_as(seen), styles[first].view_as(seen)


def _draw(scores: Tensor, generator: torch.Generator) -> Tensor:
    """One number a row, with the probabilities that *scores* mean."""
    return (scores - torch.empty_like(scores).exponential_(generator=generator).log()).argmax(-1)


def _losses(
    restorer: Restorer,
    x: Tensor,
    pieces: Tensor,
    styles: Tensor,
    places: Tensor,
    replaced: Tensor | None,
    weight: float,
) -> tuple[Tensor, ...]:
    flat = x.flatten(0, 1)
    piece_scores, style_scores = restorer.restore(flat[places])
    restored = F.cross_entropy(piece_scores.float(), pieces.flatten()[places])
    written = F.cross_entropy(style_scores.float(), styles.flatten()[places])
    total = restored + written
    if replaced is None:
        return total, restored, written
    scores = restorer.replaced(flat)[:, 0].float()
    found = F.binary_cross_entropy_with_logits(scores, replaced.flatten())
    return total + weight * found, restored, written, found
