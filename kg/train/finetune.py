"""Fine-tuning of a pretrained encoder on annotated abstracts, with other corpora beside them.

python -m kg.train.finetune CONFIG.toml
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from kg.extract.encoding import Encoding
from kg.train import weights
from kg.train.batches import IGNORED, Batch, Example, collate, example, shuffled
from kg.train.corpora import READERS, Document
from kg.train.encoder import Encoder, Size
from kg.train.tagger import TYPES, Tagger, pair_loss


@dataclass(frozen=True, slots=True)
class Options:
    """How to fine-tune; *beside* maps a further corpus to the weight of its loss."""

    layers: int = 12
    epochs: float = 8
    size: int = 16
    rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.9  # of the rate from a layer to the one below
    warm: float = 0.1
    dropout: float = 0.1
    proposed: float = 0.2
    identity: float = 0.2
    average: float = 0.0  # of the weights, exponentially
    seed: int = 1
    beside: dict[str, float] = field(default_factory=dict)


def examples(documents: list[Document], encoding: Encoding) -> tuple[list[Example], tuple[str, ...]]:
    """Documents as numbers, and the types that their tags stand for."""
    found = {span[2] for d in documents for span in d.spans}
    types = TYPES if found <= set(TYPES) else tuple(sorted(found))
    return [example(d, encoding, types) for d in documents], types


def build(state: dict[str, Tensor], options: Options, corpora: dict[str, int]) -> Tagger:
    """A tagger on the encoder in *state*, which pretraining or fine-tuning left."""
    torch.manual_seed(options.seed)
    encoder = Encoder(Size(len(state["encoder.piece.weight"]), options.layers), options.dropout)
    tagger = Tagger(encoder, corpora, options.dropout)
    mine = tagger.state_dict()
    kept = {k: v for k, v in state.items() if k in mine and mine[k].shape == v.shape}
    tagger.load_state_dict(mine | kept)
    for layer in encoder.layers:
        layer.dropout = options.dropout  # type: ignore[assignment]
    return tagger


def groups(tagger: Tagger, options: Options) -> list[dict[str, object]]:
    """Parameter groups: lower layers learn slower, heads faster; norms and biases do not decay."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in tagger.named_parameters():
        depth = options.layers
        if name.startswith("encoder.layers."):
            depth = options.layers - 1 - int(name.split(".")[2])
        rate = options.rate * options.decay**depth if name.startswith("encoder.") else options.head_rate
        made.setdefault((rate, 0.01 * (parameter.ndim > 1)), []).append(parameter)
    return [{"params": p, "lr": rate, "top": rate, "weight_decay": decay} for (rate, decay), p in made.items()]


def losses(tagger: Tagger, batch: Batch, options: Options) -> Tensor:
    """The loss on a batch of our own gold."""
    tags, proposed, vectors = tagger(batch)
    loss = F.cross_entropy(tags.float().flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORED)
    known = (batch["proposed"] >= 0).float()
    right = batch["proposed"].clamp(min=0).float()
    new = F.binary_cross_entropy_with_logits(proposed.float(), right, reduction="none")
    loss += options.proposed * (new * known).sum() / known.sum().clamp(min=1)
    types = (batch["tags"] - 1) // 2
    return loss + options.identity * pair_loss(vectors, batch["entities"], batch["surfaces"], types)


def beside_loss(tagger: Tagger, name: str, batch: Batch) -> Tensor:
    """The loss on a batch of another corpus."""
    scores = tagger.others[name](tagger.encode(batch)).float()
    return F.cross_entropy(scores.flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORED)


def train(tagger: Tagger, own: list[Example], others: dict[str, list[Example]], options: Options, device: str) -> None:
    """Train *tagger* in place."""
    tagger.to(device).train()
    draw = random.Random(options.seed)
    streams = {name: shuffled(found, options.size, draw, device) for name, found in others.items()}
    steps = round(options.epochs * -(-len(own) // options.size))
    optimizer = torch.optim.AdamW(groups(tagger, options), betas=(0.9, 0.98), eps=1e-6, fused=device == "cuda")
    average = {k: v.detach().clone() for k, v in tagger.state_dict().items()}
    started = time.monotonic()
    for step, batch in zip(range(steps), shuffled(own, options.size, draw, device), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(
                step / (options.warm * steps),
                (steps - step) / (steps * (1 - options.warm)),
            )
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            loss = losses(tagger, batch, options)
            if streams:
                name = draw.choice(sorted(streams))
                loss = loss + options.beside[name] * beside_loss(tagger, name, next(streams[name]))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if options.average:
            share = min(options.average, (1 + step) / (10 + step))
            for key, value in tagger.state_dict().items():
                average[key].lerp_(value, 1 - share)
        if step % 100 == 0:
            print(f"step {step} of {steps}: {float(loss.detach()):.3f}, {time.monotonic() - started:.0f} s", flush=True)
    if options.average:
        tagger.load_state_dict(average)


@torch.no_grad()
def predict(tagger: Tagger, found: list[Example], device: str, *, size: int = 64) -> dict[str, np.ndarray]:
    """For all words of all documents, flat: probabilities of tags, of being proposed, identity vectors; and lengths."""
    tagger.to(device).eval()
    order = sorted(range(len(found)), key=lambda i: len(found[i].pieces))
    rows: dict[int, tuple[np.ndarray, ...]] = {}
    for start in range(0, len(order), size):
        part = order[start : start + size]
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            tags, proposed, vectors = tagger(collate([found[i] for i in part], device))
        made = [x.float().cpu().numpy() for x in (tags.float().softmax(-1), proposed.float().sigmoid(), vectors)]
        for row, index in enumerate(part):
            rows[index] = tuple(x[row, : len(found[index].firsts)].astype(np.float16) for x in made)
    flat = [np.concatenate([rows[i][k] for i in range(len(found))]) for k in range(3)]
    lengths = np.array([len(e.firsts) for e in found])
    return {"tags": flat[0], "proposed": flat[1], "vectors": flat[2], "lengths": lengths}


def run(table: dict[str, Any]) -> None:
    """Fine-tune as *table* says; save the weights and the predictions that it asks for."""
    options, paths = Options(**table["options"]), {k: Path(v) for k, v in table["paths"].items()}
    device = table.get("device", "cuda")
    torch.set_float32_matmul_precision("high")
    vocabulary = paths["vocabulary"].read_text(encoding="utf8").split("\n")[:-1]
    encoding = Encoding({piece: number for number, piece in enumerate(vocabulary)})
    documents = [d for p in table["gold"] for d in READERS["gold"](Path(p))]
    held = set(table.get("held", ())) if isinstance(table.get("held"), list) else set()
    if isinstance(table.get("held"), int):
        held = {d.id for i, d in enumerate(documents) if i % table["every"] == table["held"]}
    own, _ = examples([d for d in documents if d.id not in held][: table.get("limit")], encoding)
    others, tags = {}, {}
    for name in options.beside:
        others[name], types = examples(READERS[name](paths[name]), encoding)
        tags[name] = 1 + 2 * len(types)
    tagger = build(weights.load(paths["start"]), options, tags)
    train(tagger, own, others, options, device)
    out = paths["out"] / table["name"]
    out.parent.mkdir(parents=True, exist_ok=True)
    if table.get("save"):
        kept = {k: v for k, v in tagger.state_dict().items() if not k.startswith("others.")}
        weights.save(kept, out)
        weights.shrink(kept, out.with_name(out.name + ".small"))
    asked = {name: READERS["gold"](Path(p)) for name, p in table.get("predict", {}).items()}
    if held:
        asked["held"] = [d for d in documents if d.id in held]
    for name, wanted in asked.items():
        made = predict(tagger, examples(wanted, encoding)[0], device)
        if not table.get("vectors"):
            del made["vectors"]
        np.savez_compressed(f"{out}.{name}.npz", allow_pickle=False, **made)
