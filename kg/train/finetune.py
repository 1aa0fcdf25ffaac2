"""Fine-tuning of a pretrained encoder on annotated abstracts: all heads at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kg.extract.encoding import Encoding
from kg.train import distributed, predictions, weights
from kg.train.encoder import Size
from kg.train.fitting import Group, Options, fit
from kg.train.gold import read_gold
from kg.train.material import Material
from kg.train.records import gold_record
from kg.train.tagger import Tagger

LONGEST = 512


def encoding_of(path: Path) -> Encoding:
    """The encoding with the vocabulary at *path*, one piece a line."""
    lines = path.read_text(encoding="utf8").split("\n")[:-1]
    return Encoding({piece: number for number, piece in enumerate(lines)})


def size_of(state: dict[str, Tensor]) -> Size:
    """The shape of the encoder in *state*."""
    (pieces, width), (distances, heads) = (state[f"encoder.{name}.weight"].shape for name in ("piece", "distance"))
    layers = sum(name.startswith("encoder.layers.") and name.endswith(".up.weight") for name in state)
    inner, positions = len(state["encoder.layers.0.up.weight"]), len(state["encoder.position.weight"])
    return Size(pieces, layers, width, heads, inner, positions, distances)


def build(state: dict[str, Tensor], *, seed: int = 1, dropout: float = 0.1) -> Tagger:
    """A tagger on the encoder in *state*, which pretraining or fine-tuning left; what it lacks is new."""
    torch.manual_seed(seed)
    tagger = Tagger(size_of(state), dropout=dropout)
    mine = tagger.state_dict()
    tagger.load_state_dict(mine | {k: v for k, v in state.items() if k in mine and mine[k].shape == v.shape})
    return tagger


def groups(tagger: Tagger, options: Options) -> list[Group]:
    """Parameter groups: lower layers learn slower, heads faster; norms and biases do not decay."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    top = len(tagger.encoder.layers)
    for name, parameter in tagger.named_parameters():
        depth = top - 1 - int(name.split(".")[2]) if name.startswith("encoder.layers.") else top
        rate = options.rate * options.decay**depth if name.startswith("encoder.") else options.head_rate
        made.setdefault((rate, 0.01 * (parameter.ndim > 1)), []).append(parameter)
    return [{"params": p, "lr": 0.0, "top": rate, "weight_decay": decay} for (rate, decay), p in made.items()]


@torch.no_grad()
def predict(tagger: Tagger, material: Material, device: str, *, size: int = 64) -> dict[str, np.ndarray]:
    """What *tagger* says of all words of all abstracts, as :mod:`kg.train.predictions` keeps it."""
    tagger.eval()
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for start in range(0, len(material), size):
        batch = material.batch(torch.arange(start, min(start + size, len(material)), device=device))
        pieces, styles, firsts = batch["pieces"].unbind(-1)
        with distributed.autocast(device):
            scores, vectors = tagger(pieces.int(), styles.int())
        labels = torch.cat([scores[..., :-1].float().softmax(-1), scores[..., -1:].float().sigmoid()], -1)
        for row in range(len(pieces)):
            words = firsts[row] == 1
            found.append((labels[row, words].half().cpu().numpy(), vectors[row, words].float().cpu().numpy()))
    return predictions.pack(found)


def run(table: dict[str, Any]) -> None:
    """Fine-tune as *table* says; save the weights and the predictions that it asks for."""
    _, _, device = distributed.start(table.get("device", "cuda"))
    torch.set_float32_matmul_precision("high")
    encoding = encoding_of(Path(table["vocabulary"]))
    golds = [one for path in table["gold"] for one in read_gold(Path(path))]
    held = {one.id for k, one in enumerate(golds) if "held" in table and k % table["every"] == table["held"]}
    own = [gold_record(one, encoding, longest=LONGEST) for one in golds if one.id not in held][: table.get("limit")]
    options = Options(**table["options"])
    start = weights.load(Path(table["start"]))
    tagger = build(start, seed=options.seed, dropout=table.get("dropout", 0.1)).to(device).train()
    if table.get("narrow"):
        tagger.narrow()
    fit(tagger, Material.of(own).to(device), options, groups(tagger, options), device)
    out = Path(table["out"]) / table["name"]
    out.parent.mkdir(parents=True, exist_ok=True)
    if table.get("save", True):
        weights.save(tagger.state_dict(), out.with_name(out.name + ".small"), narrow=tagger.narrowed)
    asked = {name: list(read_gold(Path(path))) for name, path in table.get("predict", {}).items()}
    if held:
        asked["held"] = [one for one in golds if one.id in held]
    for name, wanted in asked.items():
        material = Material.of([gold_record(one, encoding, longest=LONGEST) for one in wanted]).to(device)
        np.savez(f"{out}.{name}.npz", allow_pickle=False, **predict(tagger, material, device))
    if held:
        weights.save({k: v for k, v in tagger.state_dict().items() if k.startswith("linker.")}, Path(f"{out}.linker"))
    distributed.stop()
