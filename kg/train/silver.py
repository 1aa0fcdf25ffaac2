"""Unlabelled abstracts with what trained taggers think of them: the stuff of self-training and of the student.

The mean of the taggers labels the words; the likeliest names, each string judged once and grouped into entities, are
the ends of relations and results, which the taggers' linking heads then weigh.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extract.pairs import groups
from kg.extract.smallnet import SmallNet
from kg.train import distributed, weights
from kg.train.decode import best_tags, spans
from kg.train.finetune import build, encoding_of
from kg.train.gold import read_gold, whole_words
from kg.train.headfile import heads_of
from kg.train.material import Material
from kg.train.records import LABELS, Known, record
from kg.train.rows import read
from kg.train.tagger import VECTORS, Tagger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.encoding import Encoded, Encoding
    from kg.extract.heads import Floats, Heads
    from kg.train.records import Table

LENGTH = 384
CHUNK = 64
Name = tuple[str, int]  # string, type
Numbered = tuple[str, "Encoded"]
Halves = NDArray[np.float16]
Part = tuple[list[Numbered], Halves, Halves]
"""Texts, the probabilities (texts, LENGTH, 12) of their labels, and one tagger's vectors (texts, LENGTH, 96)."""


def number(texts: Sequence[str], encoding: Encoding) -> list[Numbered]:
    """Texts of at most ``LENGTH`` pieces, with their pieces."""
    made = ((text, encoding(text)) for text in texts)
    return [(text, encoded) for text, encoded in made if len(encoded.pieces) <= LENGTH]


def decode(part: Part, net: SmallNet, heads: Heads, least: float) -> list[Table]:
    """Tables of abstracts from what a tagger said of them; strings are one entity where *net* is *least* sure of it."""
    numbered, labels, vectors = part
    words = max(len(encoded.firsts) for _, encoded in numbered)
    scores = np.full((len(numbered), words, labels.shape[2] - 1), -50.0, np.float32)
    scores[:, :, 0] = 0
    for row, (_, encoded) in enumerate(numbered):
        scores[row, : len(encoded.firsts)] = np.log(labels[row, encoded.firsts, :-1].astype(np.float32) + 1e-6)
        scores[row, [k for k, (begin, _) in enumerate(encoded.places) if begin < 0], 1:] = -50
    tags = best_tags(scores)
    named = [_named(*one, spans(tags[row, : len(one[1].firsts)])) for row, one in enumerate(numbered)]
    alike = [_likeness(heads, names, vectors[row, numbered[row][1].firsts]) for row, names in enumerate(named)]
    entities = groups([text for text, _ in numbered], [list(names) for names in named], alike, net, least=least)
    tables = []
    for (text, encoded), names, ids, label in zip(numbered, named, entities, labels, strict=True):
        table = record(text, encoded, _known(text, list(names), ids), longest=LENGTH)
        tables.append(table | {"labels": label[: len(encoded.pieces)]})
    return tables


def _named(text: str, encoded: Encoded, found: Sequence[tuple[int, int, int]]) -> dict[Name, list[int]]:
    """The strings that the tags name, each with the type that it has most often, and the first words of its places."""
    votes: dict[str, Counter[int]] = {}
    places: dict[str, list[int]] = {}
    for first, last, kind in found:
        surface = text[encoded.places[first][0] : encoded.places[last - 1][1]]
        votes.setdefault(surface, Counter())[kind] += 1
        places.setdefault(surface, []).append(first)
    return {(surface, counts.most_common(1)[0][0]): places[surface] for surface, counts in votes.items()}


def _likeness(heads: Heads, names: dict[Name, list[int]], vectors: Halves) -> Floats:
    return heads.likeness(vectors.astype(np.float32), list(names.values())) if names else np.empty((0, 0), np.float32)


def _known(text: str, named: Sequence[Name], ids: Sequence[int]) -> Known:
    """Entities of a text, of which each string has the number in *ids*; a string stands wherever it occurs."""
    index = {root: k for k, root in enumerate(dict.fromkeys(ids))}
    numbers = {name: index[root] for name, root in zip(named, ids, strict=True)}
    placed = whole_words(text, [(name[0], name) for name in named])
    types = {number: kind for (_, kind), number in numbers.items()}
    return Known([(a, b, numbers[name]) for a, b, name in placed], [types[k] for k in range(len(index))])


@torch.no_grad()
def label(
    taggers: Sequence[Tagger], numbered: Sequence[Numbered], device: str, *, size: int = 128
) -> tuple[Tensor, list[Tensor]]:
    """The mean labels (n, LENGTH, 12) that *taggers* give, and each one's vectors (n, LENGTH, 96)."""
    rows = torch.zeros(len(numbered), 2, LENGTH, dtype=torch.int32)
    for row, (_, encoded) in zip(rows, numbered, strict=True):
        row[:, : len(encoded.pieces)] = torch.tensor([encoded.pieces, encoded.styles])
    rows = rows.to(device)
    lengths = torch.tensor([len(encoded.pieces) for _, encoded in numbered])
    labels = torch.zeros(len(rows), LENGTH, LABELS, dtype=torch.float16, device=device)
    vectors = [torch.zeros(len(rows), LENGTH, VECTORS, dtype=torch.float16, device=device) for _ in taggers]
    for part in lengths.argsort().split(size):  # type: ignore[no-untyped-call]
        longest, index = -(-int(lengths[part].max()) // 16) * 16, part.to(device)
        pieces, styles = rows[index, :, :longest].unbind(1)
        for tagger, kept in zip(taggers, vectors, strict=True):
            with distributed.autocast(device):
                scores, found = tagger(pieces, styles)
            each = torch.cat([scores[..., :-1].float().softmax(-1), scores[..., -1:].float().sigmoid()], -1)
            labels[index, :longest] += (each / len(taggers)).half()
            kept[index, :longest] = found.half()
    return labels, vectors


@torch.no_grad()
def link(taggers: Sequence[Tagger], material: Material, vectors: Sequence[Tensor], *, size: int = 256) -> None:
    """Fill the targets of *material* with the mean opinion of the taggers' linking heads."""
    made: dict[str, list[Tensor]] = {"pair_targets": [], "kinds": [], "link_targets": []}
    for index in torch.arange(len(material), device=vectors[0].device).split(size):  # type: ignore[no-untyped-call]
        batch = material.batch(index, LENGTH)
        found = [tagger.linker(seen[index].float(), batch) for tagger, seen in zip(taggers, vectors, strict=True)]
        kinds = torch.stack([f["kinds"].softmax(-1) for f in found]).mean(0)
        roles = torch.stack([f["links"].sigmoid() for f in found]).mean(0)
        reported = 1 - kinds[batch["links"][:, 0], :1]
        made["pair_targets"].append(torch.stack([f["pairs"].sigmoid() for f in found]).mean(0).half())
        made["kinds"].append(kinds.half())
        made["link_targets"].append(torch.cat([roles, reported], 1).half())
    material.tables.update({name: torch.cat(parts) for name, parts in made.items()})


def run(table: dict[str, Any]) -> None:
    """Label this process's share of the texts as *table* says, and save it."""
    started = time.monotonic()
    rank, world, device = distributed.place_of(table.get("device", "cuda"))
    torch.set_float32_matmul_precision("high")
    encoding = encoding_of(Path(table["vocabulary"]))
    apart = {"", *(title for path in table.get("apart", ()) for title in _titles(Path(path)))}
    texts = [text for text in read(Path(table["texts"])) if _title(text) not in apart]
    random.Random(1).shuffle(texts)
    texts = texts[: table["count"]][rank::world]
    workers = table.get("workers", 14)
    net = SmallNet.load(Path(table["pairs"]))
    with Pool(workers) as pool:
        numbered = [n for part in pool.map(partial(number, encoding=encoding), _parts(texts, 256)) for n in part]
        print(f"{rank}: {len(numbered)} texts after {time.monotonic() - started:.0f} s", flush=True)
        states = [weights.load(Path(name)) for name in table["taggers"]]
        taggers = [build(state).to(device).eval() for state in states]
        labels, vectors = label(taggers, numbered, device)
        print(f"{rank}: labelled after {time.monotonic() - started:.0f} s", flush=True)
        seen, known = labels.cpu().numpy(), vectors[0].cpu().numpy()
        cuts = (slice(k, k + CHUNK) for k in range(0, len(numbered), CHUNK))
        parts = ((numbered[cut], seen[cut], known[cut]) for cut in cuts)
        read_part = partial(decode, net=net, heads=heads_of(states[0]), least=0.6)
        tables = [made for tables in pool.imap(read_part, parts) for made in tables]
    print(f"{rank}: decoded after {time.monotonic() - started:.0f} s", flush=True)
    material = Material.of(tables).to(device)
    link(taggers, material, vectors)
    material.to("cpu").save(Path(table["out"]) / f"silver-{rank}.pt")
    print(f"{rank}: saved after {time.monotonic() - started:.0f} s", flush=True)


def _parts(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    return [texts[k : k + size] for k in range(0, len(texts), size)]


def _title(text: str) -> str:
    """The title, lower-cased; that of a stretch of a whole paper is empty."""
    return text.partition("\n")[0].lower()


def _titles(path: Path) -> set[str]:
    return {one.title.lower() for one in read_gold(path)}
