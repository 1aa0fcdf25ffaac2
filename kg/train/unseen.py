"""Readings of annotated abstracts by networks that were not trained on them: what everything behind is fitted on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.train import weights
from kg.train.gold import Gold, read_gold
from kg.train.headfile import heads_of
from kg.train.predictions import readings

if TYPE_CHECKING:
    from kg.extract.heads import Heads
    from kg.extract.network import Network, Reading


class Unseen(NamedTuple):
    """An annotated abstract, what a network says of it, that network's heads, and the part of the gold it is in."""

    gold: Gold
    reading: Reading
    heads: Heads
    part: int


def read_unseen(table: dict[str, Any], network: Network, heads: Heads) -> list[Unseen]:
    """Readings of the folds (``folds`` of :mod:`kg.train.finetune`) that *table* names.

    Where it says that *network* is ``seen``, which was trained on these abstracts to name things but not to link them,
    names are read as the folds do, and links by it and its *heads*.
    """
    golds = [one for path in table["gold"] for one in read_gold(Path(path))]
    folds = table["folds"]
    found: dict[int, Unseen] = {}
    for part, stem in enumerate(folds):
        its = heads_of(weights.load(Path(f"{stem}.linker")))
        numbers = range(part, len(golds), len(folds))
        read = readings(Path(f"{stem}.held.npz"), [golds[k].text for k in numbers], network.encoding)
        found |= {k: Unseen(golds[k], reading, its, part) for k, reading in zip(numbers, read, strict=True)}
    unseen = [found[k] for k in range(len(golds))]
    return [_linked_by(one, network, heads) for one in unseen] if table.get("seen") else unseen


def _linked_by(one: Unseen, network: Network, heads: Heads) -> Unseen:
    vectors = network.read(one.gold.text).vectors
    return one._replace(reading=replace(one.reading, vectors=vectors), heads=heads)
