"""Training on silver: of the student, and of the accurate model itself (self-training).

UNTIL is the time (seconds of the epoch) at which to stop; the learning rate falls to nothing by then, or after
``epochs`` passes where the config names them.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from kg.train import weights
from kg.train.finetune import Options, build
from kg.train.silver import LENGTH, SILVER
from kg.train.student import Student, StudentSize, pair_hash

if TYPE_CHECKING:
    from kg.train.tagger import Tagger


def silver_loss(scores: Tensor, labels: Tensor, firsts: Tensor) -> Tensor:
    """Cross-entropy of tags and of being proposed against probabilities, over first pieces."""
    scores, labels, firsts = scores.float(), labels.float(), firsts.float()
    tags = -(labels[..., :-1] * scores[..., :-1].log_softmax(-1)).sum(-1)
    proposed = F.binary_cross_entropy_with_logits(scores[..., -1], labels[..., -1], reduction="none")
    entity = firsts * (1 - labels[..., 0])
    return (tags * firsts).sum() / firsts.sum() + 0.2 * (proposed * entity).sum() / entity.sum()


def tagger_scores(tagger: Tagger, pieces: Tensor, styles: Tensor) -> Tensor:
    """Scores of all labels at every piece."""
    positions = torch.arange(LENGTH, device=pieces.device).expand_as(pieces)
    x = tagger.encoder(pieces, styles, positions, (pieces != 0)[:, None, None, :])
    x = F.dropout(x, tagger.dropout, tagger.training)
    return torch.cat([tagger.tags(x), tagger.proposed(x)], -1)


def student_scores(student: Student, pieces: Tensor, styles: Tensor) -> Tensor:
    """The same for a student."""
    scores: Tensor = student(pieces, styles, pair_hash(pieces, student.size.pairs))
    return scores


def train(model: nn.Module, score: Any, rows: Tensor, labels: Tensor, table: dict[str, Any], until: float) -> None:
    """Train *model* until the clock says *until* or the passes are over."""
    device, size, rate = rows.device, table.get("size", 256), table["rate"]
    tables = [p for n, p in model.named_parameters() if n.startswith(("piece.", "pair."))]
    others = [p for n, p in model.named_parameters() if not n.startswith(("piece.", "pair."))]
    groups = [{"params": tables, "weight_decay": 0.0}, {"params": others, "weight_decay": 0.01}]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, fused=device.type == "cuda")
    started = shown = time.time()
    total = table.get("epochs", 10**6) * (len(rows) // size)
    step = 0
    while True:
        for index in torch.randperm(len(rows), device=device)[: len(rows) // size * size].view(-1, size):
            if step % 8 == 0 and device.type == "cuda":
                torch.cuda.synchronize()
            spent = max((time.time() - started) / (until - started), step / total)
            if spent >= 1:
                print(f"{step} steps in {time.time() - started:.0f} s", flush=True)
                return
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, spent / 0.05, (1 - spent) / 0.9)
            batch = rows[index]
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                scores = score(model, batch[:, 0].int(), batch[:, 1].int())
            loss = silver_loss(scores, labels[index], batch[:, 2])
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            if time.time() - shown > 5 or step == 1:
                shown = time.time()
                print(f"step {step}, {shown - started:.0f} s: {float(loss.detach()):.4f}", flush=True)


def start_tables(student: Student, state: dict[str, Tensor]) -> None:
    """Begin with the accurate encoder's table of pieces, along its principal directions."""
    pieces = state["encoder.piece.weight"]
    pieces = pieces - pieces.mean(0)
    directions = torch.linalg.eigh(pieces.T @ pieces).eigenvectors[:, -student.size.width :]
    with torch.no_grad():
        student.piece.weight.copy_(pieces @ directions)
        student.pair.weight.normal_(0, 0.02)
        student.style.weight.normal_(0, 0.02)


def run(table: dict[str, Any]) -> None:
    """Train what *table* names on the labels that stand in its folder; then save it."""
    device = table.get("device", "cuda")
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(table.get("seed", 1))
    state = weights.load(Path(table["start"]))
    model: nn.Module
    score: Any
    if table["model"] == "student":
        student = Student(StudentSize(len(state["encoder.piece.weight"]), **table.get("shape", {})))
        start_tables(student, state)
        model, score = student, student_scores
    else:
        model, score = build(state, Options(dropout=table.get("dropout", 0.1)), {}), tagger_scores
    model.to(device).train()
    if device == "cuda":
        score = torch.compile(score) if table["model"] == "student" else score
        for layer in model.encoder.layers if table["model"] != "student" else []:  # type: ignore[union-attr]
            layer.compile()
        warm = torch.ones(table.get("size", 256), LENGTH, dtype=torch.int32, device=device)
        with torch.autocast(device, torch.bfloat16):
            score(model, warm, warm).float().sum().backward()
        model.zero_grad()
        print("warm", flush=True)
    folder = Path(table["silver"])
    silver = load_file(folder / SILVER, device=device)
    rows, labels = silver["rows"], silver["labels"]
    train(model, score, rows, labels, table, time.time() + table["seconds"])
    out = Path(table["out"])
    weights.save(model.state_dict(), out)
    weights.shrink(model.state_dict(), out.with_name(out.name + ".small"))
