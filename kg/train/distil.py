"""Training on silver: of the student, and of the accurate model itself (self-training)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from kg.train import distributed, weights
from kg.train.finetune import build, encoding_of
from kg.train.finetune import groups as tagger_groups
from kg.train.fitting import Group, Options, fit
from kg.train.gold import read_gold
from kg.train.material import Material
from kg.train.records import gold_record
from kg.train.silver import LENGTH
from kg.train.student import Student, StudentSize

if TYPE_CHECKING:
    from torch import Tensor

    from kg.train.tagger import Tagger

TABLES = ("piece.", "pair.")


def material(table: dict[str, Any]) -> Material:
    """Silver, and annotated abstracts as often as ``copies`` says."""
    shards = [Material.load(path) for path in sorted(Path(table["silver"]).glob("silver-*.pt"))]
    encoding = encoding_of(Path(table["vocabulary"]))
    golds = [one for path in table.get("gold", ()) for one in read_gold(Path(path))]
    own = [Material.of([gold_record(one, encoding, longest=LENGTH) for one in golds])] if golds else []
    return shards[0].joined([*shards[1:], *(own * table.get("copies", 5))])


def student_of(state: dict[str, Tensor], table: dict[str, Any]) -> Student:
    """A student that begins with the encoder's table of pieces, along its principal directions."""
    torch.manual_seed(table["options"].get("seed", 1))
    pieces = state["encoder.piece.weight"]
    student = Student(StudentSize(len(pieces), **table.get("shape", {})))
    pieces = pieces - pieces.mean(0)
    directions = torch.linalg.eigh(pieces.T @ pieces).eigenvectors[:, -student.size.width :]
    start = pieces @ directions
    with torch.no_grad():
        student.piece.weight.copy_(start / start.std() * 0.3)
        student.pair.weight.normal_(0, 0.02)
        student.style.weight.normal_(0, 0.02)
    return student


def student_groups(student: Student, options: Options) -> list[Group]:
    """Tables do not decay."""
    tables = [p for n, p in student.named_parameters() if n.startswith(TABLES)]
    others = [p for n, p in student.named_parameters() if not n.startswith(TABLES)]
    return [
        {"params": tables, "lr": 0.0, "top": options.rate, "weight_decay": 0.0},
        {"params": others, "lr": 0.0, "top": options.rate, "weight_decay": 0.01},
    ]


def run(table: dict[str, Any]) -> None:
    """Train what *table* names on the labels that stand in its folder; then save it."""
    rank, _, device = distributed.start(table.get("device", "cuda"))
    torch.set_float32_matmul_precision("high")
    options = Options(**table["options"], length=LENGTH)
    state = weights.load(Path(table["start"]))
    model: Student | Tagger
    if table["model"] == "student":
        model = student_of(state, table).to(device).train()
        made = student_groups(model, options)
    else:
        model = build(state, seed=options.seed).to(device).train()
        made = tagger_groups(model, options)
        for layer in model.encoder.layers if device.startswith("cuda") else ():
            layer.compile()
    distributed.same_start(model.parameters())
    whole = material(table).to(device)
    compiled = table["model"] == "student" and device.startswith("cuda")
    fit(model, whole, options, made, device, compiled=compiled)
    if rank == 0:
        weights.save(model.state_dict(), Path(table["out"]) / f"{table['name']}.small")
    distributed.stop()
