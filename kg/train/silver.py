"""Unlabelled abstracts with what the trained taggers think of them: the stuff of self-training and of the student.

Texts become rows of one fixed length, so that compiled code meets one shape.  Annotated texts are rows too, with their
own labels in place of the taggers'.
"""

from __future__ import annotations

import random
import time
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from kg.extract.encoding import Encoding
from kg.train import weights
from kg.train.batches import example
from kg.train.corpora import gold
from kg.train.finetune import Options, build
from kg.train.stream import as_rows, read
from kg.train.tagger import TYPES, Tagger

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = 320
SILVER = "silver.safetensors"
LABELS = 2 + 2 * len(TYPES)  # probabilities of the tags, then of being proposed


def _rows(texts: Sequence[str], vocabulary: Sequence[str]) -> np.ndarray:
    encoding = Encoding({piece: number for number, piece in enumerate(vocabulary)}, remember=10**6)
    encoded = [as_rows(encoding(text)) for text in texts]
    kept = [e for e in encoded if len(e[0]) <= LENGTH]
    rows = np.zeros((len(kept), 3, LENGTH), np.int16)
    for row, fields in zip(rows, kept, strict=True):
        row[:, : len(fields[0])] = fields
    return rows


def unlabelled(texts: Sequence[str], vocabulary: Sequence[str], *, workers: int) -> Tensor:
    """Rows (texts, 3, LENGTH): pieces, styles, first-piece flags; longer texts are left out."""
    chunks = [texts[i::workers] for i in range(workers)]
    with Pool(workers) as pool:
        return torch.from_numpy(np.concatenate(pool.map(partial(_rows, vocabulary=vocabulary), chunks)))


def labelled(paths: Sequence[Path], vocabulary: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Rows of annotated texts, and their labels as probabilities."""
    encoding = Encoding({piece: number for number, piece in enumerate(vocabulary)})
    made = [example(d, encoding, TYPES, longest=LENGTH) for p in paths for d in gold(p)]
    rows = torch.zeros(len(made), 3, LENGTH, dtype=torch.int16)
    labels = torch.zeros(len(made), LENGTH, LABELS, dtype=torch.float16)
    for row, label, found in zip(rows, labels, made, strict=True):
        size, firsts = len(found.pieces), torch.tensor(found.firsts)
        row[0, :size], row[1, :size] = torch.tensor(found.pieces), torch.tensor(found.styles)
        row[2, firsts] = 1
        label[firsts, torch.tensor(found.tags)] = 1
        label[firsts, -1] = (torch.tensor(found.proposed) == 1).half()
    return rows, labels


def score(tagger: Tagger, rows: Tensor) -> Tensor:
    """Labels of rows (n, 3, LENGTH) by *tagger*, at every piece."""
    pieces, styles = rows[:, 0].int(), rows[:, 1].int()
    positions = torch.arange(LENGTH, device=rows.device).expand_as(pieces)
    x = tagger.encoder(pieces, styles, positions, (pieces != 0)[:, None, None, :])
    tags = tagger.tags(x).float().softmax(-1)
    return torch.cat([tags, tagger.proposed(x).float().sigmoid()], -1)


@torch.no_grad()
def label(taggers: Sequence[Tagger], rows: Tensor, device: str, *, size: int = 512) -> Tensor:
    """The mean labels (n, LENGTH, LABELS) that *taggers* give, in half precision."""
    out = torch.empty(len(rows), LENGTH, LABELS, dtype=torch.float16)
    for start in range(0, len(rows) - len(rows) % size, size):
        part = rows[start : start + size].to(device)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            mean = sum(score(t, part) for t in taggers) / len(taggers)
        out[start : start + size] = torch.as_tensor(mean).half().cpu()
    return out[: len(rows) - len(rows) % size]


def run(table: dict[str, Any]) -> None:
    """Label as *table* says, and save rows and labels."""
    device, started = table.get("device", "cuda"), time.monotonic()
    torch.set_float32_matmul_precision("high")
    vocabulary = Path(table["vocabulary"]).read_text(encoding="utf8").split("\n")[:-1]
    texts = [t for t in read(Path(table["texts"])) if not t.startswith("\n")]
    random.Random(1).shuffle(texts)
    rows = unlabelled(texts[: table["count"]], vocabulary, workers=table.get("workers", 16))
    print(f"{len(rows)} rows after {time.monotonic() - started:.0f} s", flush=True)
    size = table.get("size", 512)
    taggers = [build(weights.load(Path(table["start"])), Options(), {}).to(device).eval() for _ in table["taggers"]]
    for tagger in taggers if device == "cuda" else []:
        for layer in tagger.encoder.layers:
            layer.compile()
    label(taggers, rows[:size], device, size=size)
    print(f"warm after {time.monotonic() - started:.0f} s", flush=True)
    for tagger, name in zip(taggers, table["taggers"], strict=True):
        tagger.load_state_dict(weights.load(Path(name)))
    print(f"taggers after {time.monotonic() - started:.0f} s", flush=True)
    labels = label(taggers, rows, device, size=size)
    own, right = labelled([Path(p) for p in table["gold"]], vocabulary)
    out = Path(table["out"])
    copies = table.get("copies", 5)
    both = {"rows": torch.cat([rows[: len(labels)], own.repeat(copies, 1, 1)])}
    save_file(both | {"labels": torch.cat([labels, right.repeat(copies, 1, 1)])}, out / SILVER)
    print(f"labelled after {time.monotonic() - started:.0f} s", flush=True)
