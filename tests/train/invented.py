"""Abstracts invented for the tests of training, with annotations, and a vocabulary of twenty pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kg.extract.encoding import Encoding
from kg.extract.words import SPECIAL
from kg.train.gold import Gold, GoldEntity, GoldResult

if TYPE_CHECKING:
    from pathlib import Path

PIECES = [
    *SPECIAL,
    "brim",
    "##net",
    "river",
    "gated",
    "we",
    "on",
    ".",
    ",",
    "%",
    "7",
    "##1",
    "accuracy",
    "for",
    "a",
    "of",
]

BRIM = Gold(
    "invented:1",
    "Brimming Network for river level forecasting",
    "We propose the Brimming Network (BrimNet), a gated model for river level forecasting. On HydroSet, BrimNet "
    "reaches 71.5% accuracy, where PlainNet has 68.2%. A gated model of 12 layers is enough.",
    (
        GoldEntity("brim", "Model", "BrimNet", ("BrimNet", "Brimming Network"), proposed=True),
        GoldEntity("task", "Task", "river level forecasting", ("river level forecasting",)),
        GoldEntity("data", "Dataset", "HydroSet", ("HydroSet",)),
        GoldEntity("acc", "Metric", "accuracy", ("accuracy",)),
        GoldEntity("plain", "Model", "PlainNet", ("PlainNet",)),
    ),
    (("brim", "usedFor", "task"), ("brim", "evaluatedOn", "data"), ("brim", "outperforms", "plain")),
    (
        GoldResult("brim", "acc", "71.5", "absolute", "%", "data", "plain"),
        GoldResult("plain", "acc", "68.2", "absolute", "%", "data"),
    ),
)
MOSS = Gold(
    "invented:2",
    "Moss pruning of lichen taggers",
    "Moss pruning cuts a lichen tagger (LT) by half. The lichen tagger, trained on BarkBank, gains 2.5 points of "
    "recall in bark labelling.",
    (
        GoldEntity("moss", "Method", "moss pruning", ("Moss pruning",), proposed=True),
        GoldEntity("tagger", "Model", "lichen tagger", ("lichen tagger", "lichen taggers", "LT")),
        GoldEntity("bank", "Dataset", "BarkBank", ("BarkBank",)),
        GoldEntity("recall", "Metric", "recall", ("recall",)),
        GoldEntity("label", "Task", "bark labelling", ("bark labelling",)),
    ),
    (("moss", "usedFor", "tagger"), ("tagger", "trainedOn", "bank"), ("tagger", "usedFor", "label")),
    (GoldResult("tagger", "recall", "2.5", "gain"),),
)
BOTH = (BRIM, MOSS)


def encoding() -> Encoding:
    """The encoding with the twenty pieces; what they do not spell is unknown."""
    return Encoding({piece: number for number, piece in enumerate(PIECES)})


def write(folder: Path, golds: tuple[Gold, ...] = BOTH) -> tuple[Path, Path]:
    """Write a gold file and the vocabulary."""
    gold, vocabulary = folder / "gold.jsonl", folder / "vocabulary.txt"
    gold.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in golds))
    vocabulary.write_text("".join(f"{piece}\n" for piece in PIECES))
    return gold, vocabulary
